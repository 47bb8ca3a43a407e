package ui

import (
	"errors"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/problem"
)

// Errors are the refused fields of a form in the order of the form, in words.
type Errors []FieldError

// FieldError is one refused field. Name is the field's name in the form; empty when it is about the whole form.
type FieldError struct{ Name, Text string }

// For is the text about one field, empty if it was not refused: Field{Name: "email", Error: errs.For("email")}.
func (e Errors) For(name string) string {
	for _, one := range e {
		if one.Name == name {
			return one.Text
		}
	}
	return ""
}

// ErrorsOf puts a problem.Error into words for a form. A problem that names no field becomes one about the
// whole form. Nil for any other error, and for none.
func ErrorsOf(l i18n.Locale, err error) Errors {
	var p *problem.Error
	if !errors.As(err, &p) {
		return nil
	}
	if len(p.Fields) == 0 {
		return Errors{{Text: l.Fill(p.Key, p.Args)}}
	}
	list := make(Errors, len(p.Fields))
	for i, f := range p.Fields {
		list[i] = FieldError{Name: f.Name, Text: l.Fill(f.Key, f.Args)}
	}
	return list
}
