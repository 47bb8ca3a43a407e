package api

import (
	"errors"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist/sheet"
)

// bodyMost is how long a request may be, in bytes; one that is a picture or a file may be longer, so that the act says how large they may be.
const (
	bodyMost    = 1 << 20
	pictureMost = business.MostLogoBytes + bodyMost
	fileMost    = sheet.MostBytes + bodyMost
)

// Pictures and files are read as they are.
func init() {
	for _, kind := range []string{"image/png", "image/jpeg", "image/webp", "text/csv"} {
		openapi3filter.RegisterBodyDecoder(kind, openapi3filter.FileBodyDecoder)
	}
}

func mostOf(o *openapi3.Operation) int64 {
	if o.RequestBody != nil && o.RequestBody.Value.Content["image/png"] != nil {
		return pictureMost
	}
	if o.RequestBody != nil && o.RequestBody.Value.Content["text/csv"] != nil {
		return fileMost
	}
	return bodyMost
}

var validation = &openapi3filter.Options{
	MultiError:                 true, // every wrong field at once
	AuthenticationFunc:         openapi3filter.NoopAuthenticationFunc,
	SkipSettingDefaults:        true, // the handlers know them
	ExcludeReadOnlyValidations: true,
}

// validate refuses what the document doesn't allow: problem.InvalidInput with every wrong parameter and property, problem.NotFound for an id in the
// address that can be nobody's, 415 for a body of another kind.
func (d *door) validate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, o := c.Request(), operationOf(c)
		if err := rightKind(r, o.Operation); err != nil {
			return err
		}
		if err := onlyKnown(r.URL.Query(), o); err != nil {
			return err
		}
		r.Body = http.MaxBytesReader(c.Response(), r.Body, mostOf(o.Operation))
		in := &openapi3filter.RequestValidationInput{Request: r, PathParams: map[string]string{}, Route: o.Route, Options: validation}
		for i, name := range c.ParamNames() {
			in.PathParams[name] = c.ParamValues()[i]
		}
		if err := openapi3filter.ValidateRequest(r.Context(), in); err != nil {
			return refusal(err)
		}
		return next(c)
	}
}

// onlyKnown refuses query parameters that the operation doesn't have: one that is misspelt would seem to be heeded.
func onlyKnown(query url.Values, o operation) error {
	var bad []problem.Field
	for _, name := range slices.Sorted(maps.Keys(query)) {
		known := slices.ContainsFunc(append(slices.Clone(o.PathItem.Parameters), o.Operation.Parameters...), func(p *openapi3.ParameterRef) bool {
			return p.Value.In == openapi3.ParameterInQuery && p.Value.Name == name
		})
		if !known {
			bad = append(bad, problem.Bad(name, "problem.api.unknown"))
		}
	}
	if len(bad) > 0 {
		return problem.Invalid(bad...)
	}
	return nil
}

// rightKind refuses a body whose Content-Type the operation doesn't name.
func rightKind(r *http.Request, o *openapi3.Operation) error {
	if o.RequestBody == nil {
		return nil
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	if err != nil || o.RequestBody.Value.Content[kind] == nil {
		return echo.ErrUnsupportedMediaType
	}
	return nil
}

// refusal says in the program's own way what the library found.
func refusal(err error) error {
	if tooLong := (*http.MaxBytesError)(nil); errors.As(err, &tooLong) {
		return tooLong
	}
	found := faults{}
	found.look("", err)
	if found.nowhere {
		return problem.New(problem.NotFound, "problem.next.not_found")
	}
	if len(found.fields) == 0 {
		return problem.New(problem.InvalidInput, "problem.api.unreadable").Because(errors.New("the body can't be read"))
	}
	return problem.Invalid(found.fields...)
}

// faults gathers what is wrong with a request.
type faults struct {
	fields  []problem.Field
	nowhere bool // an address that can't be
}

// look takes an error of the library apart. What was sent stays out of what is kept, but for names.
func (f *faults) look(where string, err error) {
	var request *openapi3filter.RequestError
	var many openapi3.MultiError
	var schema *openapi3.SchemaError
	switch e := err.(type) { //nolint:errorlint // each layer is looked at by itself
	case openapi3.MultiError:
		many = e
	case *openapi3filter.RequestError:
		request = e
	case *openapi3.SchemaError:
		schema = e
	default:
		if inner := errors.Unwrap(err); inner != nil {
			f.look(where, inner)
		}
		return
	}
	switch {
	case many != nil:
		for _, each := range many {
			f.look(where, each)
		}
	case request != nil && request.Parameter != nil:
		f.parameter(request)
	case request != nil && request.Err != nil:
		f.look(where, request.Err)
	case request != nil:
		f.fields = append(f.fields, problem.Bad(where, "problem.required"))
	case schema != nil:
		f.schema(where, schema)
	}
}

func (f *faults) parameter(e *openapi3filter.RequestError) {
	if e.Parameter.In == openapi3.ParameterInPath {
		f.nowhere = true
		return
	}
	before := len(f.fields)
	if e.Err != nil {
		f.look(e.Parameter.Name, e.Err)
	}
	if len(f.fields) == before {
		f.fields = append(f.fields, problem.Bad(e.Parameter.Name, "problem.api.value"))
	}
}

// unknown is how the library names a property that the document doesn't have.
var unknown = regexp.MustCompile(`^property "(.*)" is unsupported$`)

// schema takes what a schema refuses apart. The library has two ways to check one: one says each thing by itself, at its place; the other
// gathers what is wrong below, and names what is missing or unknown only in words.
func (f *faults) schema(where string, e *openapi3.SchemaError) {
	if within := (openapi3.MultiError)(nil); e.SchemaField != "oneOf" && e.SchemaField != "anyOf" && errors.As(e.Unwrap(), &within) {
		for _, each := range within {
			f.look(where, each)
		}
		return
	}
	at := strings.Trim(where+"/"+strings.Join(e.JSONPointer(), "/"), "/")
	of := func(name string) string { return strings.Trim(at+"/"+name, "/") }
	object, _ := e.Value.(map[string]any)
	switch m := unknown.FindStringSubmatch(e.Reason); {
	case m != nil:
		f.fields = append(f.fields, problem.Bad(of(m[1]), "problem.api.unknown"))
	case object != nil && e.SchemaField == "additionalProperties":
		for _, name := range slices.Sorted(maps.Keys(object)) {
			if e.Schema.Properties[name] == nil {
				f.fields = append(f.fields, problem.Bad(of(name), "problem.api.unknown"))
			}
		}
	case object != nil && e.SchemaField == "required" && !strings.HasPrefix(e.Reason, "property "):
		for _, name := range e.Schema.Required {
			if _, sent := object[name]; !sent {
				f.fields = append(f.fields, problem.Bad(of(name), "problem.required"))
			}
		}
	default:
		f.fields = append(f.fields, reasonOf(at, e))
	}
}

// reasonOf says what a schema asks for that it did not get.
func reasonOf(at string, e *openapi3.SchemaError) problem.Field {
	s := e.Schema
	switch e.SchemaField {
	case "required":
		return problem.Bad(at, "problem.required")
	case "minLength":
		return problem.Bad(at, "problem.required")
	case "maxLength":
		if s.MaxLength != nil {
			return problem.Bad(at, "problem.long", "Most", *s.MaxLength)
		}
	case "maxItems":
		if s.MaxItems != nil {
			return problem.Bad(at, "problem.too_many", "Most", *s.MaxItems)
		}
	case "minimum", "maximum":
		if s.Min != nil && s.Max != nil {
			return problem.Bad(at, "problem.bounds", "Least", int64(*s.Min), "Most", int64(*s.Max))
		}
	case "enum":
		return problem.Bad(at, "problem.api.choice", "Choices", choices(s.Enum))
	case "type", "nullable":
		if s.Type != nil {
			return problem.Bad(at, "problem.api.type", "Type", strings.Join(s.Type.Slice(), ", "))
		}
	case "format":
		return problem.Bad(at, "problem.api.format", "Format", s.Format)
	}
	return problem.Bad(at, "problem.api.value")
}

func choices(values []any) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = fmt.Sprint(v)
	}
	return strings.Join(texts, ", ")
}
