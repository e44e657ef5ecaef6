package page

import (
	"encoding/base64"
	"encoding/binary"
	"math"
	"strings"
	"testing"
)

// numbers reads a packed matrix back, as the script does.
func (p *packed) numbers(t *testing.T) (x []float64) {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(p.Data)
	if err != nil {
		t.Fatal(err)
	}
	for k := range p.Rows * p.Cols {
		i := k / p.Cols
		switch p.Form {
		case "f32":
			x = append(x, float64(math.Float32frombits(binary.LittleEndian.Uint32(raw[4*k:]))))
		case "u16":
			x = append(x, p.Low[i]+float64(binary.LittleEndian.Uint16(raw[2*k:]))*(p.High[i]-p.Low[i])/65535)
		case "u8":
			x = append(x, p.Low[i]+float64(raw[k])*(p.High[i]-p.Low[i])/255)
		}
	}
	return x
}

// TestPack packs a matrix in every form: each number is as exact as the form says, zeros of rows that
// are never negative stay zeros, and what does not fit is left out.
func TestPack(t *testing.T) {
	x := []float64{0, 1, 2, 0.3, 0, 0, 0, 0, -4, 1e-9, 5, 0.1}
	for _, tt := range []struct {
		bytes int
		form  string
		steps float64
	}{{48, "f32", 1e8}, {47, "u16", 65535}, {24, "u16", 65535}, {23, "u8", 255}, {12, "u8", 255}} {
		p := pack(x, 3, tt.bytes)
		if p == nil || p.Form != tt.form {
			t.Fatalf("%d bytes: %+v", tt.bytes, p)
		}
		for k, y := range p.numbers(t) {
			span := []float64{2, 0, 9}[k/4]
			if math.Abs(y-x[k]) > span/tt.steps/2*1.001 && math.Abs(y-x[k]) > 1e-7*math.Abs(x[k]) {
				t.Errorf("%s: number %d is %v, want %v", tt.form, k, y, x[k])
			}
			if k < 8 && x[k] == 0 && y != 0 {
				t.Errorf("%s: a zero became %v", tt.form, y)
			}
		}
	}
	if pack(x, 3, 11) != nil {
		t.Error("12 numbers in 11 bytes")
	}
}

// TestModulesMakeOneScript demands that every module is in the bundle behind those that it imports, and
// that nothing in it ends the element.
func TestModulesMakeOneScript(t *testing.T) {
	code := bundle(modules)
	for _, bad := range []string{"</script", "<!--", "\nimport ", "\nexport "} {
		if strings.Contains(code, bad) {
			t.Errorf("the script holds %q", bad)
		}
	}
	entries, err := assets.ReadDir("assets")
	if err != nil {
		t.Fatal(err)
	}
	place := map[string]int{}
	for k, name := range append(modules, "table.js") {
		place[name] = k
	}
	for _, e := range entries {
		name := e.Name()
		if !strings.HasSuffix(name, ".js") {
			continue
		}
		at, ok := place[name]
		if !ok {
			t.Errorf("%s is in no script", name)
		}
		for _, line := range strings.Split(asset(name), "\n") {
			if _, from, ok := strings.Cut(line, ` from "./`); ok && strings.HasPrefix(line, "import ") {
				if before, there := place[strings.TrimSuffix(from, `";`)]; !there || before >= at {
					t.Errorf("%s: %s, which is not before it", name, line)
				}
			}
		}
	}
}
