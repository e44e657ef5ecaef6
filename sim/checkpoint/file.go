package checkpoint

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"
)

// The file of a checkpoint is
//
//	magic, length of the header (4 bytes), header (JSON), arrays, SHA-256 of it all
//
// everything little-endian. The header lists the arrays by name in the order in which
// they follow.

// magic begins the file and ends with the number of its form, which rises with
// every change that a reader has to know.
const (
	magic = kind + "4\n"
	kind  = "partsnet checkpoint "
)

// array is numbers by name: []float32, []float64 or []int64.
type array struct {
	name    string
	numbers any
}

// savedArray describes an array in the header.
type savedArray struct {
	Name, Type string
	Length     int
}

// write writes the file of a checkpoint.
func write(w io.Writer, c header, arrays []array) error {
	c.Arrays = nil
	for _, a := range arrays {
		c.Arrays = append(c.Arrays, savedArray{a.name, reflect.TypeOf(a.numbers).Elem().String(), reflect.ValueOf(a.numbers).Len()})
	}
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	sum := sha256.New()
	all := io.MultiWriter(w, sum)
	head := binary.LittleEndian.AppendUint32([]byte(magic), uint32(len(text)))
	if _, err := all.Write(append(head, text...)); err != nil {
		return err
	}
	for _, a := range arrays {
		if err := inChunks(a.numbers, func(chunk any) error { return binary.Write(all, binary.LittleEndian, chunk) }); err != nil {
			return err
		}
	}
	_, err = w.Write(sum.Sum(nil))
	return err
}

// inChunks hands numbers over in parts: binary makes a copy of what it reads and writes.
func inChunks(numbers any, do func(chunk any) error) error {
	const size = 1 << 13
	all := reflect.ValueOf(numbers)
	for from := 0; from < all.Len(); from += size {
		if err := do(all.Slice(from, min(from+size, all.Len())).Interface()); err != nil {
			return err
		}
	}
	return nil
}

// file is the file of a checkpoint that is whole. Its arrays are read when they
// are asked for, into the place where they are needed, because they may fill the memory.
type file struct {
	header
	file *os.File
	from int64 // where the arrays begin
}

// otherForm is the error of a checkpoint that another version of the program wrote.
type otherForm struct{ form string }

func (e *otherForm) Error() string {
	return fmt.Sprintf("this is a checkpoint of form %s, and this program reads form %s", e.form, strings.TrimSpace(magic[len(kind):]))
}

// open opens a checkpoint and verifies all of it.
func open(path string) (*file, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	c := &file{file: f}
	if err := c.verify(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return c, nil
}

func (c *file) verify() error {
	info, err := c.file.Stat()
	if err != nil {
		return err
	}
	head := make([]byte, len(magic)+4)
	n, err := io.ReadFull(c.file, head)
	if form, ok := bytes.CutPrefix(head[:n], []byte(kind)); ok && !bytes.HasPrefix(head, []byte(magic)) {
		if form, _, ok := bytes.Cut(form, []byte("\n")); ok {
			return &otherForm{string(form)}
		}
	}
	if errors.As(err, new(*fs.PathError)) {
		return err
	}
	if err != nil || !bytes.HasPrefix(head, []byte(magic)) {
		return errors.New("this is not a checkpoint")
	}
	length := int64(binary.LittleEndian.Uint32(head[len(magic):]))
	c.from = int64(len(head)) + length
	end := info.Size() - sha256.Size
	if c.from > end {
		return errors.New("the checkpoint is damaged: it is cut short")
	}
	sum := sha256.New()
	sum.Write(head)
	text := make([]byte, length)
	rest := bufio.NewReaderSize(io.TeeReader(io.LimitReader(c.file, end-int64(len(head))), sum), 1<<16)
	if _, err := io.ReadFull(rest, text); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, rest); err != nil {
		return err
	}
	want := make([]byte, sha256.Size)
	if _, err := io.ReadFull(c.file, want); err != nil {
		return err
	}
	if !bytes.Equal(sum.Sum(nil), want) {
		return errors.New("the checkpoint is damaged: its checksum does not match")
	}
	if err := json.Unmarshal(text, &c.header); err != nil {
		return err
	}
	for _, a := range c.Arrays {
		size, ok := typeSize[a.Type]
		if !ok || a.Length < 0 || int64(a.Length) > (end-c.from)/size {
			return fmt.Errorf("its array %q has %d numbers of type %s, which it cannot hold", a.Name, a.Length, a.Type)
		}
		end -= int64(a.Length) * size
	}
	if end != c.from {
		return fmt.Errorf("it holds %d bytes more than its arrays have", end-c.from)
	}
	return nil
}

// typeSize is the bytes of a number.
var typeSize = map[string]int64{"float32": 4, "float64": 8, "int64": 8}

// read reads an array into numbers, whose type and length must be those saved.
func (c *file) read(name string, numbers any) error {
	at := c.from
	for _, a := range c.Arrays {
		size := int64(a.Length) * typeSize[a.Type]
		if a.Name != name {
			at += size
			continue
		}
		if kind, length := reflect.TypeOf(numbers).Elem().String(), reflect.ValueOf(numbers).Len(); kind != a.Type || length != a.Length {
			return fmt.Errorf("the checkpoint has %d numbers of type %s as %q; this run has %d of type %s", a.Length, a.Type, name, length, kind)
		}
		r := bufio.NewReaderSize(io.NewSectionReader(c.file, at, size), 1<<16)
		return inChunks(numbers, func(chunk any) error { return binary.Read(r, binary.LittleEndian, chunk) })
	}
	return fmt.Errorf("the checkpoint has no array %q; it has %q", name, c.names())
}

func (c *file) names() (names []string) {
	for _, a := range c.Arrays {
		names = append(names, a.Name)
	}
	return names
}

// only returns an error if the checkpoint holds other arrays than these.
func (c *file) only(names []string) error {
	for _, have := range c.names() {
		if !slices.Contains(names, have) {
			return fmt.Errorf("the checkpoint has an array %q that this run does not have; it has %q", have, names)
		}
	}
	return nil
}

// close closes the file.
func (c *file) close() error { return c.file.Close() }
