package rules_test

import (
	"slices"
	"testing"

	"github.com/your-org/waitlist-management/rules"
)

func TestScopesAreToldInOneOrder(t *testing.T) {
	want := "list:read list:write slots:read slots:write setup:read setup:write figures:read webhooks:read webhooks:write"
	if got := rules.AllScopes().String(); got != want {
		t.Errorf("all scopes are %q", got)
	}
	if len(want) > 255 {
		t.Error("all scopes don't fit their column")
	}
}

func TestEachScopeNeedsTheRightOfItsActs(t *testing.T) {
	needs := map[rules.Scope]rules.Right{
		rules.ScopeListRead: rules.ManageList, rules.ScopeListWrite: rules.ManageList,
		rules.ScopeSlotsRead: rules.WorkCounter, rules.ScopeSlotsWrite: rules.WorkCounter,
		rules.ScopeSetupRead: rules.SetUp, rules.ScopeSetupWrite: rules.SetUp,
		rules.ScopeFiguresRead:  rules.SeeFigures,
		rules.ScopeWebhooksRead: rules.ManageKeys, rules.ScopeWebhooksWrite: rules.ManageKeys,
	}
	for _, scope := range rules.AllScopes() {
		right, ok := scope.Needs()
		if !ok || right != needs[scope] || !slices.Contains(rules.Rights(), right) {
			t.Errorf("%s needs %q (%t)", scope, right, ok)
		}
		if scope.Area()+":"+scope.Access() != string(scope) {
			t.Errorf("%s is about %q and lets %q", scope, scope.Area(), scope.Access())
		}
		for role, may := range map[rules.Role]bool{rules.RoleOwner: true, rules.RoleAdmin: true, rules.RoleStaff: false, "": false} {
			if role.MayGive(scope) != may {
				t.Errorf("%q may give %s to a key: %t", role, scope, !may)
			}
		}
	}
	for _, none := range []rules.Scope{"", "list", "list:", "List:read", "list:read ", "everything"} {
		if _, ok := none.Needs(); ok || rules.RoleOwner.MayGive(none) {
			t.Errorf("%q passes for a scope", none)
		}
	}
}

func TestScopesAreReadInAnyOrderAndWrittenInOne(t *testing.T) {
	for _, c := range []struct{ text, want, unknown string }{
		{"", "", ""},
		{"   ", "", ""},
		{"list:read", "list:read", ""},
		{"webhooks:write  list:read list:read\tslots:write", "list:read slots:write webhooks:write", ""},
		{"list:read admin list:write root", "list:read list:write", "admin"},
		{"LIST:READ", "", "LIST:READ"},
		{"list:read,list:write", "", "list:read,list:write"},
	} {
		set, unknown := rules.ReadScopes(c.text)
		if set.String() != c.want || unknown != c.unknown {
			t.Errorf("%q is read as %q, unknown %q", c.text, set, unknown)
		}
		if again, _ := rules.ReadScopes(set.String()); again.String() != set.String() {
			t.Errorf("%q is read again as %q", set, again)
		}
	}
}

func TestSetsOfScopesAreCompared(t *testing.T) {
	set := func(text string) rules.Scopes {
		s, unknown := rules.ReadScopes(text)
		if unknown != "" {
			t.Fatal(unknown)
		}
		return s
	}
	for _, c := range []struct {
		a, b, both string
		within     bool
	}{
		{"", "", "", true},
		{"", "list:read", "", true},
		{"list:read", "", "", false},
		{"list:read slots:read", "slots:read list:read list:write", "list:read slots:read", true},
		{"list:read slots:read", "slots:read figures:read", "slots:read", false},
	} {
		if got := set(c.a).Both(set(c.b)).String(); got != c.both {
			t.Errorf("%q and %q have %q in common", c.a, c.b, got)
		}
		if got := set(c.a).Within(set(c.b)); got != c.within {
			t.Errorf("%q is within %q: %t", c.a, c.b, got)
		}
	}
}
