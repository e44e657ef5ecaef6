// Package stimulus reads stimuli from files and scales them.
//
// Sources are a folder, .zip or .tar of PGM and PNG images, CSV, and the IDX
// format of MNIST. Values are kept as stored until [Set.Scale] is asked for.
// Files are not trusted: a header allocates nothing before its bytes are
// there, sizes are bounded, and whatever is wrong is an error that names file,
// entry and what is allowed.
package stimulus
