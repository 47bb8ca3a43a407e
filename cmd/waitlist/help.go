package main

import (
	"fmt"
	"io"
)

func help(w io.Writer) {
	fmt.Fprint(w, "Waitlist fills openings by itself.\n\nusage: waitlist [command]\n\n")
	for _, c := range commands {
		fmt.Fprintf(w, "  %-58s %s\n", c.name+" "+c.args, c.summary)
	}
	fmt.Fprintf(w, "  %-58s %s\n\nIts settings are environment variables: waitlist config example\n", "help", "print this")
}
