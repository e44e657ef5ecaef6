package stimulus

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// recordingFields are the fields of a [Recording] that names of files and tables of files give.
var recordingFields = []string{BySubject, ByCondition, ByTrial}

// set gives one of the recordingFields a value.
func (r *Recording) set(field, value string) {
	value = Composed(OneLine(value))
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
// does not matter in which folder of an archive the files lie. The ending may be in any case, and
// letters with marks may be composed or not, as both occur for the same name.
type pattern struct {
	key      string // of the experiment
	text     string
	elements int
	star     bool
	fields   []string // in their order; one may occur several times
	tokens   []token
}

// token is a piece of a pattern: a text, a field or a star.
type token struct {
	literal string // "" for a field or a star
	ending  string // what follows the literal, in any case; "" but in the last token
	field   string // "" for a literal or a star
	star    bool
}

// patternOf reads a pattern.
func patternOf(key, text string) (*pattern, error) {
	wrong := func(format string, args ...any) (*pattern, error) {
		return nil, fmt.Errorf("%s = %q: %s; allowed is a pattern such as \"{subject}_{trial}.csv\" or \"{condition}/{subject}.csv\", with the fields {subject}, {condition} and {trial}, and * for anything", key, text, fmt.Sprintf(format, args...))
	}
	if !utf8.ValidString(text) {
		return wrong("it is not in UTF-8")
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
	text = Composed(text)
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
			t := token{literal: literal}
			if k := ending - at; k >= 0 && k < len(literal) && !strings.ContainsAny(text[ending:], "{}*/") {
				t.literal, t.ending = literal[:k], literal[k:]
			}
			p.tokens = append(p.tokens, t)
			rest, wild = rest[len(literal):], false
			continue
		case wild:
			return wrong("nothing stands between two fields, or a field and *, so that it is not known where one ends")
		case rest[0] == '*':
			p.tokens = append(p.tokens, token{star: true})
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
		p.tokens = append(p.tokens, token{field: field})
		rest, wild = rest[end+1:], true
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
	s := &readings{tokens: p.tokens, name: Composed(last), met: map[reading]bool{}}
	s.read(reading{})
	switch {
	case s.steps > readingSteps:
		return r, false, fmt.Errorf("%s = %q: %s can be read in too many ways; write more of the name into the pattern", p.key, p.text, name)
	case s.found == nil:
		return r, false, nil
	case len(s.found) > 1:
		return r, false, fmt.Errorf("%s = %q: %s can be read in two ways: %s, or %s; write more of the name into the pattern", p.key, p.text, name, s.found[0].said(), s.found[1].said())
	}
	r = s.found[0]
	r.Name = last
	return r, true, nil
}

// readingSteps bounds the steps in which a name is read. Names of files take some hundred.
const readingSteps = 1 << 18

// readings looks for two different recordings that a name can be read as, shorter fields first. What
// a star takes makes no difference.
type readings struct {
	tokens []token
	name   string
	met    map[reading]bool // from which it has gone on
	found  []Recording      // two at most
	steps  int
}

// reading is how far a name has been read: up to a token and a byte, with the fields until there.
type reading struct {
	token, at int
	fields    [3]string // values of the recordingFields; "" where it was not met
}

// read goes on from a reading, until two recordings are found.
func (s *readings) read(from reading) {
	if s.steps++; len(s.found) > 1 || s.steps > readingSteps {
		return
	}
	rest := s.name[from.at:]
	if from.token == len(s.tokens) {
		if rest == "" {
			s.find(from)
		}
		return
	}
	t := s.tokens[from.token]
	from.token++
	k := slices.Index(recordingFields, t.field)
	switch {
	case k >= 0 && from.fields[k] != "":
		if strings.HasPrefix(rest, from.fields[k]) {
			from.at += len(from.fields[k])
			s.read(from)
		}
		return
	case k < 0 && !t.star:
		if rest, fits := strings.CutPrefix(rest, t.literal); fits && (t.ending == "" || strings.EqualFold(rest, t.ending)) {
			from.at += len(t.literal)
			if t.ending != "" {
				from.at = len(s.name)
			}
			s.read(from)
		}
		return
	case s.met[from]:
		return
	}
	s.met[from] = true
	if t.star {
		s.read(from)
	}
	for i := 0; i < len(rest) && rest[i] != '/'; {
		_, width := utf8.DecodeRuneInString(rest[i:])
		i += width
		next := from
		next.at += i
		if k >= 0 {
			next.fields[k] = rest[:i]
		}
		s.read(next)
	}
}

// find keeps the recording of a whole name, if it is another one.
func (s *readings) find(whole reading) {
	var r Recording
	for k, field := range recordingFields {
		r.set(field, whole.fields[k])
	}
	if !slices.Contains(s.found, r) {
		s.found = append(s.found, r)
	}
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
