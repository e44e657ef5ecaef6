package network_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"flag"
	"hash"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"partsnet/internal/kernel"
	"partsnet/network"
)

// TestPortableBits holds the portable kernels to bits that do not depend on the
// machine: the same checksum on every processor, fused multiply-add or not. It is run
// on amd64 and, emulated, on arm64.
func TestPortableBits(t *testing.T) {
	portable(t)
	rng := rand.New(rand.NewPCG(77, 77))
	p := problem{m: 150, n: 40, r: 7}
	for range p.m * p.n {
		p.v = append(p.v, float64(max(0, rng.IntN(1000)-400))/128)
	}
	for range p.r * p.n {
		p.w = append(p.w, float64(100+rng.IntN(900))/1000)
	}
	for range p.m * p.r {
		p.h = append(p.h, float64(100+rng.IntN(900))/1000)
	}
	for rule, want := range map[string]string{
		"poisson":      "94e5d56037c28bbb",
		"poisson-free": "05cc11e9b368255e",
		"gaussian":     "c8536db25e079b41",
	} {
		for _, counts := range []bool{false, true} {
			net, l := p.start(t, rule, network.RecogniseLearn, 2)
			name := rule
			if counts {
				name += " of counts"
				net, l = p.onCounts(t, ruleOf(t, rule), network.RecogniseLearn, 2)
			}
			for range 25 {
				if err := l.Epoch(); err != nil {
					t.Fatal(err)
				}
			}
			h := sha256.New()
			for _, x := range [][]float64{net.Synapses().Weights(), l.Rates().Rows(0, p.m)} {
				if err := binary.Write(h, binary.LittleEndian, x); err != nil {
					t.Fatal(err)
				}
			}
			if got := hex.EncodeToString(h.Sum(nil))[:16]; !counts && got != want {
				t.Errorf("%s: bits %s, want %s", name, got, want)
			} else if counts && got != countBits[rule] {
				t.Errorf("%s: bits %s, want %s", name, got, countBits[rule])
			}
		}
	}
}

// countBits are the checksums where the same stimuli are held as counts.
var countBits = map[string]string{"poisson": "68d4580cf0f5ee4e", "poisson-free": "41e4ecec0b603a03", "gaussian": "6b14be1c59c10096"}

// portable forces the portable kernels for the length of a test.
func portable(t *testing.T) {
	t.Helper()
	was := kernel.Level()
	if err := kernel.Force("portable"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := kernel.Force(was); err != nil {
			t.Error(err)
		}
	})
}

// TestPortableBitsOfTheFamily does the same for every circuit and every rule, each in one
// pair at least, in both precisions.
func TestPortableBitsOfTheFamily(t *testing.T) {
	portable(t)
	rng := rand.New(rand.NewPCG(78, 78))
	p := problem{m: 40, n: 24, r: 5}
	for range p.m * p.n {
		p.v = append(p.v, float64(max(0, rng.IntN(1000)-400))/1024)
	}
	for range p.r * p.n {
		p.w = append(p.w, float64(100+rng.IntN(900))/1000)
	}
	const file = "testdata/bits.txt"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	held := map[[2]string]string{}
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) == 3 {
			held[[2]string{f[0], f[1]}] = f[2]
		}
	}
	var lines []string
	for _, pair := range pairs(t) {
		batch := 1
		if !presentable(pair, batch) {
			batch = 0
		}
		sum := sha256.New()
		familyBits[float64](t, sum, pair, batch, p)
		familyBits[float32](t, sum, pair, batch, p)
		got := hex.EncodeToString(sum.Sum(nil))[:16]
		if want := held[pair]; got != want && !*update {
			t.Errorf("%s with %s: bits %s, want %q; -update writes those of all pairs", pair[0], pair[1], got, want)
		}
		lines = append(lines, pair[0]+" "+pair[1]+" "+got+"\n")
	}
	if *update {
		if err := os.WriteFile(file, []byte(strings.Join(lines, "")), 0o644); err != nil {
			t.Error(err)
		}
	} else if len(held) != len(lines) {
		t.Errorf("%s holds %d pairs, and there are %d; -update writes them", file, len(held), len(lines))
	}
}

// update writes the bits of every pair anew.
var update = flag.Bool("update", false, "write testdata/bits.txt")

func familyBits[T float32 | float64](t *testing.T, sum hash.Hash, pair [2]string, batch int, p problem) {
	t.Helper()
	_, l := familyLearner[T](t, pair[0], pair[1], batch, 1, p)
	for range 3 {
		if err := l.Epoch(); err != nil {
			t.Fatal(err)
		}
	}
	for _, a := range l.State().Arrays {
		if err := binary.Write(sum, binary.LittleEndian, a.Numbers); err != nil {
			t.Fatal(err)
		}
	}
}
