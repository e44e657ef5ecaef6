package stimulus

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"iter"
	"math"

	"partsnet/neuron"
)

// Held is stimuli as a run holds them, in either precision: all rates or counts.
type Held interface {
	Stimuli() int
	Neurons() int
	Dense() bool
	All() iter.Seq[float64]
	Each(stimulus int, visit func(neuron int, rate float64))
	Seen() *neuron.Mask
}

// Checksum returns what proves that two runs saw the same stimuli: the SHA-256, in
// hexadecimal, of the numbers of stimuli and neurons (8-byte integers) and the rates (as
// float64), all little-endian. Of counts it is that of each stimulus its number of counts, and
// the neuron and the rate of each. Where rates are missing, which are 0 here, the bits of the mask
// follow, each stimulus in whole words of 64 neurons.
func Checksum(v Held) string {
	sum, _ := ChecksumContext(context.Background(), v) // which never ends
	return sum
}

// ChecksumContext is [Checksum], which the context ends with its error: stimuli that are mapped into
// memory may be larger than it.
func ChecksumContext(ctx context.Context, v Held) (string, error) {
	h := sha256.New()
	buf := make([]byte, 0, 1<<16)
	put := func(x uint64) {
		buf = binary.LittleEndian.AppendUint64(buf, x)
		if len(buf) == cap(buf) {
			h.Write(buf)
			buf = buf[:0]
		}
	}
	put(uint64(v.Stimuli()))
	put(uint64(v.Neurons()))
	if v.Dense() {
		for x := range v.All() {
			if put(math.Float64bits(x)); len(buf) == 0 && ctx.Err() != nil {
				break
			}
		}
	} else {
		for i := range v.Stimuli() {
			if ctx.Err() != nil {
				break
			}
			held := uint64(0)
			v.Each(i, func(int, float64) { held++ })
			put(held)
			v.Each(i, func(j int, x float64) {
				put(uint64(j))
				put(math.Float64bits(x))
			})
		}
	}
	if seen := v.Seen(); seen != nil {
		for i := range v.Stimuli() {
			for _, word := range seen.Row(i) {
				put(word)
			}
		}
	}
	h.Write(buf)
	return hex.EncodeToString(h.Sum(nil)), ctx.Err()
}
