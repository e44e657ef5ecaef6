package experiment

import "partsnet/sim/config"

// TOML returns the resolved experiment, every key with its meaning and what is
// allowed. Reading it gives the same experiment.
func (x *Experiment) TOML() string { return config.Write(x.fields(false)) }
