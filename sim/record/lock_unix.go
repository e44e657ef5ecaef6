//go:build unix

package record

import (
	"errors"
	"os"
	"syscall"
)

// lock takes the lock of a folder, which the system releases when the process ends,
// however it ends: a stale lock is none.
func lock(path string) (release func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, errLocked
		}
		return func() {}, nil // a file system without locks
	}
	return func() { _ = f.Close() }, nil
}
