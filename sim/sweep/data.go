package sweep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"partsnet/sim/campaign"
	"partsnet/sim/inputs"
)

// sums sets the checksum of every run: of its config and of the files that the config names, so that a
// sweep that is continued does not mix results of data that have changed.
func (s *Sweep) sums(ctx context.Context) error {
	known := map[string]string{} // by path
	s.configs = map[string]string{}
	for _, c := range s.Cells {
		for k, x := range c.Runs {
			sum := sha256.New()
			fmt.Fprintln(sum, campaign.ConfigSum(x))
			for _, path := range inputs.Named(x) {
				if path == "" {
					continue
				}
				of, ok := known[path]
				if !ok {
					var err error
					if of, err = dataSum(ctx, path); ctx.Err() != nil {
						return ctx.Err()
					} else if err != nil {
						of = "" // the run itself says what is wrong with the file
					}
					known[path] = of
				}
				fmt.Fprintln(sum, path, of)
			}
			s.configs[s.key(c, k)] = hex.EncodeToString(sum.Sum(nil)[:8])
		}
	}
	return nil
}

// dataSum returns the checksum of a file or, of a folder, that of the names, sizes and times of its files.
func dataSum(ctx context.Context, path string) (string, error) {
	info, err := os.Stat(inputs.FileOf(path))
	if err != nil {
		return "", err
	}
	if !info.IsDir() {
		return inputs.FileSum(ctx, path)
	}
	sum := sha256.New()
	err = filepath.WalkDir(path, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		of, err := e.Info()
		if err == nil {
			fmt.Fprintln(sum, file, of.Size(), of.ModTime().UnixNano())
		}
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)), err
}
