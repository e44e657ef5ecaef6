package text

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// letters are numbers of letters: from a to z in either case, and others.
type letters struct{ ascii, others int }

func (l *letters) count(text []byte) {
	for at := 0; at < len(text); {
		c := text[at]
		if c < utf8.RuneSelf {
			if c |= 0x20; c >= 'a' && c <= 'z' {
				l.ascii++
			}
			at++
			continue
		}
		r, size := utf8.DecodeRune(text[at:])
		if unicode.IsLetter(r) {
			l.others++
		}
		at += size
	}
}

// lost says which share of the letters an alphabet drops, which ends words there; to drop most
// of them is an error.
func (l letters) lost(alphabet string) (said []string, err error) {
	if alphabet != ASCII || l.others == 0 {
		return nil, nil
	}
	share := fmt.Sprintf("%d of %d letters (%.3g %%) that are not a to z", l.others, l.ascii+l.others, 100*float64(l.others)/float64(l.ascii+l.others))
	if l.others > l.ascii {
		return nil, fmt.Errorf("text.alphabet = %q drops %s; allowed are %q and %q, which keeps every letter", ASCII, share, ASCII, Unicode)
	}
	return []string{fmt.Sprintf("text.alphabet = %q drops %s and ends words at them", ASCII, share)}, nil
}
