package learning

import "partsnet/internal/kernel"

// Project is project, for tests.
func Project[T kernel.Float](x []T, sum float64) { project(x, sum) }
