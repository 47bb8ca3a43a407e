package apitest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Generator makes requests up from the document: mostly such as it allows, now and then spoiled.
type Generator struct {
	*rand.Rand
	// Known are values that exist, by the name of the parameter or property that they belong in: what is made up else is nobody's.
	Known map[string]string
	// Spoils is how many of a hundred values are spoiled.
	Spoils int
}

// nasty are texts that programs stumble over.
var nasty = []string{
	"", " ", "\x00", "\u202e", "'", "';--", `"><script>`, "%00", "../../etc/passwd", "\ufeff", "null", "0", "-1", "1e309", "Ada\r\nBcc: eve@example.org", "{{.Secret}}",
	"ß\u0301\u200d", strings.Repeat("ä", 5000), "\U0001f468\u200d\U0001f469\u200d\U0001f467", "=1+1", "9999-12-31", "0000-00-00", "24:00", "99:99", "\xff\xfe",
}

// Request makes a request up for an operation.
func (g *Generator) Request(o Operation) Request {
	q := Request{Method: o.Method, Path: o.Path, Header: map[string]string{}}
	query := url.Values{}
	for _, p := range append(slices.Clone(o.PathItem.Parameters), o.Operation.Parameters...) {
		v := p.Value
		if !v.Required && v.In != openapi3.ParameterInPath && g.IntN(3) == 0 {
			continue
		}
		text := g.text(g.named(v.Name, v.Schema))
		switch v.In {
		case openapi3.ParameterInPath:
			q.Path = strings.ReplaceAll(q.Path, "{"+v.Name+"}", url.PathEscape(text))
		case openapi3.ParameterInQuery:
			query.Set(v.Name, text)
		case openapi3.ParameterInHeader:
			q.Header[v.Name] = header(text)
		}
	}
	if len(query) > 0 {
		q.Path += "?" + query.Encode()
	}
	g.body(o, &q)
	return q
}

func (g *Generator) body(o Operation, q *Request) {
	if o.Operation.RequestBody == nil {
		if g.IntN(20) == 0 {
			q.Body = `{"unasked": true}`
		}
		return
	}
	kinds := []string{}
	for kind := range o.Operation.RequestBody.Value.Content {
		kinds = append(kinds, kind)
	}
	sort.Strings(kinds)
	kind := kinds[g.IntN(len(kinds))]
	q.Header["Content-Type"] = kind
	value := g.named("", o.Operation.RequestBody.Value.Content[kind].Schema)
	switch {
	case g.Spoils > 0 && g.IntN(25) == 0:
		q.Body = []string{"", "{", "[]", "null", "\xff", `{"a":`, "7", strings.Repeat("[", 10000)}[g.IntN(8)]
	case kind == "application/x-www-form-urlencoded":
		form := url.Values{}
		if fields, ok := value.(map[string]any); ok {
			for name, v := range fields {
				form.Set(name, g.text(v))
			}
		}
		q.Body = form.Encode()
	case strings.HasSuffix(kind, "json"):
		text, err := json.Marshal(value)
		if err != nil {
			text = []byte("null")
		}
		q.Body = text
	default:
		q.Body = g.text(value)
	}
	if g.Spoils > 0 && g.IntN(50) == 0 {
		q.Header["Content-Type"] = "text/plain"
	}
}

// header is a text as a header can carry it.
func header(text string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' {
			return -1
		}
		return c
	}, text)
}

func (g *Generator) text(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	if v == nil {
		return ""
	}
	if list, ok := v.([]any); ok {
		texts := make([]string, len(list))
		for i, each := range list {
			texts[i] = g.text(each)
		}
		return strings.Join(texts, ",")
	}
	return fmt.Sprint(v)
}

// named is a value for a parameter or property of this name, known or made up.
func (g *Generator) named(name string, ref *openapi3.SchemaRef) any {
	if g.IntN(100) < g.Spoils {
		return g.spoiled()
	}
	if known, ok := g.Known[name]; ok && g.IntN(5) > 0 {
		return known
	}
	if known, ok := g.Known[strings.TrimSuffix(name, "s")]; ok && strings.HasSuffix(name, "_ids") {
		return []any{known}
	}
	if ref == nil || ref.Value == nil {
		return g.spoiled()
	}
	return g.value(ref.Value)
}

func (g *Generator) spoiled() any {
	switch g.IntN(8) {
	case 0:
		return nil
	case 1:
		return g.IntN(2) == 0
	case 2:
		return []any{-1, 0, 1.5, 1e18, -1e18, 99999999999}[g.IntN(6)]
	case 3:
		return []any{}
	case 4:
		return map[string]any{"x": "y"}
	}
	return nasty[g.IntN(len(nasty))]
}

func (g *Generator) value(s *openapi3.Schema) any {
	switch {
	case len(s.Enum) > 0:
		return s.Enum[g.IntN(len(s.Enum))]
	case s.Const != nil:
		return s.Const
	case len(s.OneOf) > 0:
		return g.value(s.OneOf[g.IntN(len(s.OneOf))].Value)
	case len(s.AnyOf) > 0:
		return g.value(s.AnyOf[g.IntN(len(s.AnyOf))].Value)
	case len(s.AllOf) > 0:
		return g.all(s.AllOf)
	}
	kinds := s.Type.Slice()
	if len(kinds) == 0 {
		return g.spoiled()
	}
	switch kinds[g.IntN(len(kinds))] {
	case "boolean":
		return g.IntN(2) == 0
	case "integer", "number":
		return g.number(s)
	case "array":
		list := make([]any, g.between(int(s.MinItems), int(s.MinItems)+2))
		for i := range list {
			list[i] = g.named("", s.Items)
		}
		return list
	case "object":
		return g.object(s)
	case "null":
		return nil
	}
	return g.string(s)
}

func (g *Generator) all(parts openapi3.SchemaRefs) any {
	whole := map[string]any{}
	for _, part := range parts {
		if fields, ok := g.value(part.Value).(map[string]any); ok {
			for name, v := range fields {
				whole[name] = v
			}
		}
	}
	return whole
}

func (g *Generator) object(s *openapi3.Schema) map[string]any {
	fields := map[string]any{}
	names := make([]string, 0, len(s.Properties))
	for name := range s.Properties {
		names = append(names, name)
	}
	sort.Strings(names) // a seed makes the same requests up again
	for _, name := range names {
		if slices.Contains(s.Required, name) || g.IntN(2) == 0 {
			fields[name] = g.named(name, s.Properties[name])
		}
	}
	if g.Spoils > 0 && g.IntN(30) == 0 {
		fields["unheard_of"] = true
	}
	return fields
}

func (g *Generator) number(s *openapi3.Schema) any {
	least, most := int64(-5), int64(5)
	if s.Min != nil {
		least, most = int64(*s.Min), int64(*s.Min)+100
	}
	if s.Max != nil {
		most = int64(*s.Max)
	}
	switch g.IntN(6) {
	case 0:
		return least
	case 1:
		return most
	}
	return least + g.Int64N(max(1, min(most-least, 1000)))
}

func (g *Generator) string(s *openapi3.Schema) string {
	switch s.Format {
	case "date":
		return fmt.Sprintf("2027-%02d-%02d", 3+g.IntN(2), 1+g.IntN(28))
	case "date-time":
		return fmt.Sprintf("2027-03-%02dT%02d:%02d:00Z", 1+g.IntN(28), g.IntN(24), g.IntN(60))
	case "email":
		return fmt.Sprintf("guest%d@example.org", g.IntN(1000))
	case "uri":
		return "https://example.org/hook"
	}
	if strings.Contains(s.Pattern, "24:00") {
		return fmt.Sprintf("%02d:%02d", g.IntN(24), 15*g.IntN(4))
	}
	if examples := s.Examples; len(examples) > 0 && g.IntN(2) == 0 {
		if text, ok := examples[g.IntN(len(examples))].(string); ok {
			return text
		}
	}
	n := int(s.MinLength) + g.IntN(12)
	if s.MaxLength != nil {
		n = min(n, int(*s.MaxLength))
		if g.IntN(20) == 0 {
			n = int(*s.MaxLength)
		}
	}
	var text strings.Builder
	for range n {
		text.WriteRune([]rune("abcdefghijklmnop äöü-.0123")[g.IntN(26)])
	}
	return text.String()
}

func (g *Generator) between(least, most int) int { return least + g.IntN(most-least+1) }

// Safe tells whether a method changes nothing.
func Safe(method string) bool { return method == http.MethodGet || method == http.MethodHead }
