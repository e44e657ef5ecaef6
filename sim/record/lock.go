package record

import (
	"errors"
	"io/fs"
	"os"
	"runtime"

	"github.com/gofrs/flock"
)

var errLocked = errors.New("another run is writing it")

// movesOpen: a folder can be renamed or removed while a file in it is open, so that the
// lock is held to the end.
const movesOpen = runtime.GOOS != "windows"

// lock takes a lock, which the system releases when the process ends, however it ends: a
// stale lock is none.
func lock(path string) (release func(), err error) {
	l := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o666))
	release = func() { _ = l.Unlock() } // the second time does nothing
	taken, err := l.TryLock()
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
