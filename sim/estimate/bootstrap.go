package estimate

import "math"

// Bootstrap returns a number with its standard error (SD) and the interval of Student of a level, from
// what the number came to in repeats of a bootstrap:
//
//	s = √( n/(n − k) · Σ ( x − mean )² / ( repeats − 1 ) )        n − k degrees of freedom
//
// n is the number of units that were drawn with replacement from k strata. The spread of the repeats
// alone is too small by √( (n − k)/n ), and their percentiles leave out Student's t as well: of few
// units they cover too little (Hesterberg 2015, Am. Stat. 69:371–386). There are at least 2 repeats,
// and more units than strata.
func Bootstrap(whole float64, repeats []float64, units, strata int, level float64) Estimate {
	e := Estimate{Runs: len(repeats), Mean: whole, Min: math.Inf(1), Max: math.Inf(-1)}
	mean, squares := 0.0, 0.0
	for _, x := range repeats {
		mean += x
		e.Min, e.Max = min(e.Min, x), max(e.Max, x)
	}
	mean /= float64(len(repeats)) // of whole numbers without rounding
	for _, x := range repeats {
		squares += float64((x - mean) * (x - mean))
	}
	freedom := float64(units - strata)
	e.SD = math.Sqrt(float64(units) / freedom * squares / float64(len(repeats)-1))
	return e.student(e.SD, freedom, level)
}
