package outcome

import "fmt"

// Interrupted is the error of a run that was ended by its context.
type Interrupted struct {
	Dir    string // what holds the checkpoint; "" where there is none
	Epoch  int    // that was the last, of a run from one start
	Starts int    // that were learned, of a run from several
	Groups bool   // whether it is of several groups
}

// Error says how to continue.
func (e *Interrupted) Error() string {
	switch {
	case e.Dir == "":
		return "interrupted before there was a checkpoint; nothing is kept"
	case e.Groups:
		return fmt.Sprintf("interrupted; %s holds what groups have learned: the same command with --resume continues it", e.Dir)
	case e.Starts == 0 && e.Epoch == 0:
		return fmt.Sprintf("interrupted while stimuli were read; %s holds a checkpoint: the same command with --resume continues it", e.Dir)
	case e.Starts > 0:
		return fmt.Sprintf("interrupted after %d starts; %s holds a checkpoint: the same command with --resume continues it", e.Starts, e.Dir)
	}
	return fmt.Sprintf("interrupted after epoch %d; %s holds a checkpoint: the same command with --resume continues it", e.Epoch, e.Dir)
}
