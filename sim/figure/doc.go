// Package figure draws what a run has learned, from plain slices. Grids of
// pixels are composed by ourselves, at integer magnification and without
// interpolation, so that a pixel of a part is a crisp square; curves are drawn
// by gonum/plot. Large values are dark, as in Lee & Seung (1999), Fig. 1.
package figure
