package main

import "partsnet/internal/shell"

// quoted returns arguments as one types them to a shell.
func quoted(args []string) string { return shell.Quoted(args...) }

// commandLine returns a command of the program that can be pasted into a shell.
func commandLine(args ...string) string { return "partsnet " + quoted(args) }
