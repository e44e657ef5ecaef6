// Package stimulus reads stimuli from files and scales them.
//
//	folder, .zip, .tar   PGM (P2, P5) and PNG images, 8 or 16 bits of grey
//	.npy, .npz           NumPy arrays, m×n or m×height×width
//	.idx, ...ubyte       the IDX format of MNIST, unsigned bytes
//	.mat                 MATLAB arrays, version 5 to 7; sparse ones are counts
//	.mtx                 MatrixMarket: coordinate as counts, array as rates
//	docword*.txt         the bag-of-words format of the UCI repository
//	.csv, .tsv, .txt     one stimulus a line, values parted by commas,
//	                     semicolons, tabs or blanks
//
// All but the first two may be packed with gzip: ".gz" behind the name, or
// ".tgz". Images come in the order of their paths; other files among them and
// what begins with a dot are passed over. Values are kept as stored until
// [Set.Scale] is asked for.
//
// Files are not trusted. No header makes room for more than the bytes that
// follow it, sizes are bounded by [MaxValues], an archive may not climb out of
// itself, and whatever is wrong is an error that names file, entry or line, and
// what is allowed.
package stimulus
