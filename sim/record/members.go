package record

import (
	"fmt"
	"os"
	"path/filepath"
)

// MembersFolder holds a run directory of each group that learns alone.
const MembersFolder = "groups"

// Member returns the directory of a group, in a folder that it makes. It is that of a run of its own,
// which [Open] starts or continues, and stays when this run fails or is killed.
func (d *Dir) Member(name string) (string, error) {
	folder := filepath.Join(d.partial, MembersFolder)
	err := makeAll(d.disk, folder)
	if err == nil {
		err = d.disk.SyncDir(filepath.Dir(d.partial)) // it would be lost with the name of the folder above it
	}
	if err != nil {
		return "", fmt.Errorf("cannot make the folder of the groups: %w", err)
	}
	return filepath.Join(folder, name), nil
}

// HasMembers reports whether there are directories of groups, or what killed runs left of them.
func (d *Dir) HasMembers() bool {
	entries, err := os.ReadDir(filepath.Join(d.partial, MembersFolder))
	return err == nil && len(entries) > 0
}

// Enclose takes the files of the finished run of a group, with their checksums, into those of this
// run. Its manifest, in which there are times, is not among them.
func (d *Dir) Enclose(name string, sums map[string]string) {
	for file, sum := range sums {
		d.sums[MembersFolder+"/"+name+"/"+file] = sum
	}
}
