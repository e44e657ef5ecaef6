// Package campaign does many runs and keeps a ledger of them: what a score, a sweep or any other
// comparison of runs is made by.
//
// # Engines
//
// An [Engine] has the jobs done that the ledger does not have: [Local] in this process, as many at a
// time as there are processors, [Slurm] by an array of jobs of a cluster, whose elements call
// [Campaign.Element]. Every job is done with a single worker. A job that fails is written down with
// the reason, stops no other, and is tried again when the campaign is continued.
//
// # The ledger
//
// The file system is where processes meet. All is in the folder of checkpoints of DIR.partial:
//
//	campaign.json      what the campaign is
//	runs-….log         a ledger of one process, which alone writes it: a line for each job that has ended
//	runs.log           the ledger of a finished directory that was opened again
//	claims/JOB.1       which process does a job; JOB.2 by which it was taken over, and so on
//	cells/JOB          checkpoints of a job on its way
//
// A claim is made by creating its file, which must not exist (O_EXCL). This is atomic on local disks
// and on NFS from version 3 on; no lock is needed. It stays until the campaign is finished, so that no
// job is done twice. It names the ledger of the process that made it, and is void, so that the next
// number may be created, if that process
//
//   - has ended, as it wrote into its ledger, or
//   - ran on this machine, since it was last started, and does not exist any more, or
//   - was an earlier start of the same element of an array, or one that the scheduler has ended, or
//   - has not touched its ledger for three minutes by the clock of the one that waits. Processes touch
//     theirs every twenty seconds. Clocks of different machines are not compared.
//
// When all jobs have ended, one process claims the tables and writes them; the others wait for it.
package campaign
