// Package train lets networks learn. There is one training loop, for the first layer, for
// the layers above it, for all layers together, and for each of several random starts; what
// watches it, and may keep what it sees, is an [Observer]. What has been learned is an
// outcome.
package train
