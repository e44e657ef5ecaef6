// Package shell writes command lines that can be pasted into a shell.
package shell

import "strings"

// Quoted returns arguments as one types them to a shell.
func Quoted(args ...string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=./:,@+%"
	line := make([]string, len(args))
	for i, a := range args {
		if line[i] = a; a == "" || strings.Trim(a, plain) != "" {
			line[i] = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
	}
	return strings.Join(line, " ")
}
