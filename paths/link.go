// Package paths knows every address of the program: for each page the pattern
// the router takes and the link the views and emails carry. A page without
// parameters is one constant that is both; the others have a constant ending in
// Route and a function that fills it in, so that the two cannot part.
//
// Ids in staff pages are public ids; tokens are those of emailed links.
package paths

import (
	"net/url"
	"strings"
)

// fill puts the values, escaped, in the place of a pattern's :parameters in
// their order.
func fill(route string, values ...string) string {
	var link strings.Builder
	for rest := route; ; {
		before, after, found := strings.Cut(rest, ":")
		link.WriteString(before)
		if !found {
			return link.String()
		}
		link.WriteString(url.PathEscape(values[0]))
		values = values[1:]
		end := strings.IndexByte(after, '/')
		if end < 0 {
			return link.String()
		}
		rest = after[end:]
	}
}
