package seal

import (
	"encoding/hex"
	"regexp"
	"testing"
)

func TestATokenIsTheSameEachTimeAndForThatLinkOnly(t *testing.T) {
	tokens := NewTokens(testKey(1))
	seen := map[string]string{}
	for name, token := range map[string]string{
		"an offer's":                tokens.Make(TokenOffer, "abc", 1),
		"its next version":          tokens.Make(TokenOffer, "abc", 2),
		"another offer's":           tokens.Make(TokenOffer, "abd", 1),
		"an entry's":                tokens.Make(TokenEntry, "abc", 1),
		"a booking's":               tokens.Make(TokenBooking, "abc", 1),
		"a join's":                  tokens.Make(TokenJoin, "abc", 1),
		"a reset's":                 tokens.Make(TokenReset, "abc", 1),
		"an invitation's":           tokens.Make(TokenInvite, "abc", 1),
		"digits moved between":      tokens.Make(TokenOffer, "abc1", 1),
		"digits moved the other":    tokens.Make(TokenOffer, "abc", 11),
		"letters moved to the kind": tokens.Make(TokenOffer+"a", "bc", 1),
		"another key's":             NewTokens(testKey(2)).Make(TokenOffer, "abc", 1),
	} {
		if other, ok := seen[token]; ok {
			t.Errorf("%s token is %s", name, other)
		}
		seen[token] = name
		if !regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`).MatchString(token) {
			t.Errorf("%s token %q is not 43 letters of the URL alphabet", name, token)
		}
	}
	if NewTokens(testKey(1)).Make(TokenOffer, "abc", 1) != tokens.Make(TokenOffer, "abc", 1) {
		t.Error("made again, the token differs")
	}
}

// Emailed links outlive a release, so what Make gives may not change.
func TestTokensStayAsTheyWere(t *testing.T) {
	if got := NewTokens(testKey(1)).Make(TokenOffer, "AAAAAAAAAAAAAAAAAAAAAA", 1); got != "d90aLSmIOqawjOkpqx5XHP0GQpwQ8OieJMtBdHvGRD4" {
		t.Errorf("the token is %s", got)
	}
	if got := hex.EncodeToString(NewLookup(testKey(1)).Email(7, "Ada@Example.org")); got != "dc9fa0eccf4292809956fe8ff6a02bc2bb393b261d7952b5e523d61ac0dbb7dd" {
		t.Errorf("the look-up is %s", got)
	}
	sealed, err := hex.DecodeString("0177b0300167ae13f65857849d28cef702d174a97ec3fb1fc9d80f509a5b285e497883e4")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := NewBox(testKey(1)).Open(here, sealed); err != nil || got != "ada" {
		t.Errorf("a value sealed by an earlier release opens as %q, %v", got, err)
	}
}

func TestTablesKeepATokensSHA256(t *testing.T) {
	const want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // FIPS 180-2, "abc"
	if got := hex.EncodeToString(HashToken("abc")); got != want {
		t.Errorf("the hash is %s", got)
	}
}

func TestRandomIdsFitURLsAndNeverRepeat(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		for id, shape := range map[string]string{PublicID(): `^[A-Za-z0-9_-]{22}$`, RandomToken(): `^[A-Za-z0-9_-]{43}$`} {
			if !regexp.MustCompile(shape).MatchString(id) {
				t.Fatalf("%q is not %s", id, shape)
			}
			if seen[id] {
				t.Fatalf("%q came twice", id)
			}
			seen[id] = true
		}
	}
}
