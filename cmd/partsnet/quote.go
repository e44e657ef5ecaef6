package main

import "strings"

// quoted returns arguments as one types them to a shell.
func quoted(args []string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=./:,@+%"
	line := make([]string, len(args))
	for i, a := range args {
		if line[i] = a; a == "" || strings.Trim(a, plain) != "" {
			line[i] = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
	}
	return strings.Join(line, " ")
}

// commandLine returns a command of the program that can be pasted into a shell.
func commandLine(args ...string) string { return "partsnet " + quoted(args) }
