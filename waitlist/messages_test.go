package waitlist_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/waitlist"
)

func TestABusinessCanAskForEveryKindOfMessageToItsCustomers(t *testing.T) {
	files, err := filepath.Glob("../outbox/*.go")
	ok(t, err)
	found := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		ok(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			spec, is := n.(*ast.ValueSpec)
			if !is || len(spec.Values) != 1 {
				return true
			}
			if kind, is := spec.Type.(*ast.Ident); !is || kind.Name != "Kind" {
				return true
			}
			literal, is := spec.Values[0].(*ast.BasicLit)
			if !is {
				return true
			}
			found++
			value, err := strconv.Unquote(literal.Value)
			ok(t, err)
			if !slices.Contains(waitlist.MessageKinds(), value) || waitlist.ToUsers(value) {
				t.Errorf("%s is not among the kinds of messages to customers", value)
			}
			return true
		})
	}
	if found < 5 {
		t.Errorf("only %d kinds were found", found)
	}
}
