package stimulus

import "strings"

// OneLine returns a name as it stands in a list of one name a line: line breaks become blanks.
func OneLine(name string) string { return lineBreaks.Replace(name) }

var lineBreaks = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")
