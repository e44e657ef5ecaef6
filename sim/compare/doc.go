// Package compare sets finished runs beside each other: what differs in their experiments, their measures
// with means over seeds, and how alike the parts are that they have learned.
package compare
