// Package configs holds the experiments and scores that ship with partsnet.
package configs

import "embed"

// Files holds the shipped experiments, one TOML file each.
//
//go:embed *.toml paper/*.toml circuits/*.toml rules/*.toml
var Files embed.FS

// Scores holds the shipped scores.
//
//go:embed score/*.toml
var Scores embed.FS
