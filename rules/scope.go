package rules

import (
	"slices"
	"strings"
)

// Scope is a kind of act that an API key may be given.
type Scope string

// The scopes. To write is not to read: what is asked for in lists needs the one, what is changed the other. The answer to a change tells how what was
// changed is now.
const (
	ScopeListRead      Scope = "list:read" // entries, customers, tags, messages to them
	ScopeListWrite     Scope = "list:write"
	ScopeSlotsRead     Scope = "slots:read" // slots, offers, bookings
	ScopeSlotsWrite    Scope = "slots:write"
	ScopeSetupRead     Scope = "setup:read" // services, staff members, hours, closures, settings, weights
	ScopeSetupWrite    Scope = "setup:write"
	ScopeFiguresRead   Scope = "figures:read" // what the list brought in
	ScopeWebhooksRead  Scope = "webhooks:read"
	ScopeWebhooksWrite Scope = "webhooks:write"
)

// asScopes is the policy, in the order in which people are told of it: what a person must have a right to before they may give it to a key.
var asScopes = []struct {
	scope Scope
	needs Right
}{
	{ScopeListRead, ManageList},
	{ScopeListWrite, ManageList},
	{ScopeSlotsRead, WorkCounter},
	{ScopeSlotsWrite, WorkCounter},
	{ScopeSetupRead, SetUp},
	{ScopeSetupWrite, SetUp},
	{ScopeFiguresRead, SeeFigures},
	{ScopeWebhooksRead, ManageKeys},
	{ScopeWebhooksWrite, ManageKeys},
}

// Area is what the scope is about, such as "list".
func (s Scope) Area() string {
	area, _, _ := strings.Cut(string(s), ":")
	return area
}

// Access is how the scope deals with it: "read" or "write".
func (s Scope) Access() string {
	_, access, _ := strings.Cut(string(s), ":")
	return access
}

// Needs is the right that a person must have to give this scope to a key. false: there is no such scope.
func (s Scope) Needs() (Right, bool) {
	for _, one := range asScopes {
		if one.scope == s {
			return one.needs, true
		}
	}
	return "", false
}

// MayGive says whether a person with this role may give this scope to a key: nobody gives away what they may not do themselves.
func (r Role) MayGive(scope Scope) bool {
	needs, ok := scope.Needs()
	return ok && r.May(ManageKeys) && r.May(needs)
}

// Scopes is a set of scopes, each once, in the order of AllScopes.
type Scopes []Scope

// AllScopes are all there are, in the order in which people are told of them.
func AllScopes() Scopes {
	list := make(Scopes, len(asScopes))
	for i, one := range asScopes {
		list[i] = one.scope
	}
	return list
}

// ScopesOf is the set of these words. unknown is the first that is no scope; "": all are.
func ScopesOf(words ...string) (set Scopes, unknown string) {
	for _, one := range AllScopes() {
		if slices.Contains(words, string(one)) {
			set = append(set, one)
		}
	}
	for _, word := range words {
		if !set.Has(Scope(word)) {
			return set, word
		}
	}
	return set, ""
}

// ReadScopes is ScopesOf of a text as String writes it, and OAuth 2: words with blanks between.
func ReadScopes(text string) (set Scopes, unknown string) { return ScopesOf(strings.Fields(text)...) }

// String writes the set with a blank between two.
func (s Scopes) String() string { return strings.Join(s.Words(), " ") }

// Words are the scopes as texts.
func (s Scopes) Words() []string {
	words := make([]string, len(s))
	for i, one := range s {
		words[i] = string(one)
	}
	return words
}

// Has tells whether the set holds this scope.
func (s Scopes) Has(scope Scope) bool { return slices.Contains(s, scope) }

// Both are the scopes that are in both sets.
func (s Scopes) Both(other Scopes) Scopes {
	var set Scopes
	for _, one := range s {
		if other.Has(one) {
			set = append(set, one)
		}
	}
	return set
}

// Within tells whether each of these scopes is in the other set.
func (s Scopes) Within(other Scopes) bool { return len(s.Both(other)) == len(s) }
