// Package pool distributes independent jobs over goroutines. All parallel work of the
// simulator goes through it.
//
// [Each] starts goroutines for one set of jobs and is the right choice for jobs of a
// millisecond or more: runs of a score, restarts, pairs of runs.
//
// [Pool] keeps its goroutines between calls, and they spin for a moment before they
// sleep. An epoch of a network consists of several phases of some ten microseconds each;
// starting goroutines, or waking them, for every phase would cost as much as the work
// itself, and would allocate memory in every epoch.
//
// Both hand out items in order to whichever worker is free. A result must not depend on
// which worker has computed it: then it has the same bits for any number of workers.
package pool
