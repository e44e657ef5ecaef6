package record

import (
	"errors"
	"io/fs"
	"os"
	"runtime"

	"github.com/gofrs/flock"
)

var errLocked = errors.New("another run is writing it")

// movesOpen reports whether a folder can be renamed or removed while a file in it is open. If
// not, the lock is released before the rename.
const movesOpen = runtime.GOOS != "windows"

// lock locks a file. The system releases the lock when the process ends, also by a crash, so
// that no lock outlives its process. A shared lock keeps out those that are not. On a file system
// without locks nothing is locked.
func lock(path string, shared bool) (release func(), err error) {
	l := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o666))
	release = func() { _ = l.Unlock() } // the second time does nothing
	try := l.TryLock
	if shared {
		try = l.TryRLock
	}
	taken, err := try()
	switch {
	case errors.As(err, new(*fs.PathError)):
		return nil, err
	case err != nil:
		_ = l.Close()
		return func() {}, nil // a file system without locks
	case !taken:
		_ = l.Close()
		return nil, errLocked
	}
	return release, nil
}
