// Package recorded takes what the recorders of an experiment or a probe keep of a network, frame by
// frame, and writes it while the run goes on.
package recorded

import "partsnet/sim/record"

// Folder holds the arrays, and AxesFile in it the table that says what their axes are.
const (
	Folder   = record.GrownFolder
	AxesFile = Folder + "/axes.csv"
)
