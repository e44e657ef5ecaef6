// Package measure holds the numbers that say whether parts were learned. Each
// file is one measure with its formula, range and source.
package measure
