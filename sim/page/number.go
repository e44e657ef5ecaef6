package page

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// digits writes a number with at most six digits.
func digits(x float64) string {
	if math.Abs(x) >= 1e4 && math.Abs(x) < 1e15 {
		return grouped(strconv.FormatFloat(x, 'f', 0, 64))
	}
	return strings.ReplaceAll(strconv.FormatFloat(x, 'g', 6, 64), "-", "−")
}

// brief writes a number with at most four digits, for the end of an axis.
func brief(x float64) string {
	if math.Abs(x) >= 1e4 && math.Abs(x) < 1e6 {
		return digits(x)
	}
	return strings.ReplaceAll(strconv.FormatFloat(x, 'g', 4, 64), "-", "−")
}

// grouped puts commas between the thousands of an integer.
func grouped(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "−", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// counted writes a number of things.
func counted(n int) string { return grouped(strconv.Itoa(n)) }

// percent writes a share.
func percent(x float64) string { return fmt.Sprintf("%.1f %%", 100*x) }

// finite returns x, nil where it is NaN or infinite.
func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
