package api_test

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
)

// TestEveryExampleOfTheDocumentWorks sends each operation's example to a business that has one of everything.
func TestEveryExampleOfTheDocumentWorks(t *testing.T) {
	for _, o := range apitest.ReadContract().Operations {
		t.Run(o.Operation.OperationID, func(t *testing.T) {
			t.Parallel()
			s := apitest.Open(t).Furnish()
			s.Prepare(o.Operation.OperationID)
			a := s.Send(exampleOf(t, o, s.Known))
			if a.Status < 200 || a.Status > 299 {
				t.Errorf("%s %s answers %d: %s", o.Method, o.Path, a.Status, a.Body)
			}
		})
	}
}

// exampleOf is the request of an operation's examples, with the ids that are known in place of those that are made up.
func exampleOf(t *testing.T, o apitest.Operation, known map[string]string) apitest.Request {
	t.Helper()
	q := apitest.Request{Method: o.Method, Path: o.Path, Header: map[string]string{}}
	query := url.Values{}
	for _, p := range append(append(openapi3.Parameters{}, o.PathItem.Parameters...), o.Operation.Parameters...) {
		v := p.Value
		text, ok := known[v.Name]
		if !ok && v.Example != nil {
			text, ok = v.Example.(string)
		}
		switch {
		case v.In == openapi3.ParameterInPath && !ok:
			t.Fatalf("nothing is known to put in place of {%s}", v.Name)
		case v.In == openapi3.ParameterInPath:
			q.Path = strings.ReplaceAll(q.Path, "{"+v.Name+"}", url.PathEscape(text))
		case v.In == openapi3.ParameterInQuery && ok:
			query.Set(v.Name, text)
		case v.In == openapi3.ParameterInHeader && ok:
			q.Header[v.Name] = text
		case v.Required:
			t.Fatalf("%s is required and has no example", v.Name)
		}
	}
	if len(query) > 0 {
		q.Path += "?" + query.Encode()
	}
	if o.Operation.RequestBody != nil {
		exampleBody(t, o, known, &q)
	}
	return q
}

func exampleBody(t *testing.T, o apitest.Operation, known map[string]string, q *apitest.Request) {
	t.Helper()
	for kind, media := range o.Operation.RequestBody.Value.Content {
		if media.Example == nil {
			t.Fatalf("the body has no example as %s", kind)
		}
		q.Header["Content-Type"] = kind
		example := replaced("", media.Example, known)
		switch {
		case kind == "application/x-www-form-urlencoded":
			form := url.Values{}
			for name, v := range example.(map[string]any) {
				form.Set(name, v.(string))
			}
			q.Body = form.Encode()
		case strings.HasPrefix(kind, "image/"):
			picture, err := base64.StdEncoding.DecodeString(example.(string))
			if err != nil {
				t.Fatal(err)
			}
			q.Body = picture
		case strings.HasSuffix(kind, "json"):
			text, err := json.Marshal(example)
			if err != nil {
				t.Fatal(err)
			}
			q.Body = text
		default:
			q.Body = example.(string)
		}
		return
	}
}

// replaced is an example in which ids that are made up have given way to known ones.
func replaced(name string, v any, known map[string]string) any {
	switch v := v.(type) {
	case map[string]any:
		fields := map[string]any{}
		for each, value := range v {
			fields[each] = replaced(each, value, known)
		}
		return fields
	case []any:
		list := make([]any, len(v))
		for i, each := range v {
			list[i] = replaced(strings.TrimSuffix(name, "s"), each, known)
		}
		return list
	case string:
		if value, ok := known[name]; ok {
			return value
		}
	}
	return v
}
