// Package estimate says how far a mean or a share over runs may be from that over all runs.
package estimate

import (
	"fmt"
	"math"
	"strconv"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Confidence of every interval.
const Confidence = 0.95

// Estimate is a mean or a share over runs, with its interval.
type Estimate struct {
	Runs      int     // that it was taken from
	Mean      float64 // NaN without any
	Low, High float64 // NaN for the mean of fewer than two runs
	SD        float64 // standard deviation of a run, NaN for fewer than two
	Min, Max  float64 // of the runs
}

// Number writes a number for a table, such that it reads back to the same bits; one that is not finite
// is empty.
func Number(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return ""
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

// Columns are the names of [Estimate.Row].
var Columns = []string{"mean", "low", "high", "deviation", "least", "most"}

// Row returns the estimate for a table.
func (e Estimate) Row() (row []string) {
	for _, x := range []float64{e.Mean, e.Low, e.High, e.SD, e.Min, e.Max} {
		row = append(row, Number(x))
	}
	return row
}

// Share returns the share of successes among n runs with the interval of Wilson (1927,
// J. Am. Stat. Assoc. 22:209–212),
//
//	( p + z²/2n ± z √( p(1−p)/n + z²/4n² ) ) / ( 1 + z²/n )
//
// which stays within 0 and 1 and has a width also where all runs succeed.
func Share(successes, n int) Estimate {
	if n == 0 {
		return Estimate{Mean: math.NaN(), Low: math.NaN(), High: math.NaN()}
	}
	z := distuv.UnitNormal.Quantile((1 + Confidence) / 2)
	N, p := float64(n), float64(successes)/float64(n)
	middle, reach := p+float64(z*z/(2*N)), float64(z*math.Sqrt(float64(p*(1-p)/N)+float64(z*z/(4*N*N))))
	scale := 1 + float64(z*z/N)
	e := Estimate{Runs: n, Mean: p, Low: (middle - reach) / scale, High: (middle + reach) / scale, SD: math.Sqrt(p * (1 - p)), Max: 1}
	if successes == 0 {
		e.Low = 0 // exact, without rounding
	}
	if successes == n {
		e.High = 1
	}
	return e
}

// Mean returns the mean of x with the interval mean ± t s/√n of Student (1908),
// s² = Σ(x − mean)²/(n − 1).
func Mean(x []float64) Estimate {
	e := Estimate{Runs: len(x), Mean: math.NaN(), Low: math.NaN(), High: math.NaN(), SD: math.NaN(), Min: math.Inf(1), Max: math.Inf(-1)}
	if len(x) == 0 {
		return e
	}
	e.Mean, e.SD = stat.MeanStdDev(x, nil)
	e.Min, e.Max = floats.Min(x), floats.Max(x)
	if len(x) < 2 {
		e.SD = math.NaN()
		return e
	}
	n := float64(len(x))
	return e.student(e.SD/math.Sqrt(n), n-1, Confidence)
}

// student returns the estimate with the interval mean ± t s of Student, t with that many degrees of
// freedom.
func (e Estimate) student(s, freedom, level float64) Estimate {
	reach := float64(distuv.StudentsT{Mu: 0, Sigma: 1, Nu: freedom}.Quantile((1+level)/2) * s)
	e.Low, e.High = e.Mean-reach, e.Mean+reach
	return e
}

// Jackknife returns a number that was taken from runs together, with an interval ± t s from what the
// number is without each of them,
//
//	s² = (n − 1)/n Σ ( without_i − mean without )²
//
// and Student's t for n − 1 degrees of freedom. There is no interval for fewer than three runs.
//
// Source: Tukey (1958); Efron & Stein (1981, Ann. Stat. 9:586–596).
func Jackknife(whole float64, without []float64) Estimate {
	e := Estimate{Runs: len(without), Mean: whole, Low: math.NaN(), High: math.NaN(), SD: math.NaN(), Min: math.NaN(), Max: math.NaN()}
	if len(without) < 3 {
		return e
	}
	n := float64(len(without))
	mean, squares := stat.Mean(without, nil), 0.0
	for _, x := range without {
		squares += float64((x - mean) * (x - mean))
	}
	return e.student(math.Sqrt((n-1)/n*squares), n-1, Confidence)
}

// Within cuts the interval off at the ends of what is possible: the mean of counts of 16
// bars cannot be 17. A cut interval covers the mean as often as the whole one does. Each end is held
// to both limits: the mean of equal counts may be beyond them by rounding.
func (e Estimate) Within(least, most float64) Estimate {
	e.Low, e.High = min(max(e.Low, least), most), min(max(e.High, least), most)
	return e
}

// Text returns the mean with its interval, rounded to a number of significant digits.
func (e Estimate) Text(digits int) string {
	if math.IsNaN(e.Mean) {
		return "–"
	}
	places := digits
	if size := math.Abs(e.Mean); size > 1 {
		places = max(0, digits-1-int(math.Log10(size)))
	}
	if math.IsNaN(e.Low) {
		return fmt.Sprintf("%.*f", places, e.Mean)
	}
	return fmt.Sprintf("%.*f [%.*f, %.*f]", places, e.Mean, places, e.Low, places, e.High)
}

// MeanText returns the mean alone.
func (e Estimate) MeanText() string {
	if math.IsNaN(e.Mean) {
		return "–"
	}
	return fmt.Sprintf("%.3g", e.Mean)
}
