package network

// Phase is a part of an epoch.
type Phase int

// The phases. The first three are passes over all stimuli, in which they are
// recognised, or presented to the plasticity rule, or both, as the order
// says.
const (
	Recognise           Phase = iota // hidden rates move
	Accumulate                       // the rule looks at all stimuli
	RecogniseAccumulate              // both, block by block
	Propose                          // the rule proposes new weights
	Commit                           // the projection takes them
)

// String returns the name of the phase.
func (p Phase) String() string {
	return [...]string{"recognise", "accumulate", "recognise and accumulate", "propose", "commit"}[p]
}

var phases = [...][]Phase{
	LearnRecognise: {Accumulate, Propose, Commit, Recognise},
	RecogniseLearn: {RecogniseAccumulate, Propose, Commit},
	Simultaneous:   {RecogniseAccumulate, Propose, Commit},
}
