package checkpoint

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzCheckpoint demands that a checkpoint is refused or can be read in full, whatever
// its header says. The checksum is made right: no file would come through otherwise.
func FuzzCheckpoint(f *testing.F) {
	var whole bytes.Buffer
	arrays := []array{{"synapses", []float64{1, 2, 3}}, {"rates", []float32{4}}, {"counts", []int64{5, 6}}}
	if err := write(&whole, header{Kept: []savedKept{{Epoch: 3, Records: []savedRecord{{Epoch: 1, Objective: 0.1}}}}}, arrays); err != nil {
		f.Fatal(err)
	}
	f.Add(whole.Bytes()[:whole.Len()-sha256.Size])
	f.Add([]byte(magic))
	f.Add([]byte(magic + "\xff\xff\xff\xff{}"))
	f.Add([]byte(magic + "\x02\x00\x00\x00{}"))
	f.Add([]byte("partsnet checkpoint 2\n"))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(dir, "c")
		sum := sha256.Sum256(data)
		if err := os.WriteFile(path, append(data, sum[:]...), 0o666); err != nil {
			t.Fatal(err)
		}
		c, err := open(path)
		if err != nil {
			return
		}
		for _, a := range c.Arrays {
			var into any
			switch a.Type {
			case "float32":
				into = make([]float32, a.Length)
			case "float64":
				into = make([]float64, a.Length)
			case "int64":
				into = make([]int64, a.Length)
			}
			// The first of two arrays of one name hides the second.
			if err := c.read(a.Name, into); err != nil && !strings.Contains(err.Error(), "the checkpoint has ") {
				t.Error(err)
			}
		}
		if err := c.close(); err != nil {
			t.Error(err)
		}
	})
}
