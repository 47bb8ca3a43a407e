package templates

import (
	"strings"
	"unicode/utf8"

	"github.com/cbroglie/mustache"
)

// Words are a template as it is written: what one kind of letter says in one language.
type Words struct{ Subject, Preview, Heading, Body string }

// Fields of Words, as forms and faults name them.
const (
	Subject = "subject"
	Preview = "preview"
	Heading = "heading"
	Body    = "body"
)

// Bounds in characters.
const (
	LineMax = 200 // of subject, preview and heading
	BodyMax = 5000
)

// Codes of faults.
const (
	Empty      = "empty"      // the field says nothing
	TooLong    = "too_long"   // more than Max characters
	Unknown    = "unknown"    // Name is no placeholder of this kind
	Nameless   = "nameless"   // {{}}
	Unclosed   = "unclosed"   // {{ without }}
	Section    = "section"    // {{#name}}, {{^name}} or {{/name}}
	Partial    = "partial"    // {{>name}}
	Unescaped  = "unescaped"  // {{{name}}} or {{&name}}
	Comment    = "comment"    // {{!…}}
	Delimiters = "delimiters" // {{=…=}}
	NotAlone   = "not_alone"  // the block Name shares its line with something
	NotHere    = "not_here"   // the block Name stands outside the body
	Missing    = "missing"    // the block Name must be there
)

// Fault is one thing that is wrong with words, and where.
type Fault struct {
	Field string
	Line  int // from 1; 0: the field as a whole
	Code  string
	Name  string // of the placeholder
	Max   int    // for TooLong
}

// Template is words that were read and found to be right. It is safe for concurrent use.
type Template struct {
	kind                      Kind
	subject, preview, heading *mustache.Template
	body                      []piece
}

// piece is a block, or a paragraph of runs.
type piece struct {
	block string
	runs  []run
	small bool
}

// run is a text with placeholders, or an address that was typed into a template.
type run struct {
	text *mustache.Template
	url  string
}

// Parse reads words, which are Clean. Either there are no faults or no template.
func Parse(k Kind, w Words) (*Template, []Fault) {
	if faults := check(k, w); len(faults) > 0 {
		return nil, faults
	}
	t := &Template{kind: k}
	var err error
	for _, line := range []struct {
		field, text string
		to          **mustache.Template
	}{{Subject, w.Subject, &t.subject}, {Preview, w.Preview, &t.preview}, {Heading, w.Heading, &t.heading}} {
		if *line.to, err = compile(line.text); err != nil {
			return nil, []Fault{{Field: line.field, Code: Unclosed}}
		}
	}
	if t.body, err = pieces(k, w.Body); err != nil {
		return nil, []Fault{{Field: Body, Code: Unclosed}}
	}
	return t, nil
}

// compile is the second look at a text that check let through: the library must see variables in it and nothing else. It puts values in
// as they are: they are escaped where the letter is shown. It reads no files.
func compile(text string) (*mustache.Template, error) {
	t, err := mustache.ParseStringPartialsRaw(text, &mustache.StaticProvider{}, true)
	if err != nil {
		return nil, err
	}
	for _, tag := range t.Tags() {
		if tag.Type() != mustache.Variable {
			return nil, mustache.ParseError{Code: mustache.ErrInvalidMetaTag}
		}
	}
	return t, nil
}

// pieces parts a body at blank lines and around blocks. What stands below the last link is small print.
func pieces(k Kind, body string) (list []piece, err error) {
	var lines []string
	flush := func() {
		if len(lines) > 0 && err == nil {
			var p piece
			p, err = paragraph(strings.Join(lines, "\n"))
			list, lines = append(list, p), nil
		}
	}
	for line := range strings.SplitSeq(body, "\n") {
		block := k.blockOf(line)
		switch {
		case block != "":
			flush()
			list = append(list, piece{block: block})
		case strings.TrimSpace(line) == "":
			flush()
		default:
			lines = append(lines, strings.TrimRight(line, " \t"))
		}
	}
	flush()
	last := -1
	for i, p := range list {
		if p.block == Button || p.block == Other || p.block == Rating {
			last = i
		}
	}
	for i := last + 1; last >= 0 && i < len(list); i++ {
		list[i].small = list[i].block == ""
	}
	return list, err
}

// blockOf is the block that a line is, or empty.
func (k Kind) blockOf(line string) string {
	line = strings.TrimSpace(line)
	if !strings.HasPrefix(line, "{{") || !strings.HasSuffix(line, "}}") {
		return ""
	}
	p, known := k.placeholder(strings.TrimSpace(line[2 : len(line)-2]))
	if !known || !p.Block {
		return ""
	}
	return p.Name
}

// paragraph tells addresses from words.
func paragraph(text string) (p piece, err error) {
	add := func(words string) {
		if words != "" && err == nil {
			var t *mustache.Template
			t, err = compile(words)
			p.runs = append(p.runs, run{text: t})
		}
	}
	for err == nil {
		at := address.FindStringIndex(text)
		if at == nil {
			break
		}
		url := strings.TrimRight(text[at[0]:at[1]], ".,;:!?)'’”»")
		add(text[:at[0]])
		p.runs = append(p.runs, run{url: url})
		text = text[at[0]+len(url):]
	}
	add(text)
	return p, err
}

// check finds what is wrong, in the order of the fields and lines.
func check(k Kind, w Words) (faults []Fault) {
	for _, f := range []struct {
		name, text string
		max        int
	}{{Subject, w.Subject, LineMax}, {Preview, w.Preview, LineMax}, {Heading, w.Heading, LineMax}, {Body, w.Body, BodyMax}} {
		switch {
		case strings.TrimSpace(f.text) == "" && f.name != Preview:
			faults = append(faults, Fault{Field: f.name, Code: Empty})
		case utf8.RuneCountInString(f.text) > f.max:
			faults = append(faults, Fault{Field: f.name, Code: TooLong, Max: f.max})
		default:
			faults = append(faults, tags(k, f.name, f.text)...)
		}
	}
	return faults
}

// tags finds the placeholders that are none, or stand where they may not, and the blocks that are missing.
func tags(k Kind, field, text string) (faults []Fault) {
	has := map[string]bool{}
	line := 1
	for rest := text; ; {
		before, after, found := strings.Cut(rest, "{{")
		if !found {
			break
		}
		line += strings.Count(before, "\n")
		inside, next, closed := strings.Cut(after, "}}")
		if !closed {
			return append(faults, Fault{Field: field, Line: line, Code: Unclosed})
		}
		name, code := read(inside)
		p, known := k.placeholder(name)
		switch {
		case code == "" && !known:
			code = Unknown
		case code == "" && p.Block && field != Body:
			code = NotHere
		case code == "" && p.Block && !alone(before, next):
			code = NotAlone
		}
		if code != "" {
			faults = append(faults, Fault{Field: field, Line: line, Code: code, Name: name})
		}
		has[name] = true
		line += strings.Count(inside, "\n")
		rest = next
	}
	if field != Body {
		return faults
	}
	for _, p := range k.Placeholders() {
		if p.Required && !has[p.Name] {
			faults = append(faults, Fault{Field: field, Code: Missing, Name: p.Name})
		}
	}
	return faults
}

// read tells a plain name from what else the library would understand between the braces.
func read(inside string) (name, code string) {
	inside = strings.TrimSpace(inside)
	if inside == "" {
		return "", Nameless
	}
	name = strings.TrimSpace(strings.Trim(inside, "#^/>{}&!="))
	switch inside[0] {
	case '#', '^', '/':
		return name, Section
	case '>', '<':
		return name, Partial
	case '{', '&':
		return name, Unescaped
	case '!':
		return "", Comment
	case '=':
		return "", Delimiters
	}
	return inside, ""
}

// alone tells whether nothing else is on the line between what stands before and after it.
func alone(before, after string) bool {
	before = before[strings.LastIndexByte(before, '\n')+1:]
	after, _, _ = strings.Cut(after, "\n")
	return strings.TrimSpace(before) == "" && strings.TrimSpace(after) == ""
}
