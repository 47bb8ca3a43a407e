package house_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/your-org/waitlist-management/"

var (
	leaves   = []string{"rules", "seal", "i18n", "problem", "paths", "static", "views/icon", "holidays", "templates"}
	data     = append([]string{"db"}, leaves...)
	heart    = append([]string{"waitlist", "outbox", "audit", "holds", "live"}, data...)
	trade    = append([]string{"business"}, heart...)
	useCases = append([]string{"accounts", "privacy", "insights", "calendar", "webhooks"}, trade...)
)

// mayImport is the table of the house: which packages of ours a package may import. A package is ruled by its own line or by that of the
// nearest folder above it, and may import its own subpackages. What has no line is forbidden.
var mayImport = map[string][]string{
	"rules": nil, "seal": nil, "i18n": nil, "problem": nil, "paths": nil, "static": nil, "views/icon": nil,
	"holidays": {"rules"}, "templates": {"i18n"},
	"config": nil, "localserver": nil, "migrations": nil, "client": nil,
	"db":     leaves,
	"outbox": data, "audit": data, "invariants": data, "idempotency": data,
	"holds": leaves, "live": leaves, "ratelimit": leaves,
	"waitlist": heart,
	"business": trade,
	"accounts": useCases, "privacy": useCases, "insights": useCases, "calendar": useCases, "webhooks": useCases,
	"views":    append([]string{"audit", "waitlist", "business", "accounts", "privacy", "insights", "calendar", "webhooks"}, leaves...),
	"mail":     append([]string{"outbox", "views/email", "waitlist", "calendar"}, data...),
	"handlers": append([]string{"views", "mail", "ratelimit", "invariants", "idempotency"}, useCases...),
	"jobs":     append([]string{"views", "mail", "ratelimit", "invariants", "idempotency"}, useCases...),
	"sim":      append([]string{"mail"}, useCases...), // its customers read their emails in the local mailbox
	"cmd":      {"*"},
}

// forTests says whether a folder is only for tests: it may import anything, and only tests import it.
func forTests(dir string) bool {
	return strings.HasSuffix(path.Base(dir), "test") || within(dir, "e2e")
}

// knowRedis are the only packages that speak to Redis, or start it.
var knowRedis = []string{"holds", "live", "ratelimit", "config", "localserver", "cmd"}

// readTheClock are the only packages that ask this machine what time it is; everything else is told.
var readTheClock = []string{"cmd", "localserver", "handlers/middleware", "live", "mail", "holds"}

func TestPackagesImportOnlyWhatTheTableAllows(t *testing.T) {
	for file, tree := range goFiles(t) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, wrong := range forbiddenImports(path.Dir(file), tree) {
			t.Errorf("%s: %s", file, wrong)
		}
	}
}

func TestTheImportTableForbidsWhatItDoesNotList(t *testing.T) {
	for _, c := range []struct{ dir, imports, wrong string }{
		{"rules", module + "db", "rules may not import db"},
		{"db", module + "waitlist", "db may not import waitlist"},
		{"waitlist", module + "business", "waitlist may not import business"},
		{"views/public", module + "db", "views may not import db"},
		{"handlers/public", module + "localserver", "handlers may not import localserver"},
		{"mail", module + "views/public", "mail may not import views/public"},
		{"rules", "github.com/labstack/echo/v4", "rules may import the standard library only, not github.com/labstack/echo/v4"},
		{"waitlist", "github.com/redis/go-redis/v9", "waitlist may not know Redis"},
		{"waitlist", module + "waitlist/waitlisttest", "waitlist may not import waitlist/waitlisttest, which is for tests"},
		{"helpers", "fmt", "helpers has no line in the table of imports"},
		{"handlers/public", module + "views/public", ""},
		{"mail", module + "views/email", ""},
		{"cmd/waitlist", module + "localserver", ""},
		{"waitlist/waitlisttest", module + "invariants", ""},
		{"seal", "golang.org/x/crypto/argon2", ""},
	} {
		tree, err := parser.ParseFile(token.NewFileSet(), "", "package p\nimport "+strconv.Quote(c.imports), parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(forbiddenImports(c.dir, tree), "; "); got != c.wrong {
			t.Errorf("%s importing %s: got %q, want %q", c.dir, c.imports, got, c.wrong)
		}
	}
}

func forbiddenImports(dir string, tree *ast.File) (wrong []string) {
	if dir == "." || forTests(dir) {
		return nil
	}
	owner, allowed, ok := line(dir)
	if !ok {
		return []string{dir + " has no line in the table of imports"}
	}
	for _, spec := range tree.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		ours, isOurs := strings.CutPrefix(imported, module)
		library := !isOurs && strings.Contains(strings.Split(imported, "/")[0], ".")
		switch {
		case isOurs && !within(ours, owner) && !slices.Contains(allowed, "*") && !slices.ContainsFunc(allowed, func(a string) bool { return within(ours, a) }):
			wrong = append(wrong, owner+" may not import "+ours)
		case isOurs && forTests(ours):
			wrong = append(wrong, owner+" may not import "+ours+", which is for tests")
		case library && owner == "rules":
			wrong = append(wrong, "rules may import the standard library only, not "+imported)
		case strings.HasPrefix(imported, "github.com/redis/") && !anyWithin(dir, knowRedis):
			wrong = append(wrong, owner+" may not know Redis")
		}
	}
	return wrong
}

// line finds the table's line for a folder.
func line(dir string) (owner string, allowed []string, ok bool) {
	for owner = dir; owner != "."; owner = path.Dir(owner) {
		if allowed, ok = mayImport[owner]; ok {
			return owner, allowed, true
		}
	}
	return "", nil, false
}

func within(dir, parent string) bool { return dir == parent || strings.HasPrefix(dir, parent+"/") }

func anyWithin(dir string, parents []string) bool {
	return slices.ContainsFunc(parents, func(p string) bool { return within(dir, p) })
}

func TestOnlyTheEdgesAskThisMachineForTheTime(t *testing.T) {
	for file, tree := range goFiles(t) {
		if !strings.HasSuffix(file, "_test.go") && !forTests(path.Dir(file)) && !anyWithin(path.Dir(file), readTheClock) && calls(tree, "time", "Now") {
			t.Errorf("%s calls time.Now: it should be told the time", file)
		}
	}
}

func TestNoTestSkipsOrSleeps(t *testing.T) {
	for file, tree := range goFiles(t) {
		if !strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, name := range []string{"Skip", "Skipf", "SkipNow"} {
			if calls(tree, "t", name) || calls(tree, "b", name) {
				t.Errorf("%s calls %s: a test that can't run fails", file, name)
			}
		}
		if calls(tree, "time", "Sleep") {
			t.Errorf("%s calls time.Sleep: wait for what should happen", file)
		}
	}
}

// calls says whether a file calls receiver.name.
func calls(tree *ast.File, receiver, name string) (found bool) {
	ast.Inspect(tree, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == name {
			if id, ok := s.X.(*ast.Ident); ok && id.Name == receiver {
				found = true
			}
		}
		return !found
	})
	return found
}

// goFiles parses every Go file of the project, by its path.
func goFiles(t *testing.T) map[string]*ast.File {
	t.Helper()
	files := map[string]*ast.File{}
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (strings.HasPrefix(entry.Name(), ".") || slices.Contains([]string{"node_modules", "data", "bin", "tmp", "tools", "testdata"}, name)):
			return filepath.SkipDir
		case entry.IsDir() || filepath.Ext(name) != ".go":
			return nil
		}
		tree, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		files[filepath.ToSlash(name)] = tree
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("no Go files found: the test looks in the wrong place")
	}
	return files
}
