package main

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"strings"

	"partsnet/internal/kernel"
	"partsnet/sim/benchmark"
)

// writeCounts writes counts as scipy.sparse.load_npz reads them.
func writeCounts[T kernel.Float](path string, p benchmark.Problem, d *benchmark.Data[T]) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	z := zip.NewWriter(f)
	array := func(name, descr string, length int, x any) {
		w, e := z.CreateHeader(&zip.FileHeader{Name: name + ".npy", Method: zip.Store})
		if e != nil {
			err = errors.Join(err, e)
			return
		}
		shape := fmt.Sprintf("(%d,)", length)
		if length < 0 {
			shape = "()"
		}
		header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': %s, }", descr, shape)
		header += strings.Repeat(" ", 63-(10+len(header))%64) + "\n"
		_, e = w.Write(append([]byte("\x93NUMPY\x01\x00"), byte(len(header)), byte(len(header)>>8)))
		_, e2 := w.Write([]byte(header))
		err = errors.Join(err, e, e2, binary.Write(w, binary.LittleEndian, x))
	}
	start := make([]int32, len(d.Start))
	for i, s := range d.Start {
		start[i] = int32(s)
	}
	descr := "<f8"
	if _, ok := any(d.Count).([]float32); ok {
		descr = "<f4"
	}
	array("indices", "<i4", len(d.Index), d.Index)
	array("indptr", "<i4", len(start), start)
	array("format", "|S3", -1, []byte("csr"))
	array("shape", "<i8", 2, []int64{int64(p.Stimuli), int64(p.Visible)})
	array("data", descr, len(d.Count), d.Count)
	return errors.Join(err, z.Close(), f.Close())
}
