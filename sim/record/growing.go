package record

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// GrownFolder holds the files that grow while a run goes on. It stays when a run is killed, and
// the run that is continued from a checkpoint cuts its files to what they were then.
const GrownFolder = "recorded"

// Growing is a file in [GrownFolder] that is written while the run goes on.
type Growing struct {
	dir        *Dir
	name, path string
	file       Updated
	size       int64 // of what was handed to the file
	buffer     []byte
}

// grownBuffer is the number of bytes that are kept back until they are written together.
const grownBuffer = 1 << 16

// Grow opens the file of that name, without folder, behind the first bytes that a killed run has
// left, which are kept. It returns an error if there are fewer.
func (d *Dir) Grow(name string, kept int64) (*Growing, error) {
	folder := filepath.Join(d.partial, GrownFolder)
	g := &Growing{dir: d, name: GrownFolder + "/" + name, path: filepath.Join(folder, name), size: kept, buffer: make([]byte, 0, grownBuffer)}
	info, err := os.Stat(g.path)
	if kept > 0 && (err != nil || info.Size() < kept) {
		return nil, fmt.Errorf("%s does not hold the %d bytes that the run had recorded at its checkpoint; run the experiment again, elsewhere", g.path, kept)
	}
	if err := d.disk.MkdirAll(folder); err != nil {
		return nil, fmt.Errorf("cannot make %s: %w", folder, err)
	}
	if g.file, err = d.disk.Update(g.path); err != nil {
		return nil, fmt.Errorf("cannot write %s: %w", g.name, err)
	}
	d.growing = append(d.growing, g)
	return g, g.failed(g.file.Truncate(kept))
}

// ForgetGrown removes what grew in a run that is not continued.
func (d *Dir) ForgetGrown() error {
	folder := filepath.Join(d.partial, GrownFolder)
	if _, err := os.Lstat(folder); err != nil {
		return nil
	}
	return d.disk.RemoveAll(folder)
}

// Write adds to the file.
func (g *Growing) Write(b []byte) (int, error) {
	if len(g.buffer)+len(b) > grownBuffer {
		if err := g.flush(); err != nil {
			return 0, err
		}
	}
	if len(b) < grownBuffer {
		g.buffer = append(g.buffer, b...)
		return len(b), nil
	}
	return len(b), g.add(b)
}

// flush writes what was kept back.
func (g *Growing) flush() error {
	err := g.add(g.buffer)
	g.buffer = g.buffer[:0]
	return err
}

func (g *Growing) add(b []byte) error {
	n, err := g.file.WriteAt(b, g.size)
	g.size += int64(n)
	return g.failed(err)
}

// Overwrite replaces the first bytes of the file, such as a header that says how long it is.
func (g *Growing) Overwrite(start []byte) error {
	if err := g.flush(); err != nil {
		return err
	}
	_, err := g.file.WriteAt(start, 0)
	return g.failed(err)
}

// Finish ends the file, which is then one of those of the run.
func (g *Growing) Finish() error {
	err := g.save()
	if closing := g.file.Close(); err == nil {
		err = g.failed(closing)
	}
	g.dir.growing = slices.DeleteFunc(g.dir.growing, func(o *Growing) bool { return o == g })
	if err != nil {
		return err
	}
	sum, err := FileSum(g.path)
	if err != nil {
		return g.failed(err)
	}
	g.dir.wrote(g.name, g.path, sum)
	return nil
}

// save brings the file to the device.
func (g *Growing) save() error {
	if err := g.flush(); err != nil {
		return err
	}
	return g.failed(g.file.Sync())
}

func (g *Growing) failed(err error) error {
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", g.name, err)
	}
	return nil
}

// saveGrown brings all growing files, and their names, to the device.
func (d *Dir) saveGrown() error {
	if len(d.growing) == 0 {
		return nil
	}
	var err error
	for _, g := range d.growing {
		err = errors.Join(err, g.save())
	}
	if err == nil {
		err = d.disk.SyncDir(filepath.Join(d.partial, GrownFolder))
	}
	return err
}
