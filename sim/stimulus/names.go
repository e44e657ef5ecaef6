package stimulus

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// OneLine returns a name as it stands in a list of one name a line: line breaks become blanks.
func OneLine(name string) string { return lineBreaks.Replace(name) }

// Composed returns a name with composed letters (Unicode NFC), so that a name that macOS has taken
// apart (NFD) is the same as one that is typed.
func Composed(name string) string { return norm.NFC.String(name) }

var lineBreaks = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")
