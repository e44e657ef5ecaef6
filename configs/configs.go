// Package configs holds the experiments, scores and probes that ship with partsnet as files. The
// examples of circuits and rules are made from their descriptions: see
// experiment.Shipped.
package configs

import (
	"embed"
	"io/fs"
)

//go:embed *.toml emg/*.toml fast/*.toml paper/*.toml rules/*.toml
var experiments embed.FS

//go:embed score/*.toml
var scores embed.FS

//go:embed probe/*.toml
var probes embed.FS

// Files holds the experiments that ship as files, Scores the scores, and Probes the probes.
var Files, Scores, Probes = read(experiments), read(scores), read(probes)

// read returns all texts of a file system.
func read(files embed.FS) Set {
	all := Set{}
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := files.ReadFile(path)
		all[path] = string(text)
		return err
	})
	if err != nil {
		panic("configs: embedded files cannot be read: " + err.Error())
	}
	return all
}
