// Package checkpoint writes the files from which a killed run continues, and finds the newest
// that is whole and belongs to the run.
package checkpoint
