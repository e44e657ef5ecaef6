package experiment

// ReadResolved reads the config that a run wrote beside its results. It is read as strictly
// as by [Read], except that keys which belong to other stimuli than those of the run, and
// had no effect, keep their default: earlier versions let them be set.
func ReadResolved(file string, text []byte) (*Experiment, error) { return read(file, text, nil, true) }
