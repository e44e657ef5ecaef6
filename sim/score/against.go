package score

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/stat/combin"
	"gonum.org/v1/gonum/stat/distuv"
)

// Table is a table that was written by [Card.CSV] and read back.
type Table struct {
	path string
	rows map[string]Estimate // by cell, constraint and measure
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
	if len(rows) == 0 || !slices.Equal(rows[0], columns) {
		return nil, fmt.Errorf("%s is not the table of a score: its first line must be %q", path, columns)
	}
	t := &Table{path, map[string]Estimate{}}
	for k, row := range rows[1:] {
		runs, err := strconv.Atoi(row[5])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %q runs; allowed is a number", path, k+2, row[5])
		}
		e := Estimate{Runs: runs}
		for i, p := range []*float64{&e.Mean, &e.Low, &e.High, &e.SD, &e.Min, &e.Max} {
			*p = math.NaN()
			if text := row[7+i]; text != "" {
				if *p, err = strconv.ParseFloat(text, 64); err != nil {
					return nil, fmt.Errorf("%s:%d: %q; allowed is a number", path, k+2, text)
				}
			}
		}
		t.rows[fmt.Sprintf("%s/%s/%s %s %s", row[0], row[1], row[2], row[3], row[4])] = e
	}
	return t, nil
}

// falseAlarm is the probability with which the comparison of one number may call two scores of
// the same program different.
const falseAlarm = 1e-4

// Against compares every number of the card that a table has too, but for times, and
// returns those that differ by more than chance, with the number of those compared. Two
// shares differ if the fewer runs would find one so far away with a probability below
// 10⁻⁴ when the share is that of both together (Fisher's exact test, one-sided); two
// means if they are further apart than that quantile of Student's t allows, the larger of
// both standard deviations taken for either, because few runs may all happen to agree, with
// the degrees of freedom of the larger number of runs.
func (c *Card) Against(t *Table) (differences []string, compared int) {
	for _, r := range c.Rows {
		values := append([]Value{{"objective", r.Objective}}, r.Values...)
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
func sameShare(a, b Estimate) bool {
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
func sameMean(a, b Estimate) bool {
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
