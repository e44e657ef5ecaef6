package citation

import (
	"fmt"
	"path/filepath"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/synapse"
)

// start says where synapses and hidden rates started, for this circuit and this rule.
func (c *citation) start(x *experiment.Experiment, circuit network.Circuit[float64], rule learning.Rule[float64]) {
	weights := fmt.Sprintf("Weights started uniformly between %v and %v", x.Start.Low, x.Start.High)
	switch {
	case x.Start.Synapses != "":
		weights = "Weights started as in " + filepath.Base(x.Start.Synapses)
	case x.Start.Low == x.Start.High:
		weights = fmt.Sprintf("All weights started at %v", x.Start.Low)
	}
	switch learning.InitialNorm(rule) {
	case synapse.UnitSum:
		weights += ", normalised so that those of each hidden neuron summed to 1"
	case synapse.UnitLength:
		weights += ", normalised so that the squared weights of each hidden neuron summed to 1"
	}
	c.say("%s; %s. All random numbers derive from the seed %d.", weights, ratesStart(x, circuit, rule), x.Seed)
}

// ratesStart says where hidden rates started.
func ratesStart(x *experiment.Experiment, circuit network.Circuit[float64], rule learning.Rule[float64]) string {
	resting, online := learning.Has[network.Resting](circuit), learning.Has[learning.Online](rule)
	const share = "an equal share of the total of the stimulus"
	switch {
	case online && resting:
		return "hidden neurons started at rest, with a rate of 0, at each presentation of a stimulus"
	case online:
		return "every hidden neuron started with " + share + " at each presentation of a stimulus"
	case x.Start.Rates != "":
		return "hidden rates started as in " + filepath.Base(x.Start.Rates) + " and went on from epoch to epoch"
	case resting:
		return "hidden neurons started at rest, with a rate of 0, and their rates went on from epoch to epoch"
	case x.Start.Spread == 0:
		return "every hidden neuron started with " + share + ", and its rate went on from epoch to epoch"
	}
	return fmt.Sprintf("every hidden neuron started with %s times a random factor between %v and %v, and its rate went on from epoch to epoch", share, 1-x.Start.Spread, 1+x.Start.Spread)
}
