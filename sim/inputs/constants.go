package inputs

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"

	"partsnet/internal/elementary"
	"partsnet/sim/measure"
)

// know works out what measures need to know of the stimuli.
func (in *Inputs) know() {
	c := measure.Shown{Variation: in.variation()}
	nonzero := 0
	for y := range in.All() {
		if y > 0 {
			nonzero++
			c.Energy += float64(y * y)
			c.Entropy += float64(y*elementary.Log(y)) - y
		}
	}
	c.Zeros = 1 - float64(nonzero)/(float64(in.Stimuli())*float64(in.Neurons()))
	in.Constants = c
}

// variation returns the squared deviation of the stimuli from their mean; see
// [measure.Variation].
func (in *Inputs) variation() float64 {
	if in.Dense() {
		return measure.Variation(in.All(), in.Stimuli(), in.Neurons())
	}
	sum, squares := make([]float64, in.Neurons()), 0.0
	for i := range in.Stimuli() {
		in.Each(i, func(j int, x float64) {
			sum[j] += x
			squares += float64(x * x)
		})
	}
	for _, y := range sum {
		squares -= float64(y * y / float64(in.Stimuli()))
	}
	return squares
}

// sum returns what proves that two runs saw the same stimuli: the SHA-256, in
// hexadecimal, of the numbers of stimuli and neurons (8-byte integers) and the rates (as
// float64), all little-endian. Of counts it is that of each stimulus its number of counts, and
// the neuron and the rate of each.
func (in *Inputs) sum() string {
	h := sha256.New()
	buf := make([]byte, 0, 1<<16)
	put := func(x uint64) {
		buf = binary.LittleEndian.AppendUint64(buf, x)
		if len(buf) == cap(buf) {
			h.Write(buf)
			buf = buf[:0]
		}
	}
	put(uint64(in.Stimuli()))
	put(uint64(in.Neurons()))
	if in.Dense() {
		for x := range in.All() {
			put(math.Float64bits(x))
		}
	}
	for i := range in.Stimuli() {
		if in.Dense() {
			break
		}
		held := uint64(0)
		in.Each(i, func(int, float64) { held++ })
		put(held)
		in.Each(i, func(j int, x float64) {
			put(uint64(j))
			put(math.Float64bits(x))
		})
	}
	h.Write(buf)
	return hex.EncodeToString(h.Sum(nil))
}
