package network

// BlockRows is the number of stimuli in a block: few enough that their visible
// and hidden rates stay in cache while recognition and learning pass over
// them.
const BlockRows = 64

// MaxGroups is the largest number of groups of blocks, and so of accumulators
// and of workers that can be busy at once in one pass.
const MaxGroups = 16

// partition cuts stimuli into blocks and groups of neighbouring blocks. It
// depends on the number of stimuli alone, never on the number of workers.
type partition struct{ stimuli int }

func (p partition) blocks() int { return (p.stimuli + BlockRows - 1) / BlockRows }

func (p partition) groups() int { return min(MaxGroups, p.blocks()) }

// block returns the stimuli [from, to) of block b.
func (p partition) block(b int) (from, to int) {
	return b * BlockRows, min((b+1)*BlockRows, p.stimuli)
}

// group returns the blocks [from, to) of group g. Sizes differ by one at the
// most.
func (p partition) group(g int) (from, to int) {
	return g * p.blocks() / p.groups(), (g + 1) * p.blocks() / p.groups()
}
