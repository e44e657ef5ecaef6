package benchmark

import (
	"slices"
	"time"

	"partsnet/internal/kernel"
	"partsnet/network"
	"partsnet/neuron"
)

// Median returns the median of x.
func Median(x []float64) float64 {
	x = slices.Sorted(slices.Values(x))
	if n := len(x); n%2 == 0 {
		return (x[n/2-1] + x[n/2]) / 2
	}
	return x[len(x)/2]
}

// Epochs returns the seconds that each of count epochs took.
func Epochs[T neuron.Float](l *network.Learner[T], count int) ([]float64, error) {
	var seconds []float64
	for range count {
		start := time.Now()
		if err := l.Epoch(); err != nil {
			return nil, err
		}
		seconds = append(seconds, time.Since(start).Seconds())
	}
	return seconds, nil
}

// KernelSpeed is the speed of one kernel on one core.
type KernelSpeed struct {
	Name     string
	GFLOPS32 float64 // 10⁹ floating-point operations a second in float32
	GFLOPS64 float64
}

// Kernels measures every kernel on one core, for a block of a dense problem or a
// run of counts, for about that time each.
func Kernels(p Problem, each time.Duration) []KernelSpeed {
	single, double := kernels[float32](p, each), kernels[float64](p, each)
	for i := range single {
		single[i].GFLOPS64 = double[i].GFLOPS32
	}
	return single
}

// Peak measures the maximum speed of one core, with operands in registers; 0 without
// assembly.
func Peak(each time.Duration) KernelSpeed {
	return KernelSpeed{"registers alone", peak[float32](each), peak[float64](each)}
}

func peak[T neuron.Float](each time.Duration) float64 {
	const rounds = 1 << 16
	operations := 0.0
	start := time.Now()
	for time.Since(start) < each {
		operations += kernel.Peak[T](rounds)
		if operations == 0 {
			return 0
		}
	}
	return operations / time.Since(start).Seconds() / 1e9
}

func kernels[T neuron.Float](p Problem, each time.Duration) []KernelSpeed {
	const rows = 64 // stimuli of a block
	r, n := p.Hidden, p.Visible
	serially := func(items int, job func(worker, item int)) {
		for i := range items {
			job(0, i)
		}
	}
	if p.Words > 0 {
		p.Stimuli = 4096
	} else {
		p.Stimuli = rows
	}
	d := Draw[T](p)
	s := kernel.NewSynapses[T](r, n, serially)
	s.Load(d.Synapses)
	var out []KernelSpeed
	measure := func(name string, operations float64, run func()) {
		run()
		count := 0
		start := time.Now()
		for time.Since(start) < each {
			run()
			count++
		}
		out = append(out, KernelSpeed{Name: name, GFLOPS32: operations * float64(count) / time.Since(start).Seconds() / 1e9})
	}
	drive, c := make([]T, p.Stimuli*r), make([]T, r*n)
	if p.Words > 0 {
		s.PackRows()
		counts := &kernel.Counts[T]{Start: d.Start, Index: d.Index, Value: d.Count}
		turned := counts.Transposed(n, 0, p.Stimuli)
		rows := make([]T, n*r)
		kernel.Rows(rows, d.Synapses, r, n, 0, n)
		operations := 4 * float64(len(d.Index)) * float64(r)
		measure("drive of counts", operations, func() { kernel.DriveCounts(drive, counts, 0, p.Stimuli, d.H, s) })
		measure("coincidences of counts", operations, func() { kernel.CorrelateCounts(c, rows, turned, 0, n, d.H, r) })
		return out
	}
	s.PackPanels()
	scratch := kernel.NewScratch[T]()
	product := 2 * float64(rows) * float64(r) * float64(n)
	measure("Poisson drive", 2*product, func() { kernel.PoissonDrive(drive, d.Dense, d.H, rows, s, scratch) })
	measure("Poisson coincidences", 2*product, func() { kernel.PoissonCorrelate(c, d.Dense, d.H, rows, s, scratch) })
	measure("both from one quotient", 3*product, func() { kernel.PoissonDriveCorrelate(drive, c, d.Dense, d.H, rows, s, scratch) })
	measure("Gaussian drive", product, func() { kernel.GaussianDrive(drive, d.Dense, rows, s) })
	measure("Gaussian coincidences", product, func() { kernel.Correlate(c, d.H, d.Dense, rows, r, n) })
	return out
}
