// Package archive reads the files of a folder, a .zip, a .tar or a .tar.gz (.tgz) without
// trusting them. It is the only place that opens archives.
//
// What is refused, with an error that names the entry:
//
//   - an entry whose name leads out of the archive ("../a", "/a", in a .tar also one with a
//     backslash, which separates folders in a .zip), even if nobody asks for it;
//   - of the files that are asked for, links, sparse and encrypted files, devices and pipes,
//     and two entries of one name;
//   - files that hold more bytes than the caller allows;
//   - an archive or a gzip whose content is out of proportion to its size (see [Ratio]).
//
// A link in a folder is followed to a file or to a folder, each folder once: whoever may read
// the folder may read what the link leads to. What is passed over is told to a [Report].
package archive
