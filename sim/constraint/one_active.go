package constraint

import (
	"context"
	"math"
	"slices"

	"partsnet/internal/pool"
)

// OneActive learns from stimuli v (m×n) with one active hidden neuron at a time,
// beginning with the synapses start (r×n):
//
//	h_ia = 1 for the neuron a with the least ‖v_i − w_a‖², the first of several; else 0
//	w_a  = mean of the stimuli for which a was active; unchanged if there was none
//
// in turn until no winner changes or the epochs are over. Neither step raises the
// squared error (Lloyd 1982, IEEE Trans. Inf. Theory 28:129–137). A neuron that wins
// nothing then takes the stimulus that is farthest from its winner, which lowers it,
// and the steps continue: the result is never worse than that of k-means from the same
// start, if both give a stimulus that is equally far from two prototypes to the same one.
// The context ends it between two epochs, with its error.
func OneActive(ctx context.Context, v []float64, n int, start []float64, epochs int) (*Factors, error) {
	m, r := len(v)/n, len(start)/n
	f := &Factors{Synapses: slices.Clone(start), Rates: make([]float64, m*r)}
	winner, distance := make([]int, m), make([]float64, m)
	for i := range winner {
		winner[i] = -1
	}
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		changed := compete(winner, distance, v, n, f.Synapses)
		e := 0.0
		for _, d := range distance {
			e += float64(d / 2)
		}
		f.Error = append(f.Error, e)
		if f.Epochs == epochs || !changed && !wake(f.Synapses, v, n, winner, distance) {
			break
		}
		f.Epochs++
		means(f.Synapses, v, n, winner)
	}
	for i, a := range winner {
		f.Rates[i*r+a] = 1
	}
	return f, nil
}

// wake gives every neuron that wins nothing the stimulus that is farthest from its
// winner, the first of several, and reports whether there was one to give.
func wake(w, v []float64, n int, winner []int, distance []float64) (woken bool) {
	for a := range len(w) / n {
		if slices.Contains(winner, a) {
			continue
		}
		far := 0
		for i, d := range distance {
			if d > distance[far] {
				far = i
			}
		}
		if distance[far] == 0 {
			break
		}
		copy(w[a*n:(a+1)*n], v[far*n:(far+1)*n])
		distance[far], woken = 0, true
	}
	return woken
}

// compete finds the winner of each stimulus and its squared distance, and reports
// whether any has changed. Stimuli are independent: any number of workers finds the
// same.
func compete(winner []int, distance, v []float64, n int, w []float64) (changed bool) {
	const together = 64 // stimuli of a job
	m := len(winner)
	moved := make([]bool, (m+together-1)/together)
	pool.Each(0, len(moved), func(_, k int) {
		for i := k * together; i < min((k+1)*together, m); i++ {
			best, least := nearest(v[i*n:(i+1)*n], w)
			moved[k] = moved[k] || best != winner[i]
			winner[i], distance[i] = best, least
		}
	})
	return slices.Contains(moved, true)
}

// nearest returns the row of w that is nearest to x, and the squared distance.
func nearest(x, w []float64) (best int, least float64) {
	n := len(x)
	least = math.Inf(1)
	for a := range len(w) / n {
		if d := squaredDistance(x, w[a*n:(a+1)*n]); d < least {
			best, least = a, d
		}
	}
	return best, least
}

// squaredDistance returns Σ (x − y)², in four sums that are added at the end.
func squaredDistance(x, y []float64) float64 {
	y = y[:len(x)]
	var s0, s1, s2, s3 float64
	j := 0
	for ; j+4 <= len(x); j += 4 {
		d0, d1, d2, d3 := x[j]-y[j], x[j+1]-y[j+1], x[j+2]-y[j+2], x[j+3]-y[j+3]
		s0, s1, s2, s3 = s0+float64(d0*d0), s1+float64(d1*d1), s2+float64(d2*d2), s3+float64(d3*d3)
	}
	for ; j < len(x); j++ {
		d := x[j] - y[j]
		s0 += float64(d * d)
	}
	return (s0 + s2) + (s1 + s3)
}

// means gives each neuron the mean of the stimuli that it won.
func means(w, v []float64, n int, winner []int) {
	r := len(w) / n
	won := make([]int, r)
	for _, a := range winner {
		won[a]++
	}
	for a, count := range won {
		if count > 0 {
			clear(w[a*n : (a+1)*n])
		}
	}
	for i, a := range winner {
		row := w[a*n : (a+1)*n]
		for j, x := range v[i*n : (i+1)*n] {
			row[j] += x
		}
	}
	for a, count := range won {
		for j := range n {
			if count > 0 {
				w[a*n+j] /= float64(count)
			}
		}
	}
}
