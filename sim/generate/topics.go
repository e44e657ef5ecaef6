package generate

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"

	"partsnet/network"
	"partsnet/neuron"
	"partsnet/sim/stimulus"
)

// topics are the subjects of generated documents, each with its words, the most
// typical first. Twenty-two words belong to two or more subjects: "lead" is a metal,
// and what a president does.
var topics = []struct{ name, words string }{
	{"government", "president congress senate governor elected vote party state secretary capital leader lead cabinet bill term policy office federal minister treaty"},
	{"law", "court law judge justice supreme constitution amendment rights jury trial case legal appeal crime bar prison sentence cell attorney act"},
	{"metals", "metal iron copper steel lead zinc ore alloy furnace smelt tin silver mine bronze nickel weld plate cast forge gold"},
	{"plants", "plant flower leaf leaves root seed stem perennial garden grow fruit spring soil annual bloom petal tree shrub bulb species"},
	{"medicine", "disease pain skin symptom infection blood organ heart cell treatment patient fever doctor virus gland drug nerve surgery wound lung"},
	{"music", "music note organ key piano opera song scale composer pitch violin orchestra chord rhythm melody bar concert symphony singer band"},
	{"sport", "game team player ball bat pitch league score goal match coach field season win race champion club tennis court stadium"},
	{"rivers", "river water bank current lake flow valley flood dam delta stream basin spring fish canal sea port bed tide"},
	{"money", "bank money interest note bill gold trade market price tax bond stock debt loan capital currency profit firm invest share"},
	{"animals", "animal bird bat fish crane wing nest mammal feed insect species tail egg scale prey hunt snake shell lion whale"},
	{"physics", "energy current charge field wave light electron atom force magnet mass particle star heat motion speed circuit plate nucleus spring"},
	{"building", "house wall roof stone brick key crane tower bridge arch plant beam window door column floor plan site bar cement"},
}

// Topics says what documents to make.
type Topics struct {
	Count int // number of documents, ≥ 1
}

// Describe describes the generator.
func (Topics) Describe() Description {
	return Description{Name: "topics", Doc: "documents as counts of words, some of which have several meanings", Parts: "the words of 12 topics", Example: "paper/figure-4"}
}

// Parameters is the number of documents.
func (t *Topics) Parameters() []Parameter { return []Parameter{count(&t.Count)} }

// Validate returns an error if the number of documents is out of range.
func (t Topics) Validate() error { return inRange(&t) }

// Extent is Count documents of the vocabulary, of which a document has some 80 words.
func (t Topics) Extent() network.Extent {
	const vocabulary, words = 220, 80 // at most, and at most in the mean
	return network.Extent{Stimuli: t.Count, Visible: vocabulary, Held: t.Count * words}
}

// What documents are like: most are about one or two of the topics, a tenth of their
// words belongs to none, and their lengths scatter.
const (
	concentration = 0.08 // of the Dirichlet distribution of topics
	noise         = 0.1  // share of words drawn from all alike
	shortest      = 10   // words
	usual         = 120  // words more, in the mean
)

// Generate draws the documents. A word of topic k at rank ρ, counted from 0, has a
// probability proportional to 1/(ρ + 3). A document draws its topics
// θ ~ Dirichlet(0.08), its length 10 + Poisson(120 G) with G ~ Gamma(2, 1/2), and its
// words independently from
//
//	0.9 Σ_k θ_k B_k + 0.1/n      B 12×n, rows sum to 1
//
// The truth holds B as parts and θ as codes. The same stream gives the same documents.
func (t Topics) Generate(ctx context.Context, rng *rand.Rand) (*stimulus.Set, error) {
	if err := t.Validate(); err != nil {
		return nil, err
	}
	vocabulary, parts := topicParts()
	n, k := len(vocabulary), len(topics)
	truth := &stimulus.Truth{Kind: t.Describe().Name, Parts: parts, Codes: make([]float64, t.Count*k)}
	for _, topic := range topics {
		truth.Names = append(truth.Names, topic.name)
	}
	start := make([]int, 1, t.Count+1)
	var index []int32
	var rate []float64
	cumulative := make([]float64, n)
	for d := range t.Count {
		if err := ended(ctx); err != nil {
			return nil, err
		}
		theta := truth.Codes[d*k : (d+1)*k]
		dirichlet(rng, theta)
		sum := 0.0
		for j := range n {
			for a, share := range theta {
				sum += float64((1 - noise) * float64(share*parts[a*n+j]))
			}
			sum += noise / float64(n)
			cumulative[j] = sum
		}
		scatter := distuv.Gamma{Alpha: 2, Beta: 2, Src: rng}.Rand()
		length := shortest + int(distuv.Poisson{Lambda: usual * scatter, Src: rng}.Rand())
		counts := make([]int, n)
		for range length {
			counts[min(n-1, sort.SearchFloat64s(cumulative, sum*rng.Float64()))]++
		}
		for j, c := range counts {
			if c > 0 {
				index, rate = append(index, int32(j)), append(rate, float64(c))
			}
		}
		start = append(start, len(index))
	}
	counts, err := neuron.CountsOf(n, start, index, rate)
	return &stimulus.Set{
		Counts: counts, Count: t.Count, Size: n, Neurons: vocabulary, Texts: true, Truth: truth,
		Source: fmt.Sprintf("generated documents, %d of %d topics with %d words", t.Count, k, n),
	}, err
}

// topicParts returns the vocabulary in alphabetical order and B (12×n).
func topicParts() (vocabulary []string, parts []float64) {
	for _, t := range topics {
		vocabulary = append(vocabulary, strings.Fields(t.words)...)
	}
	slices.Sort(vocabulary)
	vocabulary = slices.Compact(vocabulary)
	parts = make([]float64, len(topics)*len(vocabulary))
	for a, t := range topics {
		words, sum := strings.Fields(t.words), 0.0
		for rank := range words {
			sum += 1 / float64(rank+3)
		}
		for rank, w := range words {
			j, _ := slices.BinarySearch(vocabulary, w)
			parts[a*len(vocabulary)+j] = 1 / float64(rank+3) / sum
		}
	}
	return vocabulary, parts
}

// dirichlet draws shares that sum to 1. With so small a concentration all gamma
// variates may be 0 in float64; then they are drawn again.
func dirichlet(rng *rand.Rand, shares []float64) {
	gamma := distuv.Gamma{Alpha: concentration, Beta: 1, Src: rng}
	for sum := 0.0; sum == 0; {
		for a := range shares {
			shares[a] = gamma.Rand()
			sum += shares[a]
		}
		for a := range shares {
			if sum > 0 {
				shares[a] /= sum
			}
		}
	}
}
