package stimulus

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"

	"partsnet/sim/archive"
)

// Names of columns of a list of events, in lower case.
var (
	unitName  = regexp.MustCompile(`^(unit|neuron|cell|cluster|channel|electrode|source|id)s?([ _.-]?(id|nr|no|number|index|name)s?)?$`)
	eventTime = regexp.MustCompile(`^(spike|event)[ _.-]?times?`)
)

// event is a time in a bin, counted from that which begins at 0, of a unit.
type event struct {
	bin  int64
	unit int32
}

// events is a list of events that is being read.
type events struct {
	*table
	unit, time  int // columns
	units       []string
	number      map[string]int32 // of each unit, in the order in which they came
	all         []event
	first, last float64 // times
}

// readEvents reads a list of events, a unit and a time a line, as counts: a unit is a neuron, in
// the natural order of their names, and a bin of how.Bin is a stimulus. Bins begin at multiples
// of their width, and a time on the edge of two is in the later one; see [binOf].
func readEvents(r io.Reader, how Table) (*Set, error) {
	if how.Names != "" && how.Names != Auto && how.Names != None {
		return nil, fmt.Errorf("stimulus.names = %q with stimulus.bin: stimuli are bins, which have no names in the table; allowed is %q", how.Names, Auto)
	}
	if how.Condition != "" || how.Trial != "" {
		return nil, errors.New("groups.condition and groups.trial with stimulus.bin: a bin has events of several lines; allowed are files of one recording each, with groups.files")
	}
	how.Names = None
	t, sample, err := openTable(r, how)
	if err != nil {
		return nil, err
	}
	e := &events{table: t, number: map[string]int32{}}
	if err := e.columns(); err != nil {
		return nil, err
	}
	if err := t.each(sample, e.add); err != nil {
		return nil, err
	}
	if len(e.all) == 0 {
		return nil, fmt.Errorf("%w: there is no event behind the header in line %d", ErrNoStimuli, t.layout.line)
	}
	return e.counted()
}

// columns finds the columns of the unit and of the time: by their names, or of two columns the
// first and the second.
func (e *events) columns() error {
	l := &e.layout
	kept := slices.Clone(l.kept)
	find := func(fits func(name string) bool) (found []int) {
		for _, j := range kept {
			if l.header != nil && fits(strings.ToLower(strings.TrimSpace(l.header[j]))) {
				found = append(found, j)
			}
		}
		return found
	}
	e.time = l.time
	if e.time < 0 {
		times := find(func(name string) bool {
			return timeName.MatchString(name) || shortName.MatchString(name) || eventTime.MatchString(name)
		})
		switch {
		case len(times) == 1:
			e.time = times[0]
		case len(kept) == 2:
			e.time = kept[1]
		}
	}
	kept = slices.DeleteFunc(kept, func(j int) bool { return j == e.time })
	e.unit = -1
	if units := find(unitName.MatchString); len(units) == 1 {
		e.unit = units[0]
	} else if len(kept) == 1 {
		e.unit = kept[0]
	}
	if e.time < 0 || e.unit < 0 {
		var labels []string
		for _, j := range l.kept {
			labels = append(labels, l.label(j))
		}
		return fmt.Errorf("a list of events has a column of units and one of times, and which of %s these are is not clear; name the times with stimulus.time, and keep both with stimulus.columns", enumerate("column", "columns", labels))
	}
	return nil
}

// add adds an event.
func (e *events) add(rec record) error {
	if err := e.fits(&rec); err != nil {
		return err
	}
	if strings.Join(rec.fields, "") == "" {
		if e.blanks++; e.blank == nil {
			e.blank = fmt.Errorf("line %d: there is no event, and there are some below; allowed are empty fields at the end alone", rec.line)
		}
		return nil
	}
	if e.blank != nil {
		return e.blank
	}
	at, err := e.numbers.parse(rec.fields[e.time])
	if err != nil || math.IsInf(at, 0) || math.IsNaN(at) {
		why := e.numbers.explain(rec.fields[e.time])
		if isMissing(rec.fields[e.time]) {
			why = fmt.Errorf("the time is missing (%q); allowed is a number", rec.fields[e.time])
		}
		return fmt.Errorf("line %d, %s, which is the time: %w", rec.line, e.layout.column(e.time), why)
	}
	name := e.layout.tidy(rec.fields[e.unit])
	if name == "" {
		return fmt.Errorf("line %d, %s: the name of the unit is missing", rec.line, e.layout.column(e.unit))
	}
	bin, ok := binOf(at, e.how.Bin)
	if !ok {
		return fmt.Errorf("line %d, %s: %v is too many bins of %v from 0; allowed are %v, with a larger stimulus.bin", rec.line, e.layout.column(e.time), at, e.how.Bin, float64(mostBins))
	}
	unit, known := e.number[name]
	if !known {
		unit = int32(len(e.units))
		e.number[name] = unit
		e.units = append(e.units, name)
	}
	if len(e.all) == 0 {
		e.first, e.last = at, at
	}
	e.first, e.last = min(e.first, at), max(e.last, at)
	if e.all = append(e.all, event{bin, unit}); len(e.all) > maxValues || len(e.units) > MaxStimuli {
		return fmt.Errorf("line %d: more than %d events or %d units", rec.line, maxValues, MaxStimuli)
	}
	return nil
}

// mostBins bounds the bins between 0 and a time, so that they are counted without rounding.
const mostBins = 1 << 40

// onEdge is the share of a bin below which a time before an edge is taken for one on it: 0.3 is
// at the end of three bins of 0.1, though the quotient of the two is less than 3. What a quotient
// is off by rounding comes in addition.
const onEdge, rounding = 1e-9, 4e-16

// binOf returns the bin in which a time is; ok is false if it is too far from 0.
func binOf(time, width float64) (bin int64, ok bool) {
	q := time / width
	if !(math.Abs(q) <= mostBins) {
		return 0, false
	}
	whole := math.Round(q)
	if math.Abs(q-whole) > onEdge+float64(rounding*math.Abs(q)) {
		whole = math.Floor(q)
	}
	return int64(whole), true
}

// counted returns the counts of all bins from that of the first event to that of the last.
func (e *events) counted() (*Set, error) {
	slices.SortFunc(e.all, func(a, b event) int { return cmp.Compare(a.bin, b.bin) })
	from := e.all[0].bin
	bins := e.all[len(e.all)-1].bin - from + 1
	if bins > MaxStimuli {
		return nil, fmt.Errorf("%d bins of %v between the times %v and %v; allowed are %d, with a larger stimulus.bin", bins, e.how.Bin, e.first, e.last, MaxStimuli)
	}
	names := slices.Clone(e.units)
	archive.SortNaturally(names)
	place := make([]int32, len(names))
	for j, name := range names {
		place[e.number[name]] = int32(j)
	}
	for k := range e.all {
		e.all[k].unit = place[e.all[k].unit]
	}
	slices.SortFunc(e.all, func(a, b event) int { return cmp.Or(cmp.Compare(a.bin, b.bin), cmp.Compare(a.unit, b.unit)) })
	var counts entries
	filled := 0
	for k := 0; k < len(e.all); {
		x, begins := e.all[k], k
		for k < len(e.all) && e.all[k] == x {
			k++
		}
		if begins == 0 || e.all[begins-1].bin != x.bin {
			filled++
		}
		counts.add(int(x.bin-from), int(x.unit), float64(k-begins))
	}
	set, err := counts.set(int(bins), len(names))
	if err != nil {
		return nil, err
	}
	set.Neurons = names
	for b := range bins {
		set.Axis = append(set.Axis, float64(from+b)*e.how.Bin)
	}
	set.AxisName = "time"
	if h := e.layout.header; h != nil && h[e.time] != "" {
		set.AxisName = h[e.time]
	}
	e.set = set
	e.say(int(bins), filled)
	return set, nil
}

// say writes down what was found.
func (e *events) say(bins, filled int) {
	l := &e.layout
	say := func(format string, args ...any) { e.set.Read = append(e.set.Read, fmt.Sprintf(format, args...)) }
	if l.header == nil {
		say("no header: line %d was read as an event", l.line)
	} else {
		say("names of columns from line %d", l.line)
	}
	say("%s of %s: units from %s, times from %s", number(len(e.all), "event", "events"), number(len(e.units), "unit", "units"), l.column(e.unit), l.column(e.time))
	start := e.set.Axis[0]
	say("%s of %v from %v to %v, each with its first edge and without its last; %s without an event", number(bins, "bin", "bins"), e.how.Bin, start, start+float64(float64(bins)*e.how.Bin), number(bins-filled, "bin", "bins"))
	var left []string
	for j := range l.width {
		if j != e.unit && j != e.time {
			left = append(left, l.label(j))
		}
	}
	if len(left) > 0 {
		say("left out: %s", enumerate("column", "columns", left))
	}
	if e.blanks > 0 {
		say("left out at the end: %s without a value", number(e.blanks, "line", "lines"))
	}
	e.sayMarks()
}
