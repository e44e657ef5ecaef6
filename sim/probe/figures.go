package probe

import "partsnet/sim/record"

func (r *Result) draw(*record.Dir) error { return nil }
