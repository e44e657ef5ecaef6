package kernel

// Expand writes 1 into row where a bit is set and 0 where it is not, bit j mod 64 of word
// j/64 for element j. It panics if there are too few words.
func Expand[T Float](row []T, bits []uint64) {
	if len(bits) < (len(row)+63)/64 {
		panic("kernel: Expand: fewer bits than elements")
	}
	table := expansions[T]()
	j := 0
	for ; j+8 <= len(row); j += 8 {
		*(*[8]T)(row[j:]) = table[byte(bits[j/64]>>(j%64))]
	}
	if j < len(row) {
		copy(row[j:], table[byte(bits[j/64]>>(j%64))][:])
	}
}

// expansion holds the eight elements of every byte.
type expansion[T Float] [256][8]T

var (
	expansion32 = newExpansion[float32]()
	expansion64 = newExpansion[float64]()
)

func newExpansion[T Float]() *expansion[T] {
	var e expansion[T]
	for b := range e {
		for k := range e[b] {
			e[b][k] = T(b >> k & 1)
		}
	}
	return &e
}

func expansions[T Float]() *expansion[T] {
	if e, ok := any(expansion64).(*expansion[T]); ok {
		return e
	}
	return any(expansion32).(*expansion[T])
}
