// Package checkpoint keeps what a killed run is continued from, in files of its run directory,
// and finds the newest that is whole and belongs to the run.
package checkpoint
