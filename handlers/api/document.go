package api

import (
	_ "embed"
	"fmt"
	"net/http"
	"regexp"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
)

//go:embed openapi.json
var document []byte

// Document is what the API can do, as it is served: OpenAPI 3.1, JSON.
func Document() []byte { return document }

// operation is one method of one address of the document.
type operation struct {
	*routers.Route
	scope rules.Scope // what the key needs; empty: no key is asked for
	once  bool        // it takes an Idempotency-Key
}

var pathParameter = regexp.MustCompile(`\{([a-z_]+)\}`)

// readDocument gives the operations by method and route, as echo writes routes.
func readDocument() (map[string]operation, error) {
	doc, err := openapi3.NewLoader().LoadFromData(document)
	if err != nil {
		return nil, fmt.Errorf("reading the API's document: %w", err)
	}
	// Under its own version the library would compile the schema of each request anew, and say of schemas without references what is wrong without
	// saying where. What it knows of 3.0 covers all that requests use; answers are held against the document as it is, in tests.
	asOld := *doc
	asOld.OpenAPI = "3.0.3"
	operations := map[string]operation{}
	for path, item := range doc.Paths.Map() {
		route := paths.API + pathParameter.ReplaceAllString(path, ":$1")
		for method, o := range item.Operations() {
			operations[method+" "+route] = operation{
				Route: &routers.Route{Spec: &asOld, Path: path, PathItem: item, Method: method, Operation: o},
				scope: scopeOf(o),
				once:  o.Parameters.GetByInAndName(openapi3.ParameterInHeader, idempotencyHeader) != nil,
			}
		}
	}
	return operations, nil
}

// scopeOf is the scope that an operation names; the document gives each operation one, or says that it takes no key.
func scopeOf(o *openapi3.Operation) rules.Scope {
	if o.Security == nil {
		return ""
	}
	for _, requirement := range *o.Security {
		for _, scope := range requirement["key"] {
			return rules.Scope(scope)
		}
	}
	return ""
}

const operationKey = "api operation"

// find looks the operation up; problem.NotFound for what the document doesn't have.
func (d *door) find(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		o, ok := d.operations[c.Request().Method+" "+c.Path()]
		if !ok {
			return echo.ErrNotFound
		}
		c.Set(operationKey, o)
		return next(c)
	}
}

func operationOf(c echo.Context) operation { return c.Get(operationKey).(operation) }

// serveDocument answers with the document. It may be kept for a while and asked for by other sites: it holds no secret.
func serveDocument(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "public, max-age=300")
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, document)
}
