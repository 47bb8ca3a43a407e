package config

import (
	"fmt"
	"strings"
)

// Example is the text of .env.example: every variable with its meaning, none set to a value that would work as a secret.
func Example() string {
	var b strings.Builder
	b.WriteString("# Copy to .env and fill in what you need. On a laptop nothing is needed: without DATABASE_URL and REDIS_URL the program\n")
	b.WriteString("# runs servers of its own. Any NAME may be given as NAME_FILE, the path of a file with the value.\n")
	b.WriteString("# Written by: waitlist config example\n")
	for _, v := range variables {
		if v.Group != "" {
			fmt.Fprintf(&b, "\n# ---- %s\n", v.Group)
		}
		fmt.Fprintf(&b, "\n%s", wrap(v.Doc+needed(v), 110, "# "))
		fmt.Fprintf(&b, "#%s=%s\n", v.Name, v.Default)
	}
	b.WriteString("\n# ---- Only for docker-compose.prod.yml\n")
	b.WriteString("\n# The password of its database; letters and digits only, since it is part of a URL: openssl rand -hex 24\n#MYSQL_PASSWORD=\n")
	return b.String()
}

// Document is the text of docs/configuration.md.
func Document() string {
	var b strings.Builder
	b.WriteString("# Configuration\n\n")
	b.WriteString("Everything is set by environment variables, or by a file `.env` in the working directory for those the environment leaves open.\n")
	b.WriteString("Any `NAME` may be given as `NAME_FILE`, the path of a file that holds the value. An empty variable counts as unset.\n\n")
	b.WriteString("`waitlist config check` names every missing or wrong variable at once and never prints a value.\n")
	b.WriteString("This page is written by `waitlist config docs`, `.env.example` by `waitlist config example`.\n")
	for _, v := range variables {
		if v.Group != "" {
			fmt.Fprintf(&b, "\n## %s\n\n| variable | default | meaning |\n| --- | --- | --- |\n", v.Group)
		}
		def := "-"
		if v.Default != "" {
			def = "`" + v.Default + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", v.Name, def, v.Doc+needed(v))
	}
	return b.String()
}

func needed(v variable) string {
	var when []string
	if v.Need != optional {
		when = append(when, "in production")
		if v.Instead != "" {
			when[0] += " unless " + v.Instead + " is set"
		}
	}
	if v.Need == withOwnServers {
		when = append(when, "beside DATABASE_URL")
	}
	if len(v.With) > 0 {
		when = append(when, "beside "+strings.Join(v.With, " or "))
	}
	if len(when) == 0 {
		return ""
	}
	return " Needed " + strings.Join(when, ", and ") + "."
}

// wrap breaks text into lines of at most width bytes, prefix included.
func wrap(text string, width int, prefix string) string {
	var b strings.Builder
	line := prefix
	for word := range strings.FieldsSeq(text) {
		if len(line)+len(word) > width && line != prefix {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			line = prefix
		}
		line += word + " "
	}
	b.WriteString(strings.TrimRight(line, " ") + "\n")
	return b.String()
}
