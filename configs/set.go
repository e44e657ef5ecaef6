package configs

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// Set is a set of texts that ship, by file name: "paper/figure-1.toml".
type Set map[string]string

// ReadFile returns a text. The error is [fs.ErrNotExist] if there is none.
func (s Set) ReadFile(name string) ([]byte, error) {
	text, ok := s[name]
	if !ok {
		return nil, fmt.Errorf("configs: %s: %w", name, fs.ErrNotExist)
	}
	return []byte(text), nil
}

// Names returns the names of all, without their ending and in order.
func (s Set) Names() (names []string) {
	for _, file := range slices.Sorted(maps.Keys(s)) {
		names = append(names, strings.TrimSuffix(file, ".toml"))
	}
	return names
}
