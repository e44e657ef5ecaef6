package stimulus

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// recordingFields are the fields of a [Recording] that names of files and tables of files give.
var recordingFields = []string{BySubject, ByCondition, ByTrial}

// set gives one of the recordingFields a value.
func (r *Recording) set(field, value string) {
	switch field {
	case BySubject:
		r.Subject = value
	case ByCondition:
		r.Condition = value
	case ByTrial:
		r.Trial = value
	}
}

// pattern is a pattern of names of files, such as "{subject}_TW_{trial}.csv" or
// "{condition}/*.csv". A field in braces takes one letter or more, a star any number, neither of
// them a "/". A pattern of k elements between "/" is compared with the last k of a path, so that it
// does not matter in which folder of an archive the files lie. The ending may be in any case.
type pattern struct {
	key      string // of the experiment
	text     string
	elements int
	star     bool
	fields   []string // of the groups of the expressions, in their order; one may occur several times

	// Of the readings of a name that fit, these find the one with the shortest first field, of these
	// with the shortest second one and so on, and the one with the longest: if both are the same,
	// there is no other.
	shortest, longest *regexp.Regexp
}

// patternOf reads a pattern.
func patternOf(key, text string) (*pattern, error) {
	wrong := func(format string, args ...any) (*pattern, error) {
		return nil, fmt.Errorf("%s = %q: %s; allowed is a pattern such as \"{subject}_{trial}.csv\" or \"{condition}/{subject}.csv\", with the fields {subject}, {condition} and {trial}, and * for anything", key, text, fmt.Sprintf(format, args...))
	}
	p := &pattern{key: key, text: text, elements: 1 + strings.Count(text, "/")}
	for element := range strings.SplitSeq(text, "/") {
		if element == "" || element == "." || element == ".." {
			return wrong("%q is no name of a file or folder", element)
		}
	}
	if strings.Contains(text, `\`) {
		return wrong(`names of folders end with "/"`)
	}
	var shortest, longest strings.Builder
	ending := strings.LastIndexByte(text, '.')
	wild := false // whether what comes before may be of any length
	for rest := text; rest != ""; {
		at := len(text) - len(rest)
		literal := rest
		if i := strings.IndexAny(rest, "{}*"); i >= 0 {
			literal = rest[:i]
		}
		switch {
		case literal != "":
			quoted := regexp.QuoteMeta(literal)
			if k := ending - at; k >= 0 && k < len(literal) && !strings.ContainsAny(text[ending:], "{}*/") {
				quoted = regexp.QuoteMeta(literal[:k]) + "(?i:" + regexp.QuoteMeta(literal[k:]) + ")"
			}
			shortest.WriteString(quoted)
			longest.WriteString(quoted)
			rest, wild = rest[len(literal):], false
			continue
		case wild:
			return wrong("nothing stands between two fields, or a field and *, so that it is not known where one ends")
		case rest[0] == '*':
			shortest.WriteString("[^/]*?")
			longest.WriteString("[^/]*")
			rest, wild, p.star = rest[1:], true, true
			continue
		case rest[0] == '}':
			return wrong(`"}" closes no field`)
		}
		end := strings.IndexByte(rest, '}')
		if end < 0 {
			return wrong(`"{" is not closed`)
		}
		field := rest[1:end]
		if !slices.Contains(recordingFields, field) {
			return wrong("there is no field {%s}", field)
		}
		p.fields = append(p.fields, field)
		shortest.WriteString("([^/]+?)")
		longest.WriteString("([^/]+)")
		rest, wild = rest[end+1:], true
	}
	var err error
	if p.shortest, err = regexp.Compile("^(?s:" + shortest.String() + ")$"); err == nil {
		p.longest, err = regexp.Compile("^(?s:" + longest.String() + ")$")
	}
	if err != nil {
		return wrong("it cannot be read: %v", err)
	}
	return p, nil
}

// match returns the recording of a path; ok is false if the path does not fit. A name that can be
// read in two ways is an error.
func (p *pattern) match(name string) (r Recording, ok bool, err error) {
	elements := strings.Split(name, "/")
	if len(elements) < p.elements {
		return r, false, nil
	}
	last := strings.Join(elements[len(elements)-p.elements:], "/")
	first, fits := p.read(p.shortest, last)
	second, also := p.read(p.longest, last)
	switch {
	case !fits && !also:
		return r, false, nil
	case fits && also && first != second:
		return r, false, fmt.Errorf("%s = %q: %s can be read in two ways: %s, or %s; write more of the name into the pattern", p.key, p.text, name, first.said(), second.said())
	case !fits:
		first = second
	}
	first.Name = last
	return first, true, nil
}

// read returns the recording of a name by one of the expressions; ok is false if it does not fit,
// or if it gives a field that occurs several times different values.
func (p *pattern) read(by *regexp.Regexp, name string) (r Recording, ok bool) {
	values := by.FindStringSubmatch(name)
	if values == nil {
		return r, false
	}
	known := map[string]string{}
	for k, field := range p.fields {
		value := values[k+1]
		if before, again := known[field]; again && before != value {
			return r, false
		}
		known[field] = value
		r.set(field, OneLine(value))
	}
	return r, true
}

// said says what is known of a recording.
func (r Recording) said() string {
	var said []string
	for _, field := range recordingFields {
		if value := r.field(field); value != "" {
			said = append(said, fmt.Sprintf("%s %q", field, value))
		}
	}
	return strings.Join(said, ", ")
}

// withoutEnding returns a path without the ending of its format, and without ".gz".
func withoutEnding(name string) string {
	if end := path.Ext(name); strings.EqualFold(end, ".gz") {
		name = strings.TrimSuffix(name, end)
	}
	return strings.TrimSuffix(name, path.Ext(name))
}
