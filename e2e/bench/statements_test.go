package bench

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	named   = regexp.MustCompile(`^-- name: (\w+) :\w+\n`)
	literal = regexp.MustCompile(`(?s)_binary'(?:[^'\\]|\\.)*'|'(?:[^'\\]|\\.)*'|\b\d+\b`)
)

// bareText is a statement without its name.
func bareText(statement string) string {
	return strings.TrimSpace(named.ReplaceAllString(statement, ""))
}

func verb(statement string) string {
	word, _, _ := strings.Cut(bareText(statement), " ")
	return word
}

// title is the name under which a statement is found in queries/, or its text, without any value, where it has none.
func title(statement string) string {
	if found := named.FindStringSubmatch(statement); found != nil {
		return found[1]
	}
	text := strings.Join(strings.Fields(literal.ReplaceAllString(statement, "?")), " ")
	return text[:min(len(text), 60)]
}

// list is statements by title as Markdown, one after the other; "× 3" for three in a row.
func list(statements []string) string {
	var titles []string
	times := 1
	for i, statement := range statements {
		if i+1 < len(statements) && title(statements[i+1]) == title(statement) {
			times++
			continue
		}
		text := "`" + title(statement) + "`"
		if times > 1 {
			text += fmt.Sprintf(" × %d", times)
		}
		titles, times = append(titles, text), 1
	}
	return fmt.Sprintf("%d statements: %s.", len(statements), strings.Join(titles, ", "))
}
