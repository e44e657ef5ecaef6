package main

import (
	"archive/zip"
	"errors"
	"io"
	"os"

	"partsnet/internal/kernel"
	"partsnet/sim/benchmark"
	"partsnet/sim/npy"
)

// writeCounts writes counts as scipy.sparse.load_npz reads them.
func writeCounts[T kernel.Float](path string, p benchmark.Problem, d *benchmark.Data[T]) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	z := zip.NewWriter(f)
	array := func(name string, write func(w io.Writer) error) {
		w, e := z.CreateHeader(&zip.FileHeader{Name: name + ".npy", Method: zip.Store})
		if e == nil {
			e = write(w)
		}
		err = errors.Join(err, e)
	}
	vector := func(name, descr string, length int, x any) {
		array(name, func(w io.Writer) error { return npy.WriteVector(w, descr, length, x) })
	}
	start := make([]int32, len(d.Start))
	for i, s := range d.Start {
		start[i] = int32(s)
	}
	vector("indices", "<i4", len(d.Index), d.Index)
	vector("indptr", "<i4", len(start), start)
	array("format", func(w io.Writer) error { return npy.WriteText(w, "csr") })
	vector("shape", "<i8", 2, []int64{int64(p.Stimuli), int64(p.Visible)})
	vector("data", npy.DescrOf[T](), len(d.Count), d.Count)
	return errors.Join(err, z.Close(), f.Close())
}
