package network

// blockRows is the largest number of stimuli in a block: few enough that their
// visible and hidden rates stay in cache while recognition and learning pass over
// them.
const blockRows = 64

// maxGroups is the largest number of groups of blocks, and so of accumulators
// and of workers that can be busy at once in one pass of learning.
const maxGroups = 16

// tileRows is the number of stimuli that a kernel takes at once. Groups and blocks
// are made of whole tiles, as many in each as in the next but for one, so that
// workers end together.
const tileRows = 8

// partition cuts stimuli into groups of neighbours and groups into blocks. It
// depends on the number of stimuli alone, never on the number of workers.
type partition struct{ stimuli int }

func (p partition) tiles() int { return (p.stimuli + tileRows - 1) / tileRows }

func (p partition) groups() int {
	return min(maxGroups, (p.stimuli+blockRows-1)/blockRows)
}

// groupTiles returns the tiles [from, to) of group g.
func (p partition) groupTiles(g int) (from, to int) {
	return g * p.tiles() / p.groups(), (g + 1) * p.tiles() / p.groups()
}

// perGroup is the number of blocks of a group, the same for all of them.
func (p partition) perGroup() int {
	if p.stimuli == 0 {
		return 0
	}
	largest := (p.tiles() + p.groups() - 1) / p.groups()
	return (largest*tileRows + blockRows - 1) / blockRows
}

func (p partition) blocks() int { return p.groups() * p.perGroup() }

// group returns the blocks [from, to) of group g.
func (p partition) group(g int) (from, to int) { return g * p.perGroup(), (g + 1) * p.perGroup() }

// block returns the stimuli [from, to) of block b; there may be none.
func (p partition) block(b int) (from, to int) {
	first, end := p.groupTiles(b / p.perGroup())
	k := b % p.perGroup()
	from = first + k*(end-first)/p.perGroup()
	to = first + (k+1)*(end-first)/p.perGroup()
	return min(from*tileRows, p.stimuli), min(to*tileRows, p.stimuli)
}

// partition cuts what a plan presents at once of that many stimuli.
func (p Plan) partition(stimuli int) partition {
	if p.Batch > 0 {
		stimuli = min(stimuli, p.Batch)
	}
	return partition{stimuli}
}
