package record

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
)

// FileSum returns the SHA-256 of a file in hexadecimal.
func FileSum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, f)
	return hex.EncodeToString(sum.Sum(nil)), err
}
