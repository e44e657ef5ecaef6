package experiment

import "partsnet/sim/config"

// ReadResolved reads the config that a run wrote with its results. It is as strict as
// [Read], except that keys which apply to other stimuli than those of the run are no error:
// earlier versions accepted them. The stimuli are not looked at, which may be gone or elsewhere:
// those of a path are taken for texts.
func ReadResolved(file string, text []byte) (*Experiment, error) {
	d, err := config.Parse(file, text)
	if err != nil {
		return nil, err
	}
	return read(file, d, nil, true, func(string) bool { return true })
}
