// Package page writes a report: what a run directory holds as one HTML file, which needs no network
// and no server.
//
// A page is complete without a script: words, tables, and pictures of the parts. Its script, which
// is the modules of the folder assets one after the other, adds what moves. The modules and the style
// do not know where their numbers come from, so that other pages can share them. What comes from data,
// such as a name or a word, reaches a page only through html/template or as JSON in which < is escaped,
// and the page allows no script but its own, whose checksum it names.
package page
