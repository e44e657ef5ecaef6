// Package figure draws what a network has learned and how it answers, from plain
// slices, in figures that can be printed as they are.
//
// Tiles are crisp: every value is a square of whole device pixels, never
// interpolated. Synapses and rates run from white at zero to black at the
// largest, as in Lee & Seung (1999), Fig. 1, and images that are photographs from black
// to white. Few hidden neurons have large rows, and of many stimuli or neurons successive
// ones are averaged; the notes of a figure, which stand in its caption, say so. Curves are drawn by gonum/plot, in
// the palette of Okabe & Ito (2008), which readers of any colour vision can tell
// apart.
package figure
