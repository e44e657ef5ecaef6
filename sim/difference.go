package sim

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"partsnet/sim/stimulus"
)

// compareFiles returns where two files differ first and by how much at the most, in the
// share of the largest number: infinite where they are not of one form, NaN where they do
// not hold numbers to be compared.
func compareFiles(a, b string) (where string, largest float64, err error) {
	switch base := filepath.Base(a); {
	case strings.HasSuffix(base, ".npy"):
		return compareArrays(a, b)
	case base == "metrics.csv" || base == "comparison.csv":
		return compareTables(a, b)
	case base == configFile || base == wordsFile || base == titlesFile:
		where, err = firstDifference(a, b)
		return where, math.Inf(1), err
	}
	where, err = firstDifference(a, b)
	return where, math.NaN(), err
}

// compareArrays returns where two arrays differ first and by how much at the most, in
// the share of the largest number.
func compareArrays(a, b string) (where string, largest float64, err error) {
	x, err := stimulus.Load(a)
	if err != nil && x == nil {
		return "", 0, err
	}
	y, err := stimulus.Load(b)
	if err != nil && y == nil {
		return "", 0, err
	}
	if x.Count != y.Count || x.Size != y.Size {
		return fmt.Sprintf("in its shape: %d×%d and %d×%d", x.Count, x.Size, y.Count, y.Size), math.Inf(1), nil
	}
	top := 0.0
	for i, p := range x.Rates {
		top = max(top, math.Abs(p))
		if q := y.Rates[i]; p != q {
			if where == "" {
				where = fmt.Sprintf("at row %d, column %d: %v and %v", i/x.Size, i%x.Size, p, q)
			}
			largest = max(largest, math.Abs(p-q))
		}
	}
	if top > 0 {
		largest /= top
	}
	return where, largest, nil
}

// compareTables returns where two tables of numbers differ first, and by how much at the
// most in the share of the larger number.
func compareTables(a, b string) (where string, largest float64, err error) {
	left, right, err := bothLines(a, b)
	if err != nil {
		return "", 0, err
	}
	if len(left) != len(right) {
		where, err := firstDifference(a, b)
		return where, math.Inf(1), err
	}
	for k := range left {
		if left[k] == right[k] {
			continue
		}
		if where == "" {
			where = fmt.Sprintf("in line %d: %q and %q", k+1, left[k], right[k])
		}
		l, r := strings.Split(left[k], ","), strings.Split(right[k], ",")
		if len(l) != len(r) {
			return where, math.Inf(1), nil
		}
		for i := range l {
			if l[i] == r[i] {
				continue
			}
			p, err1 := strconv.ParseFloat(l[i], 64)
			q, err2 := strconv.ParseFloat(r[i], 64)
			if err1 != nil || err2 != nil {
				return where, math.Inf(1), nil
			}
			largest = max(largest, math.Abs(p-q)/max(math.Abs(p), math.Abs(q)))
		}
	}
	return where, largest, nil
}

func bothLines(a, b string) (left, right []string, err error) {
	x, err := os.ReadFile(a)
	if err != nil {
		return nil, nil, err
	}
	y, err := os.ReadFile(b)
	return strings.Split(string(x), "\n"), strings.Split(string(y), "\n"), err
}

// firstDifference says where two files differ first: in which line of a text, at which
// byte of anything else.
func firstDifference(a, b string) (string, error) {
	left, right, err := bothLines(a, b)
	if err != nil {
		return "", err
	}
	at := 0
	for k := range min(len(left), len(right)) {
		l, r := left[k], right[k]
		if l == r {
			at += len(l) + 1
			continue
		}
		if utf8.ValidString(l+r) && len(l) < 200 && len(r) < 200 && !strings.Contains(l+r, "\x00") {
			return fmt.Sprintf("in line %d: %q and %q", k+1, l, r), nil
		}
		for i := range min(len(l), len(r)) {
			if l[i] != r[i] {
				return fmt.Sprintf("at byte %d", at+i), nil
			}
		}
		return fmt.Sprintf("at byte %d", at+min(len(l), len(r))), nil
	}
	return fmt.Sprintf("in length: %d lines and %d", len(left), len(right)), nil
}

func fileSum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, f)
	return hex.EncodeToString(sum.Sum(nil)), err
}
