// Package problem holds the errors a person may be shown: a kind, which
// decides the HTTP status, and a key of the message catalogue, which decides
// the words. They are translated at the edge, never here.
package problem

import (
	"errors"
	"strings"
)

// Kind says what sort of refusal an error is. The empty kind stands for an
// internal error, whose detail is nobody's business but the log's.
type Kind string

const (
	InvalidInput    Kind = "invalid"         // the input is wrong; Fields says where
	Unauthenticated Kind = "unauthenticated" // nobody is logged in
	Forbidden       Kind = "forbidden"       // the role does not allow it
	NotFound        Kind = "not_found"       // absent, or another business's
	Conflict        Kind = "conflict"        // somebody or something was faster
	Stale           Kind = "stale"           // what the input was made from was changed since
	Gone            Kind = "gone"            // it was there and never will be again
	Limited         Kind = "limited"         // too often; later is fine
	Unavailable     Kind = "unavailable"     // a part we depend on is away
)

// Kinds are all there are.
func Kinds() []Kind {
	return []Kind{InvalidInput, Unauthenticated, Forbidden, NotFound, Conflict, Stale, Gone, Limited, Unavailable}
}

// KeyInvalid is the catalogue key that introduces a list of bad fields.
const KeyInvalid = "problem.invalid"

// Field is one form field that was refused.
type Field struct {
	Name string         // the field's name in the form
	Key  string         // catalogue key of the reason, such as "problem.required"
	Args map[string]any // values the reason mentions; may be nil
}

// Error is a refusal with a meaning. Key and Args are for the catalogue; Args
// may hold what a person typed, so Error() leaves them out.
type Error struct {
	Kind   Kind
	Key    string
	Args   map[string]any
	Fields []Field
	cause  error
}

// New makes an error of a kind whose text is found under key. args alternate
// name, value; it panics on an odd count or a name that is no string.
func New(kind Kind, key string, args ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: pairs(args)}
}

// Invalid is the InvalidInput error for the given fields, in the form's order.
func Invalid(fields ...Field) *Error {
	return &Error{Kind: InvalidInput, Key: KeyInvalid, Fields: fields}
}

// Bad names a refused form field and the catalogue key of the reason. args are
// as in New.
func Bad(name, key string, args ...any) Field {
	return Field{Name: name, Key: key, Args: pairs(args)}
}

// Because returns a copy of e that wraps cause. The caller sees to it that
// cause's text holds no personal data.
func (e *Error) Because(cause error) *Error {
	wrapped := *e
	wrapped.cause = cause
	return &wrapped
}

// Error gives kind, key and field names for the log, then the cause. Neither
// arguments nor input appear in it.
func (e *Error) Error() string {
	var text strings.Builder
	text.WriteString(string(e.Kind))
	text.WriteString(": ")
	text.WriteString(e.Key)
	for i, field := range e.Fields {
		if i == 0 {
			text.WriteString(" (")
		} else {
			text.WriteString(", ")
		}
		text.WriteString(field.Name)
		text.WriteByte(' ')
		text.WriteString(field.Key)
	}
	if len(e.Fields) > 0 {
		text.WriteByte(')')
	}
	if e.cause != nil {
		text.WriteString(": ")
		text.WriteString(e.cause.Error())
	}
	return text.String()
}

// Unwrap gives the cause, or nil.
func (e *Error) Unwrap() error { return e.cause }

// KindOf finds the outermost Error in err's chain and gives its kind; "" when
// there is none, which is an internal error (or none at all, for nil).
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

func pairs(args []any) map[string]any {
	if len(args) == 0 {
		return nil
	}
	if len(args)%2 != 0 {
		panic("problem: arguments alternate name and value, and one is missing")
	}
	named := make(map[string]any, len(args)/2)
	for i := 0; i < len(args); i += 2 {
		name, ok := args[i].(string)
		if !ok {
			panic("problem: the name of an argument is not a string")
		}
		named[name] = args[i+1]
	}
	return named
}
