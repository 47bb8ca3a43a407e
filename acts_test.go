package house_test

import (
	"go/ast"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/webhooks"
)

// unnoted are the acts that write and that the audit trail says nothing of, each with the reason.
var unnoted = map[string]string{
	"accounts.BeginPasskey":      challenge,
	"accounts.BeginPasskeyLogIn": challenge,
	"accounts.BeginSecondFactor": challenge,
	"accounts.ProvePasskey":      challenge,
	"waitlist.AskWhoStays":       "a question by email: the answer is noted, and that there was none",
	"waitlist.CarryOutBulk":      "what it does to each entry is noted, by functions that it has as values",
	"waitlist.CheckImport":       "looks through a file whose upload was noted; what comes of it is, too",
	"waitlist.ForgetImports":     "deletes files that are over; their upload was noted",
	"waitlist.HashPhones":        "makes what was known already easier to find",
	"waitlist.ForgetPresses":     "the presses of forms are no record of a business",
	"waitlist.OfferDelivered":    "what became of an email is in the outbox and in the offer itself",
	"waitlist.OfferSent":         "as OfferDelivered",
	"waitlist.OfferSentAt":       "as OfferDelivered",
	"waitlist.RemindBookings":    "a question by email: that somebody comes, or cancels, is noted",
	"waitlist.RemindOffers":      "as OfferDelivered: the offer and its answer are noted",
	"waitlist.ThankCustomers":    "a question by email: the rating is noted",
	"waitlist.Rekey":             "follows from a change of the weights, which is noted",
	"accounts.Forget":            "deletes what is over and was noted when it began",
	"accounts.LostPassword":      "doesn't look whose address it is, so that nobody can tell: SendPasswordLinks notes what comes of it",
	"accounts.UserOf":            "only writes down when a session was last seen",
	"accounts.KeyOfToken":        usedKey,
	"accounts.ProveKey":          usedKey,
	"accounts.TouchKey":          usedKey,
}

const (
	usedKey   = "only writes down when an API key was last used: what is done with it is noted"
	challenge = "a challenge alone changes nothing: what is done with its answer is noted"
)

// hints are the functions that follow an act and are not part of it.
var hints = []string{"AfterCommit", "Wake", "wake", "fillNow"}

func TestEveryActThatWritesIsNoted(t *testing.T) {
	writes := writingQueries(t)
	files := goFiles(t)
	needed := map[string]bool{}
	acts := 0
	for pkg, receiver := range map[string]string{"waitlist": "Waitlist", "business": "Business", "accounts": "Accounts", "webhooks": "Webhooks"} {
		calls, exported := callsOf(files, pkg, receiver)
		for _, act := range exported {
			wrote, noted := reach(calls, act, writes)
			if len(wrote) == 0 {
				continue
			}
			acts++
			name := pkg + "." + act
			if needed[name] = !noted; !noted && unnoted[name] == "" {
				t.Errorf("%s writes (%s) and notes nothing: call audit.Note, or say why not in unnoted", name, strings.Join(wrote, ", "))
			}
		}
	}
	for name := range unnoted {
		if !needed[name] {
			t.Errorf("%s needs no excuse", name)
		}
	}
	if acts < 50 {
		t.Errorf("only %d acts were found to write: the test looks in the wrong place", acts)
	}
}

func TestTheSearchForNotesSeesWhatIsMissing(t *testing.T) {
	calls := map[string]called{
		"Act":   {functions: []string{"helper"}, queries: []string{"AddEntry"}},
		"Noted": {functions: []string{"helper", "did"}, queries: []string{"AddEntry"}},
		"did":   {notes: true},
	}
	writes := map[string]bool{"AddEntry": true}
	if wrote, noted := reach(calls, "Act", writes); noted || len(wrote) != 1 {
		t.Errorf("an act without a note: %v, %t", wrote, noted)
	}
	if _, noted := reach(calls, "Noted", writes); !noted {
		t.Error("a note is not seen")
	}
}

// writingQueries are the queries that change rows.
func writingQueries(t *testing.T) map[string]bool {
	t.Helper()
	paths, err := filepath.Glob("queries/*.sql")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no queries (%v)", err)
	}
	query := regexp.MustCompile(`(?m)^-- name: (\w+) :\w+\n(INSERT|UPDATE|DELETE|REPLACE)\b`)
	found := map[string]bool{}
	for _, p := range paths {
		text, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range query.FindAllStringSubmatch(string(text), -1) {
			found[m[1]] = true
		}
	}
	return found
}

// called is what a function calls: functions of its own package, queries, and whether it notes.
type called struct {
	functions, queries []string
	notes              bool
	imports            map[string]bool // of the file
}

// callsOf reads a package: what each function calls, and the exported methods of a type.
func callsOf(files map[string]*ast.File, pkg, receiver string) (calls map[string]called, exported []string) {
	calls = map[string]called{}
	for name, file := range files {
		if path.Dir(name) != pkg || strings.HasSuffix(name, "_test.go") {
			continue
		}
		imports := map[string]bool{}
		for _, spec := range file.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			imports[path.Base(imported)] = true
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			c := calls[f.Name.Name]
			c.imports = imports
			ast.Inspect(f.Body, func(n ast.Node) bool { return c.see(n) })
			calls[f.Name.Name] = c
			if f.Recv != nil && f.Name.IsExported() && receiverName(f) == receiver {
				exported = append(exported, f.Name.Name)
			}
		}
	}
	slices.Sort(exported)
	return calls, exported
}

func receiverName(f *ast.FuncDecl) string {
	if star, ok := f.Recv.List[0].Type.(*ast.StarExpr); ok {
		if id, ok := star.X.(*ast.Ident); ok {
			return id.Name
		}
	}
	return ""
}

// see takes one node in; it does not look into what is a hint.
func (c *called) see(n ast.Node) bool {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return true
	}
	if slices.Contains(hints, calledName(call)) {
		return false
	}
	if id, ok := call.Fun.(*ast.Ident); ok {
		c.functions = append(c.functions, id.Name)
	}
	for _, x := range append([]ast.Expr{call.Fun}, call.Args...) { // a method can also be passed on
		s, ok := x.(*ast.SelectorExpr)
		if !ok {
			continue
		}
		switch on := base(s.X); {
		case on == "audit" && s.Sel.Name == "Note":
			c.notes = true
		case on == "tx" || on == "q" || on == "db" || on == "Queries":
			c.queries = append(c.queries, s.Sel.Name)
		case !c.imports[on]:
			c.functions = append(c.functions, s.Sel.Name)
		}
	}
	return true
}

// base is the name that a selector is applied to: tx in tx.AddEntry, db in w.db.AddEntry.
func base(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return x.Sel.Name
	}
	return ""
}

// reach is what an act writes, through all that it calls, and whether it notes.
func reach(calls map[string]called, act string, writes map[string]bool) (wrote []string, noted bool) {
	seen, left := map[string]bool{act: true}, []string{act}
	for len(left) > 0 {
		c := calls[left[0]]
		left = left[1:]
		noted = noted || c.notes
		for _, q := range c.queries {
			if writes[q] && !slices.Contains(wrote, q) {
				wrote = append(wrote, q)
			}
		}
		for _, f := range c.functions {
			if _, ours := calls[f]; ours && !seen[f] && !slices.Contains(hints, f) {
				seen[f] = true
				left = append(left, f)
			}
		}
	}
	slices.Sort(wrote)
	return wrote, noted
}

// endings are the actions that are put together from a beginning and a state.
var endings = map[string][]string{"booking.": {"completed", "no_show"}, "offer.": {"expired", "undeliverable"}, "suppression.": {"bounce", "complaint", "unsubscribed"}, "list.": {"pause", "resume", "remove", "priority", "tag", "untag"}}

// noters are the functions that are told an action.
var noters = []string{"note", "did", "noteEverywhere", "changeBy", "changeByStaff", "changeByCustomer", "changeTag", "noteTag", "noteBulk", "noteCustomerTag", "removeMember"}

var action = regexp.MustCompile(`^[a-z_]+\.[a-z_]+$`)

func TestEveryActionIsToldInWordsAndCanBeAskedFor(t *testing.T) {
	actions := actionsIn(goFiles(t))
	if len(actions) < 50 {
		t.Fatalf("only %d actions were found", len(actions))
	}
	for _, a := range slices.Sorted(maps.Keys(actions)) {
		for _, tag := range i18n.Tags() {
			if text := spoken(tag, "audit.act."+a); text == "" {
				t.Errorf("%s: %s has no audit.act.%q in the catalogue", actions[a], tag, a)
			}
		}
		if audit.GroupOf(a) == "" {
			t.Errorf("%s: %q is in no group of package audit, so nobody can ask for it", actions[a], a)
		}
		if len(a) > 48 {
			t.Errorf("%s: %q is longer than the column", actions[a], a)
		}
	}
}

func TestEveryActionIsToldAsAnEventOrDeliberatelyNot(t *testing.T) {
	actions := actionsIn(goFiles(t))
	words, err := filepath.Glob("i18n/catalogue/audit*.en.toml")
	if err != nil || len(words) == 0 {
		t.Fatalf("no words of actions (%v)", err)
	}
	quoted := regexp.MustCompile(`(?m)^"([a-z_]+\.[a-z_]+)" = `)
	for _, name := range words { // some actions are put together in ways that actionsIn doesn't see
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range quoted.FindAllStringSubmatch(string(text), -1) {
			actions[m[1]] = name
		}
	}
	for _, a := range slices.Sorted(maps.Keys(actions)) {
		if told, reason := webhooks.Told(a); !told && reason == "" {
			t.Errorf("%s: nobody decided whether webhooks are told of %q: see webhooks/events.go", actions[a], a)
		}
	}
	for _, a := range webhooks.Sources() {
		if actions[a] == "" {
			t.Errorf("webhooks/events.go names %q, which nothing notes", a)
		}
	}
}

// spoken is the text of a key, "" when there is none.
func spoken(tag, key string) (text string) {
	defer func() {
		if recover() != nil {
			text = ""
		}
	}()
	return i18n.For(tag).T(key)
}

// actionsIn are the actions that the program notes, each with the file that does.
func actionsIn(files map[string]*ast.File) map[string]string {
	found := map[string]string{}
	consts := map[string]string{}
	for name, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok {
				for i, id := range spec.Names {
					if i < len(spec.Values) {
						consts[path.Dir(name)+"."+id.Name] = literal(spec.Values[i])
					}
				}
			}
			return true
		})
	}
	for name, file := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		take := func(e ast.Expr) {
			switch e := e.(type) {
			case *ast.BasicLit:
				if text := literal(e); action.MatchString(text) {
					found[text] = name
				}
			case *ast.Ident:
				if text := consts[path.Dir(name)+"."+e.Name]; action.MatchString(text) {
					found[text] = name
				}
			case *ast.BinaryExpr:
				start := literal(e.X)
				for _, end := range endings[start] {
					found[start+end] = name
				}
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i, left := range n.Lhs {
					if id, ok := left.(*ast.Ident); ok && id.Name == "action" && i < len(n.Rhs) {
						take(n.Rhs[i])
					}
				}
			case *ast.KeyValueExpr:
				if id, ok := n.Key.(*ast.Ident); ok && id.Name == "Action" {
					take(n.Value)
				}
			case *ast.CallExpr:
				if slices.Contains(noters, calledName(n)) {
					for _, arg := range n.Args {
						take(arg)
					}
				}
			}
			return true
		})
	}
	return found
}

func calledName(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func literal(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	text, _ := strconv.Unquote(lit.Value)
	return text
}
