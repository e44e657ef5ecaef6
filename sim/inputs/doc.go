// Package inputs makes the stimuli of a run ready: it reads or generates them, names and
// scales them, holds them in the precision in which the network computes, and proves by
// checksums what they were.
package inputs
