// Package text makes stimuli of documents: each document is a stimulus, each word of
// the vocabulary a visible neuron, and how often the document has the word is the
// neuron's rate.
//
// Documents are stored in the forms of [Formats]. Text is UTF-8. Documents come in the order of lines, of paths or, in a .tar, of
// entries; one without any word of the vocabulary stays, with no counts.
//
// A word is a maximal run of letters, in lower case; nothing is stemmed. The
// vocabulary follows the rule of Lee & Seung (1999): words are ranked by how often
// they occur in all documents together, the most common Skip of them say little and
// are left out, and the next Keep are kept.
package text
