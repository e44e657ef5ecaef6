// Package stream derives every random number of an experiment from its one
// seed.
//
// Each consumer, such as the generator of stimuli or the start of the
// synapses, takes a stream of its own by name. The stream depends on the seed
// and the name alone, so a new consumer does not move the numbers of the others,
// and no generator is shared. What is drawn while a run learns comes from streams that are
// made anew, by the number of the epoch or of the presentation, so that no checkpoint holds
// the state of one.
package stream

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
)

// New returns the stream of that name: ChaCha8 with the key
//
//	SHA-256( seed as 8 bytes, little-endian ‖ name )
//
// The numbers are the same on every machine and are a promise to users.
func New(seed int64, name string) *rand.Rand { return rand.New(source(seed, name)) }

func source(seed int64, name string) *rand.ChaCha8 {
	text := binary.LittleEndian.AppendUint64(nil, uint64(seed))
	return rand.NewChaCha8(sha256.Sum256(append(text, name...)))
}
