// Package campaign does many runs side by side and keeps a ledger of them: what a score, a
// sweep or any other comparison of runs is made by.
//
// Each job is done with a single worker, as many at a time as there are processors. Every job that
// has ended is a line of the ledger, which is on the device before the next one of that processor
// begins; an interrupted campaign continues behind it, and one with more jobs does what is new. A
// job that fails is written down with the reason, stops no other, and is tried again when
// the campaign is continued.
package campaign
