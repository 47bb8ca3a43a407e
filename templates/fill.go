package templates

import "strings"

// Values are what inline placeholders stand for, by name. They are plain text of one line; what isn't is made so.
type Values map[string]string

// Filled is what a letter says, as plain text.
type Filled struct {
	Subject, Preview, Heading string
	Body                      []Paragraph
}

// Paragraph is a block by its name, or text.
type Paragraph struct {
	Block string
	Runs  []Run
	Small bool // small print
}

// Run is text, lines in it parted by \n, or an address that was typed into the template. A value is never an address to press on.
type Run struct{ Text, URL string }

// Text is what the paragraph says.
func (p Paragraph) Text() string {
	var all strings.Builder
	for _, r := range p.Runs {
		all.WriteString(r.Text)
		all.WriteString(r.URL)
	}
	return all.String()
}

// Plain is a paragraph of text.
func Plain(text string) Paragraph { return Paragraph{Runs: []Run{{Text: text}}} }

// SmallPrint is a paragraph below the links.
func SmallPrint(text string) Paragraph { return Paragraph{Runs: []Run{{Text: text}}, Small: true} }

// Block is the paragraph that becomes a block.
func Block(name string) Paragraph { return Paragraph{Block: name} }

// Fill puts values in. A paragraph that has nothing to say is left out; braces in a value mean nothing.
func (t *Template) Fill(values Values) Filled {
	clean := make(map[string]string, len(values))
	for name, value := range values {
		clean[name] = OneLine(value)
	}
	filled := Filled{Subject: put(t.subject, clean), Preview: put(t.preview, clean), Heading: put(t.heading, clean)}
	for _, p := range t.body {
		paragraph := Paragraph{Block: p.block, Small: p.small}
		for _, r := range p.runs {
			run := Run{URL: r.url}
			if r.text != nil {
				run.Text = put(r.text, clean)
			}
			paragraph.Runs = append(paragraph.Runs, run)
		}
		if p.block != "" || strings.TrimSpace(paragraph.Text()) != "" {
			filled.Body = append(filled.Body, paragraph)
		}
	}
	return filled
}
