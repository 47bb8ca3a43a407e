package token_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/your-org/waitlist-management/accounts/token"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

var (
	now    = time.Date(2027, 3, 1, 8, 0, 0, 0, time.UTC)
	scopes = rules.Scopes{rules.ScopeListRead, rules.ScopeSlotsWrite}
	old    = strings.Repeat("o", 32)
	ours   = token.Tokens{Secrets: []string{strings.Repeat("n", 32), old}, Issuer: "https://list.example.org", Audience: "https://list.example.org/api/v1"}
)

func issue(t *testing.T, tokens token.Tokens) string {
	t.Helper()
	text, err := tokens.Issue("theKey", 3, scopes, now.Add(700*time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// read is what a token says that is good at now.
func read(tokens token.Tokens, text string, now time.Time) (token.Claims, error) {
	signed, err := tokens.Verify(text)
	if err != nil {
		return token.Claims{}, err
	}
	return signed.At(now)
}

func refused(t *testing.T, what, text string, at time.Time) {
	t.Helper()
	if claims, err := read(ours, text, at); problem.KindOf(err) != problem.Unauthenticated || claims.Key != "" {
		t.Errorf("%s: %+v (%v)", what, claims, err)
	}
}

func TestATokenSaysWhoMayDoWhatForAQuarterOfAnHour(t *testing.T) {
	text := issue(t, ours)
	claims, err := read(ours, text, now)
	if err != nil {
		t.Fatal(err)
	}
	if claims.Key != "theKey" || claims.Version != 3 || claims.Scopes.String() != "list:read slots:write" || len(claims.ID) < 20 ||
		!claims.IssuedAt.Equal(now) || !claims.ExpiresAt.Equal(now.Add(15*time.Minute)) {
		t.Errorf("it says %+v", claims)
	}
	if again := issue(t, ours); again == text {
		t.Error("two tokens are the same")
	}
	for at, good := range map[time.Duration]bool{
		-31 * time.Second: false, -30 * time.Second: true, 0: true, 15*time.Minute + 29*time.Second: true, 15*time.Minute + 30*time.Second: false, time.Hour: false,
	} {
		if _, err := read(ours, text, now.Add(at)); (err == nil) != good {
			t.Errorf("after %s it is good: %t (%v)", at, !good, err)
		}
	}
}

func TestTheHeaderNamesTheSecretAndTellsNothingOfIt(t *testing.T) {
	head, _, _ := strings.Cut(issue(t, ours), ".")
	plain, err := base64.RawURLEncoding.DecodeString(head)
	if err != nil {
		t.Fatal(err)
	}
	var header map[string]string
	if err := json.Unmarshal(plain, &header); err != nil || header["alg"] != "HS256" || header["typ"] != "at+jwt" || len(header["kid"]) != 11 || len(header) != 3 {
		t.Errorf("the header is %s (%v)", plain, err)
	}
}

func TestTokensOutliveAChangeOfTheSecretAndNotItsRemoval(t *testing.T) {
	before := ours
	before.Secrets = []string{old}
	text := issue(t, before)
	if _, err := read(ours, text, now); err != nil {
		t.Errorf("signed with the secret before: %v", err)
	}
	after := ours
	after.Secrets = ours.Secrets[:1]
	if _, err := read(after, text, now); problem.KindOf(err) != problem.Unauthenticated {
		t.Errorf("signed with a secret that is gone: %v", err)
	}
	if _, err := read(after, issue(t, ours), now); err != nil {
		t.Errorf("the newest secret does not sign: %v", err)
	}
}

// signed is a token made by hand: with a payload and a header changed from what ours says, signed as told.
func signed(t *testing.T, method jwt.SigningMethod, secret any, change func(header map[string]any, payload jwt.MapClaims)) string {
	t.Helper()
	head, _, _ := strings.Cut(issue(t, ours), ".")
	plain, err := base64.RawURLEncoding.DecodeString(head)
	if err != nil {
		t.Fatal(err)
	}
	made := jwt.NewWithClaims(method, jwt.MapClaims{
		"iss": ours.Issuer, "aud": ours.Audience, "sub": "theKey", "jti": "id", "iat": now.Unix(), "exp": now.Add(token.Life).Unix(), "scope": "list:read", "ver": 1,
	})
	if err := json.Unmarshal(plain, &made.Header); err != nil {
		t.Fatal(err)
	}
	made.Header["alg"] = method.Alg()
	change(made.Header, made.Claims.(jwt.MapClaims))
	text, err := made.SignedString(secret)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestOnlyWhatWeSignedInOurWayIsRead(t *testing.T) {
	hs, mine := jwt.SigningMethodHS256, []byte(ours.Secrets[0])
	same := func(map[string]any, jwt.MapClaims) {}
	if claims, err := read(ours, signed(t, hs, mine, same), now); err != nil || claims.Key != "theKey" {
		t.Fatalf("what is made by hand is not read at all: %v", err)
	}
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	refused(t, "no algorithm", signed(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, same), now)
	refused(t, "signed with RSA", signed(t, jwt.SigningMethodRS256, private, same), now)
	refused(t, "HS384", signed(t, jwt.SigningMethodHS384, mine, same), now)
	refused(t, "HS512", signed(t, jwt.SigningMethodHS512, mine, same), now)
	refused(t, "another secret under the name of ours", signed(t, hs, []byte(strings.Repeat("x", 32)), same), now)
	refused(t, "no secret", signed(t, hs, []byte{}, same), now)

	header := func(name string, value any) func(map[string]any, jwt.MapClaims) {
		return func(h map[string]any, _ jwt.MapClaims) {
			if h[name] = value; value == nil {
				delete(h, name)
			}
		}
	}
	for what, change := range map[string]func(map[string]any, jwt.MapClaims){
		"signed with RSA, says the header":      header("alg", "RS256"),
		"unsigned, says the header":             header("alg", "none"),
		"unsigned, says the header in capitals": header("alg", "NONE"),
		"no name of a secret":                   header("kid", nil),
		"a name that is no text":                header("kid", 1),
		"another name":                          header("kid", "AAAAAAAAAAA"),
		"no access token":                       header("typ", "JWT"),
		"no kind":                               header("typ", nil),
		"a key of its own, with no name of a secret": func(h map[string]any, _ jwt.MapClaims) {
			delete(h, "kid")
			h["jwk"] = map[string]string{"kty": "oct", "k": "AA"}
		},
	} {
		refused(t, what, signed(t, hs, mine, change), now)
	}

	payload := func(name string, value any) func(map[string]any, jwt.MapClaims) {
		return func(_ map[string]any, p jwt.MapClaims) {
			if p[name] = value; value == nil {
				delete(p, name)
			}
		}
	}
	for what, change := range map[string]func(map[string]any, jwt.MapClaims){
		"another issuer":              payload("iss", "https://other.example.org"),
		"no issuer":                   payload("iss", nil),
		"an empty issuer":             payload("iss", ""),
		"another audience":            payload("aud", ours.Issuer),
		"no audience":                 payload("aud", nil),
		"an empty list as audience":   payload("aud", []string{}),
		"no end":                      payload("exp", nil),
		"an end that is no number":    payload("exp", "tomorrow"),
		"too long a life":             payload("exp", now.Add(token.Life+time.Second).Unix()),
		"an end before its beginning": payload("exp", now.Add(-time.Second).Unix()),
		"no beginning":                payload("iat", nil),
		"a beginning in the future": func(_ map[string]any, p jwt.MapClaims) {
			p["iat"], p["exp"] = now.Add(31*time.Second).Unix(), now.Add(10*time.Minute).Unix()
		},
		"not yet good":                payload("nbf", now.Add(time.Minute).Unix()),
		"no key":                      payload("sub", nil),
		"an empty key":                payload("sub", ""),
		"no version":                  payload("ver", nil),
		"version zero":                payload("ver", 0),
		"a version that is no number": payload("ver", "1"),
		"scopes that are no text":     payload("scope", []string{"list:read"}),
		"an end that is long past": func(_ map[string]any, p jwt.MapClaims) {
			p["iat"], p["exp"] = now.Add(-time.Hour).Unix(), now.Add(-45*time.Minute).Unix()
		},
		"an end beyond what is a time": payload("exp", 1e300),
	} {
		refused(t, what, signed(t, hs, mine, change), now)
	}
}

func TestScopesThatNobodyKnowsLetNobodyDoAnything(t *testing.T) {
	text := signed(t, jwt.SigningMethodHS256, []byte(ours.Secrets[0]), func(_ map[string]any, p jwt.MapClaims) { p["scope"] = "root list:read everything" })
	if claims, err := read(ours, text, now); err != nil || claims.Scopes.String() != "list:read" {
		t.Errorf("it says %+v (%v)", claims, err)
	}
}

func TestAnAlteredTokenIsRefusedWhereverItWasAltered(t *testing.T) {
	text := issue(t, ours)
	for i := range len(text) {
		for _, c := range []byte("A.") {
			if text[i] != c {
				refused(t, "altered", text[:i]+string(c)+text[i+1:], now)
			}
		}
	}
	parts := strings.Split(text, ".")
	swapped, err := json.Marshal(map[string]any{
		"iss": ours.Issuer, "aud": ours.Audience, "sub": "another", "iat": now.Unix(), "exp": now.Add(token.Life).Unix(), "scope": "list:write", "ver": 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	for what, wrong := range map[string]string{
		"another payload": parts[0] + "." + base64.RawURLEncoding.EncodeToString(swapped) + "." + parts[2],
		"no signature":    parts[0] + "." + parts[1] + ".", "two parts": parts[0] + "." + parts[1], "four parts": text + "." + parts[2],
		"nothing": "", "a point": ".", "blanks around": " " + text + " ", "padded": text + "=", "too long": text + strings.Repeat("A", 5000),
		"no token": "wlk_" + strings.Repeat("a", 43),
	} {
		refused(t, what, wrong, now)
	}
}

func TestWithoutIssuerAudienceOrALongSecretNothingIsSignedOrRead(t *testing.T) {
	text := issue(t, ours)
	for what, tokens := range map[string]token.Tokens{
		"nothing": {}, "no secret": {Issuer: "i", Audience: "a"}, "no issuer": {Secrets: ours.Secrets, Audience: ours.Audience},
		"no audience": {Secrets: ours.Secrets, Issuer: ours.Issuer}, "a short secret": {Secrets: append([]string{"short"}, ours.Secrets...), Issuer: ours.Issuer, Audience: ours.Audience},
	} {
		if _, err := tokens.Issue("theKey", 1, scopes, now); err == nil {
			t.Errorf("%s: a token was issued", what)
		}
		if _, err := read(tokens, text, now); err == nil {
			t.Errorf("%s: a token was read", what)
		}
	}
}

func TestARefusalTellsTheLogWhyAndTheReaderNothing(t *testing.T) {
	_, err := read(ours, issue(t, ours), now.Add(time.Hour))
	if err == nil || !strings.Contains(err.Error(), "expired") || strings.Contains(err.Error(), "theKey") {
		t.Errorf("the log hears: %v", err)
	}
}
