package experiment

// ReadResolved reads the config that a run wrote with its results. It is as strict as
// [Read], except that keys which apply to other stimuli than those of the run are ignored:
// earlier versions accepted them.
func ReadResolved(file string, text []byte) (*Experiment, error) { return read(file, text, nil, true) }
