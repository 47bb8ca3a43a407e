package accounts_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

const site = paths.Base("https://wait.example")

// authenticator is a passkey of one user with the browser around it. What a test changes is what an attacker, or a broken one, could.
type authenticator struct {
	t      *testing.T
	key    *ecdsa.PrivateKey
	id     []byte
	user   string // the handle it was made for
	counts bool
	count  uint32
	origin string
	rp     string
	flags  byte // 1: somebody was there, 4: and was recognized
}

func newAuthenticator(t *testing.T) *authenticator {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 32)
	rand.Read(id)
	return &authenticator{t: t, key: key, id: id, count: 1, counts: true, origin: string(site), rp: "wait.example", flags: 1 | 4}
}

// asked is what of a challenge an authenticator looks at.
type asked struct {
	Challenge string
	RPID      string
	User      struct{ ID string }
	RP        struct{ ID string }

	UserVerification       string
	AuthenticatorSelection struct{ ResidentKey, UserVerification string }
}

func (k *authenticator) read(c accounts.Challenge) asked {
	k.t.Helper()
	var a asked
	if err := json.Unmarshal(c.Options, &a); err != nil {
		k.t.Fatal(err)
	}
	return a
}

func (k *authenticator) client(kind, challenge string) []byte {
	k.t.Helper()
	text, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": k.origin, "crossOrigin": false})
	if err != nil {
		k.t.Fatal(err)
	}
	return text
}

func (k *authenticator) data(flags byte) []byte {
	hash := sha256.Sum256([]byte(k.rp))
	return binary.BigEndian.AppendUint32(append(hash[:], flags), k.count)
}

func url64(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

func (k *authenticator) written(response map[string]any) string {
	k.t.Helper()
	text, err := json.Marshal(map[string]any{"id": url64(k.id), "rawId": url64(k.id), "type": "public-key", "clientExtensionResults": map[string]any{}, "response": response})
	if err != nil {
		k.t.Fatal(err)
	}
	return string(text)
}

// made answers credentials.create.
func (k *authenticator) made(c accounts.Challenge) string {
	k.t.Helper()
	a := k.read(c)
	if handle, err := base64.RawURLEncoding.DecodeString(a.User.ID); err != nil || a.RP.ID != k.rp || a.AuthenticatorSelection.UserVerification != "required" || a.AuthenticatorSelection.ResidentKey != "required" {
		k.t.Fatalf("asked for %s", c.Options)
	} else {
		k.user = string(handle)
	}
	public, err := k.key.PublicKey.Bytes()
	if err != nil {
		k.t.Fatal(err)
	}
	cose := slices.Concat([]byte{0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20}, public[1:33], []byte{0x22, 0x58, 0x20}, public[33:])
	data := slices.Concat(k.data(k.flags|0x40), make([]byte, 16), []byte{0, byte(len(k.id))}, k.id, cose)
	object := slices.Concat([]byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58"), []byte{byte(len(data))}, data)
	return k.written(map[string]any{"clientDataJSON": url64(k.client("webauthn.create", a.Challenge)), "attestationObject": url64(object), "transports": []string{"internal"}})
}

// answers is credentials.get, counting on.
func (k *authenticator) answers(c accounts.Challenge) string {
	k.t.Helper()
	a := k.read(c)
	if a.UserVerification != "required" || a.RPID != k.rp && k.rp == "wait.example" {
		k.t.Fatalf("asked for %s", c.Options)
	}
	if k.counts {
		k.count++
	}
	client, data := k.client("webauthn.get", a.Challenge), k.data(k.flags)
	clientHash := sha256.Sum256(client)
	digest := sha256.Sum256(append(slices.Clone(data), clientHash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, k.key, digest[:])
	if err != nil {
		k.t.Fatal(err)
	}
	return k.written(map[string]any{"clientDataJSON": url64(client), "authenticatorData": url64(data), "signature": url64(signature), "userHandle": url64([]byte(k.user))})
}

// withPasskey is Ada's business at an address where passkeys work, and her passkey.
func withPasskey(t *testing.T) (*accounts.Accounts, *db.DB, accounts.User, *authenticator) {
	t.Helper()
	a, d, ada := founded(t)
	a = a.At(site)
	k := newAuthenticator(t)
	add(t, a, ada, k)
	return a, d, ada, k
}

func add(t *testing.T, a *accounts.Accounts, u accounts.User, k *authenticator) (id string) {
	t.Helper()
	c, err := a.BeginPasskey(t.Context(), u, byPassword())
	must(t, c, err)
	id, err = a.AddPasskey(t.Context(), u, accounts.NewPasskey{Name: "my phone", Answer: k.made(c), Challenge: c.ID})
	return must(t, id, err)
}

func byPasskey(t *testing.T, a *accounts.Accounts, k *authenticator) (accounts.LoggedIn, error) {
	t.Helper()
	c, err := a.BeginPasskeyLogIn(t.Context(), address)
	must(t, c, err)
	return a.PasskeyLogIn(t.Context(), k.answers(c), c.ID)
}

func TestAPasskeyAloneLogsIn(t *testing.T) {
	a, d, ada, k := withPasskey(t)
	secured(t, a, d, ada) // a passkey is both factors
	in, err := byPasskey(t, a, k)
	if err != nil || in.Pending != "" {
		t.Fatalf("%+v, %v", in, err)
	}
	if got := session(t, a, in.Token); got.ID != ada.ID {
		t.Errorf("came in as %+v", got)
	}
	list, err := a.Passkeys(t.Context(), ada)
	if err != nil || len(list) != 1 || list[0].Name != "my phone" || list[0].Used == nil || list[0].Synced {
		t.Errorf("the list is %+v, %v", list, err)
	}
	if got := audited(t, d, ada.TenantID); !slices.Contains(got, "passkey.add") {
		t.Errorf("the trail has %v", got)
	}
}

func TestAPasskeyThatIsNotInOrderLogsNobodyIn(t *testing.T) {
	a, d, ada, good := withPasskey(t)
	bo := member(t, a, ada, "bo@example.org", rules.RoleStaff)
	for name, spoil := range map[string]func(k *authenticator){
		"counts back":                  func(k *authenticator) { k.count, k.counts = 0, false },
		"counts the same again":        func(k *authenticator) { k.counts = false },
		"did not look who is there":    func(k *authenticator) { k.flags = 1 },
		"found nobody there":           func(k *authenticator) { k.flags = 4 },
		"was asked by another site":    func(k *authenticator) { k.origin = "https://evil.example" },
		"was asked over plain http":    func(k *authenticator) { k.origin = "http://wait.example" },
		"is another site's":            func(k *authenticator) { k.rp = "evil.example" },
		"says it is somebody else's":   func(k *authenticator) { k.user = bo.PublicID },
		"says nobody's":                func(k *authenticator) { k.user = "" },
		"has another key":              func(k *authenticator) { k.key = newAuthenticator(t).key },
		"was never added":              func(k *authenticator) { k.id = newAuthenticator(t).id },
		"was added by nobody, and new": func(k *authenticator) { *k = *newAuthenticator(t); k.user = ada.PublicID },
	} {
		k := *good
		spoil(&k)
		if in, err := byPasskey(t, a, &k); problem.KindOf(err) != problem.InvalidInput || in.Token != "" {
			t.Errorf("a passkey that %s: %+v, %v", name, in, err)
		}
	}
	for name, nonsense := range map[string]string{"nothing": "", "no JSON": "<", "an empty answer": "{}", "torn": "\xff"} {
		c, err := a.BeginPasskeyLogIn(t.Context(), address)
		must(t, c, err)
		_, err = a.PasskeyLogIn(t.Context(), nonsense, c.ID)
		if problem.KindOf(err) != problem.InvalidInput {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := byPasskey(t, a, good); err != nil {
		t.Errorf("the good one: %v", err)
	}
	if n := rows(t, d, "passkey_challenges"); n != 0 {
		t.Errorf("%d challenges could be answered again", n)
	}
}

func TestAChallengeIsAnsweredOnceSoonAndForWhatItWasMade(t *testing.T) {
	a, d, ada, _ := withPasskey(t)
	k := newAuthenticator(t) // one that lives on several devices doesn't count
	k.count, k.counts = 0, false
	add(t, a, ada, k)
	for range 8 {
		c, err := a.BeginPasskeyLogIn(t.Context(), address)
		must(t, c, err)
		errs := make([]error, 4)
		answer := k.answers(c)
		var wait sync.WaitGroup
		for i := range errs {
			wait.Go(func() { _, errs[i] = a.PasskeyLogIn(t.Context(), answer, c.ID) })
		}
		wait.Wait()
		if in := len(errs) - len(slices.DeleteFunc(slices.Clone(errs), func(err error) bool { return err == nil })); in != 1 {
			t.Fatalf("one challenge logged in %d times: %v", in, errs)
		}
	}

	late, err := a.BeginPasskeyLogIn(t.Context(), address)
	must(t, late, err)
	d.MoveClock(5 * time.Minute)
	_, err = a.PasskeyLogIn(t.Context(), k.answers(late), late.ID)
	wantKind(t, err, problem.InvalidInput)

	proof, err := a.ProvePasskey(t.Context(), ada)
	must(t, proof, err)
	_, err = a.PasskeyLogIn(t.Context(), k.answers(proof), proof.ID)
	wantKind(t, err, problem.InvalidInput)

	other, err := a.BeginPasskeyLogIn(t.Context(), address)
	must(t, other, err)
	mine, err := a.BeginPasskeyLogIn(t.Context(), address)
	must(t, mine, err)
	_, err = a.PasskeyLogIn(t.Context(), k.answers(other), mine.ID)
	wantKind(t, err, problem.InvalidInput)

	d.MoveClock(time.Hour)
	if _, err := a.Forget(t.Context()); err != nil || rows(t, d, "passkey_challenges") != 0 {
		t.Errorf("%d challenges are kept, %v", rows(t, d, "passkey_challenges"), err)
	}
}

func TestAPasskeyIsAddedToWhoAskedForIt(t *testing.T) {
	a, _, ada, k := withPasskey(t)
	bo := member(t, a, ada, "bo@example.org", rules.RoleStaff)
	_, err := a.BeginPasskey(t.Context(), bo, accounts.Proof{Password: "not my password"})
	wantKind(t, err, problem.InvalidInput)

	c, err := a.BeginPasskey(t.Context(), bo, byPassword())
	must(t, c, err)
	eves := newAuthenticator(t)
	_, err = a.AddPasskey(t.Context(), ada, accounts.NewPasskey{Name: "x", Answer: eves.made(c), Challenge: c.ID})
	wantKind(t, err, problem.InvalidInput)

	for name, spoil := range map[string]func(k *authenticator){
		"did not look who is there": func(k *authenticator) { k.flags = 1 },
		"was asked by another site": func(k *authenticator) { k.origin = "https://evil.example" },
	} {
		c, err := a.BeginPasskey(t.Context(), bo, byPassword())
		must(t, c, err)
		bad := newAuthenticator(t)
		spoil(bad)
		if _, err := a.AddPasskey(t.Context(), bo, accounts.NewPasskey{Name: "x", Answer: bad.made(c), Challenge: c.ID}); problem.KindOf(err) != problem.InvalidInput {
			t.Errorf("one that %s: %v", name, err)
		}
	}
	c, err = a.BeginPasskey(t.Context(), bo, byPassword())
	must(t, c, err)
	_, err = a.AddPasskey(t.Context(), bo, accounts.NewPasskey{Name: "stolen", Answer: k.made(c), Challenge: c.ID})
	wantKind(t, err, problem.Conflict)
	c, err = a.BeginPasskey(t.Context(), bo, byPassword())
	must(t, c, err)
	_, err = a.AddPasskey(t.Context(), bo, accounts.NewPasskey{Name: " ", Answer: newAuthenticator(t).made(c), Challenge: c.ID})
	if got := fields(err); !slices.Equal(got, []string{"name"}) {
		t.Errorf("without a name: %v", err)
	}
}

func TestAPasskeyProvesWhoIsThere(t *testing.T) {
	a, d, ada, k := withPasskey(t)
	secured(t, a, d, ada)
	proof := func(k *authenticator, u accounts.User) accounts.Proof {
		c, err := a.ProvePasskey(t.Context(), u)
		must(t, c, err)
		return accounts.Proof{Passkey: k.answers(c), Challenge: c.ID}
	}
	bo := member(t, a, ada, "bo@example.org", rules.RoleStaff)
	bos := newAuthenticator(t)
	add(t, a, bo, bos)
	wantKind(t, a.SwitchOffSecondFactor(t.Context(), ada, proof(bos, bo)), problem.InvalidInput)
	wantKind(t, a.SwitchOffSecondFactor(t.Context(), ada, proof(bos, ada)), problem.InvalidInput)
	used := proof(k, ada)
	if _, err := a.NewRecoveryCodes(t.Context(), ada, used, "press"); err != nil {
		t.Fatal(err)
	}
	wantKind(t, a.SwitchOffSecondFactor(t.Context(), ada, used), problem.InvalidInput)
	if err := a.SwitchOffSecondFactor(t.Context(), ada, proof(k, ada)); err != nil {
		t.Error(err)
	}
}

func TestAPasskeyIsRenamedAndRemovedByItsOwner(t *testing.T) {
	a, _, ada, k := withPasskey(t)
	bo := member(t, a, ada, "bo@example.org", rules.RoleStaff)
	list, err := a.Passkeys(t.Context(), ada)
	id := must(t, list, err)[0].ID
	wantKind(t, a.RenamePasskey(t.Context(), bo, id, "mine"), problem.NotFound)
	wantKind(t, a.RemovePasskey(t.Context(), bo, id, byPassword()), problem.NotFound)
	wantKind(t, a.RemovePasskey(t.Context(), ada, "ü", byPassword()), problem.NotFound)
	if got := fields(a.RenamePasskey(t.Context(), ada, id, "a\nb")); !slices.Equal(got, []string{"name"}) {
		t.Errorf("a name of two lines: %v", got)
	}
	if err := a.RenamePasskey(t.Context(), ada, id, "laptop"); err != nil {
		t.Fatal(err)
	}
	if one, err := a.Passkey(t.Context(), ada, id); err != nil || one.Name != "laptop" {
		t.Errorf("%+v, %v", one, err)
	}
	wantKind(t, a.RemovePasskey(t.Context(), ada, id, accounts.Proof{Password: "not my password"}), problem.InvalidInput)
	if err := a.RemovePasskey(t.Context(), ada, id, byPassword()); err != nil {
		t.Fatal(err)
	}
	_, err = byPasskey(t, a, k)
	wantKind(t, err, problem.InvalidInput)
}

func TestPasskeysWorkByNameOverHTTPSAndOnThisMachine(t *testing.T) {
	a, _, ada := founded(t)
	for base, work := range map[paths.Base]bool{
		"https://wait.example": true, "https://wait.example:8443/list": true, "http://localhost:3000": true, "http://wait.localhost": true,
		"http://wait.example": false, "https://192.0.2.1": false, "http://127.0.0.1:3000": false, "https://[2001:db8::1]": false, "": false,
	} {
		here := a.At(base)
		if here.PasskeysWork() != work {
			t.Errorf("at %q they work: %t", base, here.PasskeysWork())
		}
		if work {
			continue
		}
		_, err := here.BeginPasskeyLogIn(t.Context(), address)
		wantKind(t, err, problem.NotFound)
		_, err = here.BeginPasskey(t.Context(), ada, byPassword())
		wantKind(t, err, problem.NotFound)
	}
}
