//go:build !unix

package stimulus

import (
	"errors"
	"os"
)

func mapFile(_ *os.File, _ int64) ([]byte, error) {
	return nil, errors.New("this system cannot do so yet; leave stimulus.map out")
}

func unmapFile(_ []byte) error { return nil }
