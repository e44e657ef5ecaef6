package npy_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"codeberg.org/sbinet/npyio"

	"partsnet/sim/npy"
)

// TestAnotherReadsIt reads both precisions with a library.
func TestAnotherReadsIt(t *testing.T) {
	var buf bytes.Buffer
	if err := npy.Write(&buf, []float32{1, 2, 3, 4, 5, 6}, 2); err != nil {
		t.Fatal(err)
	}
	if (buf.Len()-24)%64 != 0 {
		t.Errorf("data begin at byte %d, not a multiple of 64", buf.Len()-24)
	}
	var x []float32
	if err := npyio.Read(&buf, &x); err != nil || len(x) != 6 || x[5] != 6 {
		t.Errorf("read %v, %v", x, err)
	}
	buf.Reset()
	if err := npy.Write(&buf, []float64{0.1, 0.2}, 1); err != nil {
		t.Fatal(err)
	}
	var y []float64
	if err := npyio.Read(&buf, &y); err != nil || y[1] != 0.2 {
		t.Errorf("read %v, %v", y, err)
	}
}

// TestReadFile reads what was written, of any sign, with its shape.
func TestReadFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.npy")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	want := []float64{-1, 2.5, 0, -1e-300, 7, 8}
	if err := npy.Write(f, want, 3); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	a, err := npy.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if a.Rows() != 3 || a.Cols() != 2 || !slices.Equal(a.Values, want) || !slices.Equal(a.Row(1), want[2:4]) {
		t.Errorf("got %+v", a)
	}
	if _, err := npy.ReadFile(path + "x"); err == nil || !strings.Contains(err.Error(), path+"x") {
		t.Errorf("a file that is not there: %v", err)
	}
	if err := os.Truncate(path, 130); err != nil {
		t.Fatal(err)
	}
	if _, err := npy.ReadFile(path); err == nil || !strings.Contains(err.Error(), path+": 6 values announced, 0 there") {
		t.Errorf("a file that ends early: %v", err)
	}
}

// TestVectors writes vectors and a text as SciPy does, and reads the vector.
func TestVectors(t *testing.T) {
	var buf bytes.Buffer
	if err := npy.WriteVector(&buf, "<i4", 3, []int32{5, -6, 7}); err != nil {
		t.Fatal(err)
	}
	a, err := npy.Read(&buf)
	if err != nil || !slices.Equal(a.Shape, []int{3}) || !slices.Equal(a.Values, []float64{5, -6, 7}) {
		t.Errorf("got %+v, %v", a, err)
	}
	buf.Reset()
	if err := npy.WriteText(&buf, "csr"); err != nil {
		t.Fatal(err)
	}
	if s := buf.String(); len(s) != 128+3 && len(s) != 64+3 || !strings.Contains(s, "'|S3', 'fortran_order': False, 'shape': ()") || !strings.HasSuffix(s, "csr") {
		t.Errorf("got %q", s)
	}
	if _, err := npy.Read(&buf); err == nil || !strings.Contains(err.Error(), "type |S3") {
		t.Errorf("a text is read as numbers: %v", err)
	}
}

// FuzzArray demands an array whose shape fits its values, or an error.
func FuzzArray(f *testing.F) {
	var buf bytes.Buffer
	_ = npy.Write(&buf, []float32{1, -2, 3, 4}, 2)
	f.Add(buf.Bytes())
	f.Add([]byte(strings.Replace(buf.String(), "(2, 2)", "(4,) ", 1)))
	f.Add([]byte(strings.Replace(buf.String(), "False", "True ", 1)))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := npy.Read(bytes.NewReader(data))
		if err == nil && a.Rows()*a.Cols() != len(a.Values) {
			t.Errorf("shape %v of %d values", a.Shape, len(a.Values))
		}
	})
}

// TestHeaderOfAShorterArray demands that the header of an array with fewer rows fits the place of that
// of a longer one, whatever the numbers of their digits, and reads back.
func TestHeaderOfAShorterArray(t *testing.T) {
	for _, most := range []int{9, 10, 999_999, 1 << 40} {
		long := npy.HeaderOf[float32]([]int{most, 3, 5}, 0)
		for _, rows := range []int{0, 1, 8, most} {
			short := npy.HeaderOf[float32]([]int{rows, 3, 5}, len(long))
			h, err := npy.ReadHeader(bytes.NewReader(short))
			if err != nil || len(short) != len(long) || len(short)%64 != 0 || h.Descr != "<f4" || !slices.Equal(h.Shape, []int64{int64(rows), 3, 5}) {
				t.Errorf("%d of %d rows: %d bytes for %d, %+v, %v", rows, most, len(short), len(long), h, err)
			}
		}
	}
}
