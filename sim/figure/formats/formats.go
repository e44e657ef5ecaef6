// Package formats names the file formats of figures. It is apart from figure so that
// packages which only check a name need no drawing.
package formats

// Names are the formats that figures are written in.
var Names = []string{"png", "svg", "pdf"}
