package score

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// confidence of every interval.
const confidence = 0.95

// Estimate is a mean or a share over runs, with its interval.
type Estimate struct {
	Runs      int     // that it was taken from
	Mean      float64 // NaN without any
	Low, High float64 // NaN where there is no interval: of a mean, for fewer than two runs
	Deviation float64 // standard deviation of a run, NaN for fewer than two
	Least     float64
	Most      float64
}

// wilson returns the share of successes among n runs with the interval of Wilson (1927,
// J. Am. Stat. Assoc. 22:209–212),
//
//	( p + z²/2n ± z √( p(1−p)/n + z²/4n² ) ) / ( 1 + z²/n )
//
// which stays within 0 and 1 and has a width also where all runs succeed.
func wilson(successes, n int) Estimate {
	if n == 0 {
		return Estimate{Mean: math.NaN(), Low: math.NaN(), High: math.NaN()}
	}
	z := distuv.UnitNormal.Quantile((1 + confidence) / 2)
	N, p := float64(n), float64(successes)/float64(n)
	middle, reach := p+z*z/(2*N), z*math.Sqrt(p*(1-p)/N+z*z/(4*N*N))
	scale := 1 + z*z/N
	e := Estimate{Runs: n, Mean: p, Low: (middle - reach) / scale, High: (middle + reach) / scale, Deviation: math.Sqrt(p * (1 - p)), Most: 1}
	if successes == 0 {
		e.Low = 0 // as the formula has it, but for rounding
	}
	if successes == n {
		e.High = 1
	}
	return e
}

// student returns the mean of x with the interval mean ± t s/√n of Student (1908),
// s² = Σ(x − mean)²/(n − 1).
func student(x []float64) Estimate {
	e := Estimate{Runs: len(x), Mean: math.NaN(), Low: math.NaN(), High: math.NaN(), Deviation: math.NaN(), Least: math.Inf(1), Most: math.Inf(-1)}
	if len(x) == 0 {
		return e
	}
	e.Mean = 0
	n := float64(len(x))
	for _, y := range x {
		e.Mean += y / n
		e.Least, e.Most = min(e.Least, y), max(e.Most, y)
	}
	if len(x) < 2 {
		return e
	}
	squares := 0.0
	for _, y := range x {
		squares += (y - e.Mean) * (y - e.Mean)
	}
	e.Deviation = math.Sqrt(squares / (n - 1))
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: n - 1}.Quantile((1 + confidence) / 2)
	e.Low, e.High = e.Mean-t*e.Deviation/math.Sqrt(n), e.Mean+t*e.Deviation/math.Sqrt(n)
	return e
}
