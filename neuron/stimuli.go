package neuron

// Float is the precision in which rates and weights are held. Every generic type and
// function of the engine has it as its constraint.
type Float interface{ float32 | float64 }

// Stimuli are the rates of the visible layer to a set of stimuli: [Rates] or [Counts]. No
// other package can add a type, because the kernels must know how each is held.
type Stimuli[T Float] interface {
	Stimuli() int
	Neurons() int
	// Each calls visit for every neuron that fires to a stimulus, in their order.
	Each(stimulus int, visit func(neuron int, rate T))

	sealed()
}
