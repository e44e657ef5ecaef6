package score

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/stat/combin"
	"gonum.org/v1/gonum/stat/distuv"

	"partsnet/sim/estimate"
	"partsnet/sim/measure"
)

// Table is a table that was written by [Card.CSV] and read back.
type Table struct {
	path string
	rows map[string]estimate.Estimate // by cell, constraint and measure
}

// ReadTable reads a table.
func ReadTable(path string) (*Table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s is empty; allowed is the score.csv of a score", path)
	}
	column := map[string]int{}
	for k, name := range rows[0] {
		column[name] = k
	}
	for _, name := range columns {
		if _, ok := column[name]; !ok && name != "at" {
			return nil, fmt.Errorf("%s is not the table of a score: it has no column %q; allowed are tables with the columns %s", path, name, strings.Join(columns, ","))
		}
	}
	t := &Table{path, map[string]estimate.Estimate{}}
	for k, row := range rows[1:] {
		of := func(name string) string { return row[column[name]] }
		runs, err := strconv.Atoi(of("runs"))
		if err != nil {
			return nil, fmt.Errorf("%s:%d: runs = %q; allowed is an integer", path, k+2, of("runs"))
		}
		e := estimate.Estimate{Runs: runs}
		for _, number := range []struct {
			column string
			p      *float64
		}{{"mean", &e.Mean}, {"low", &e.Low}, {"high", &e.High}, {"deviation", &e.SD}, {"least", &e.Min}, {"most", &e.Max}} {
			*number.p = math.NaN()
			if text := of(number.column); text != "" {
				if *number.p, err = strconv.ParseFloat(text, 64); err != nil {
					return nil, fmt.Errorf("%s:%d: %s = %q; allowed is a number", path, k+2, number.column, text)
				}
			}
		}
		t.rows[fmt.Sprintf("%s/%s/%s %s %s", of("task"), of("rule"), of("size"), of("constraint"), of("measure"))] = e
	}
	return t, nil
}

// falseAlarm is the probability with which the comparison of one number may call two scores of
// the same program different.
const falseAlarm = 1e-4

// Against compares every number of the card, except times, with the same number of a table,
// and returns those that differ by more than chance and the number of comparisons. The
// probability of a false alarm is 10⁻⁴ a number.
//
// Two shares differ if Fisher's exact test (one-sided, at half that level) says so. Two
// means a and b over m and n runs differ if
//
//	|a − b| > t s √(1/m + 1/n)
//
// where s is the larger of the two standard deviations, because the runs of a small sample
// may agree by chance, and t is the quantile of Student's t with max(m, n) − 1 degrees of
// freedom. This is not Welch's test: with few runs on one side its degrees of freedom are
// fewer and it would detect almost nothing.
func (c *Card) Against(t *Table) (differences []string, compared int) {
	for _, r := range c.Rows {
		values := append([]Value{{measure.Objective, r.Objective}}, r.Values...)
		if r.Solved != nil {
			values = append(values, Value{solved, *r.Solved})
		}
		for _, v := range values {
			was, ok := t.rows[fmt.Sprintf("%s %s %s", r.Cell.Name(), r.Constraint, v.Name)]
			if !ok || v.Runs == 0 || was.Runs == 0 || v.Name == stability {
				continue
			}
			compared++
			same := sameMean(v.Estimate, was)
			if v.Name == solved {
				same = sameShare(v.Estimate, was)
			}
			if !same {
				differences = append(differences, fmt.Sprintf("%s %s %s: %.4g over %d runs, %.4g over %d in %s", r.Cell.Name(), r.Constraint, v.Name, v.Mean, v.Runs, was.Mean, was.Runs, t.path))
			}
		}
	}
	return differences, compared
}

// sameShare reports whether two shares may be one.
func sameShare(a, b estimate.Estimate) bool {
	k, l := int(math.Round(a.Mean*float64(a.Runs))), int(math.Round(b.Mean*float64(b.Runs)))
	choose := func(n, k int) float64 { return combin.LogGeneralizedBinomial(float64(n), float64(k)) }
	below, above := 0.0, 0.0
	for i := max(0, k+l-b.Runs); i <= min(a.Runs, k+l); i++ {
		p := math.Exp(choose(a.Runs, i) + choose(b.Runs, k+l-i) - choose(a.Runs+b.Runs, k+l))
		if i <= k {
			below += p
		}
		if i >= k {
			above += p
		}
	}
	return min(below, above) >= falseAlarm/2
}

// sameMean reports whether two means may be one.
func sameMean(a, b estimate.Estimate) bool {
	deviation := 0.0
	for _, x := range []float64{a.SD, b.SD} {
		if x > deviation {
			deviation = x
		}
	}
	freedom := float64(max(1, max(a.Runs, b.Runs)-1))
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: freedom}.Quantile(1 - falseAlarm/2)
	reach := t * deviation * math.Sqrt(1/float64(a.Runs)+1/float64(b.Runs))
	return math.Abs(a.Mean-b.Mean) <= reach+1e-9*math.Abs(b.Mean)
}
