package apitest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"github.com/your-org/waitlist-management/handlers/api"
	"github.com/your-org/waitlist-management/paths"
)

// Operation is one method of one address of the document.
type Operation struct {
	*routers.Route
	address *regexp.Regexp
}

// Contract is the document, against which answers are held.
type Contract struct {
	Doc        *openapi3.T
	Operations []Operation
}

// ReadContract reads the document as it is served.
var ReadContract = sync.OnceValue(func() Contract {
	doc, err := openapi3.NewLoader().LoadFromData(api.Document())
	if err != nil {
		panic(err)
	}
	c := Contract{Doc: doc}
	for _, path := range doc.Paths.InMatchingOrder() {
		item := doc.Paths.Value(path)
		address := regexp.MustCompile("^" + parameter.ReplaceAllString(regexp.QuoteMeta(paths.API+path), `(?P<$1>[^/]*)`) + "$")
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			if o := item.GetOperation(method); o != nil {
				route := &routers.Route{Spec: doc, Path: path, PathItem: item, Method: method, Operation: o}
				c.Operations = append(c.Operations, Operation{route, address})
			}
		}
	}
	return c
})

var parameter = regexp.MustCompile(`\\\{([a-z_]+)\\\}`)

// Find is the operation that a request asks for; false: the document has none.
func (c Contract) Find(method, path string) (o Operation, values map[string]string, ok bool) {
	for _, o := range c.Operations {
		m := o.address.FindStringSubmatch(path)
		if m == nil || o.Method != method {
			continue
		}
		values := map[string]string{}
		for i, name := range o.address.SubexpNames() {
			if name != "" {
				values[name] = m[i]
			}
		}
		return o, values, true
	}
	return Operation{}, nil, false
}

// Hold fails the test when an answer is not what the document says. Answers to what the document doesn't have are let through.
func (c Contract) Hold(t testing.TB, r *http.Request, status int, header http.Header, body []byte) {
	t.Helper()
	o, values, ok := c.Find(r.Method, r.URL.Path)
	if !ok {
		return
	}
	if err := o.check(r, values, status, header, body); err != nil {
		t.Errorf("%s %s answers %d with what the document does not say: %v\n%s", r.Method, r.URL.Path, status, err, body)
	}
}

func (o Operation) check(r *http.Request, values map[string]string, status int, header http.Header, body []byte) error {
	options := &openapi3filter.Options{MultiError: true, IncludeResponseStatus: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}
	if status == http.StatusNotModified && r.Method == http.MethodGet {
		return nil // whoever has the answer already
	}
	response := o.Operation.Responses.Status(status)
	if response == nil {
		return fmt.Errorf("status %d is not in the document", status)
	}
	if len(response.Value.Content) == 0 && len(body) > 0 {
		return fmt.Errorf("a body where none is said to be")
	}
	for name := range response.Value.Headers {
		if strings.EqualFold(name, "ETag") || strings.EqualFold(name, "Location") {
			if header.Get(name) == "" {
				return fmt.Errorf("no %s", name)
			}
		}
	}
	in := &openapi3filter.RequestValidationInput{Request: r, PathParams: values, Route: o.Route, Options: options}
	return openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: status, Header: header, Body: io.NopCloser(bytes.NewReader(body)), Options: options,
	})
}
