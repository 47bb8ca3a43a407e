package seal

import (
	"context"
	"errors"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

func hashed(t *testing.T, password string) string {
	t.Helper()
	hash, err := HashPassword(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

func TestAPasswordIsCheckedAgainstItsHash(t *testing.T) {
	hash := hashed(t, "zwölf Äpfel")
	for password, want := range map[string]bool{
		"zwölf Äpfel":             true,
		"zwo\u0308lf A\u0308pfel": true, // as another keyboard spells it
		"zwölf äpfel":             false,
		"zwölf Äpfel ":            false,
		"":                        false,
		strings.Repeat("x", 201):  false,
	} {
		got, err := CheckPassword(t.Context(), hash, password)
		if err != nil || got != want {
			t.Errorf("%q: %v, %v", password, got, err)
		}
	}
	if hashed(t, "zwölf Äpfel") == hash {
		t.Error("two hashes of one password are equal")
	}
}

func TestAHashHasThePHCFormAtTodaysCost(t *testing.T) {
	hash := hashed(t, "zwölf Äpfel")
	if !regexp.MustCompile(`^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$`).MatchString(hash) || len(hash) > 100 {
		t.Errorf("the hash is %s", hash)
	}
	if NeedsRehash(hash) {
		t.Error("a new hash needs another")
	}
}

// The hash is one that the reference implementation tests itself with.
func TestAHashFromElsewhereIsCheckedAndReplaced(t *testing.T) {
	const hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	if got, err := CheckPassword(t.Context(), hash, "password"); err != nil || !got {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := CheckPassword(t.Context(), hash, "passwore"); err != nil || got {
		t.Errorf("%v, %v", got, err)
	}
	if !NeedsRehash(hash) {
		t.Error("another cost needs no new hash")
	}
}

func TestWhatIsNoHashIsRefused(t *testing.T) {
	good := hashed(t, "zwölf Äpfel")
	for name, hash := range map[string]string{
		"nothing":               "",
		"bcrypt":                "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
		"argon2i":               strings.Replace(good, "argon2id", "argon2i", 1),
		"another version":       strings.Replace(good, "v=19", "v=16", 1),
		"no passes":             strings.Replace(good, "t=2", "t=0", 1),
		"many passes":           strings.Replace(good, "t=2", "t=17", 1),
		"no threads":            strings.Replace(good, "p=1", "p=0", 1),
		"many threads":          strings.Replace(good, "p=1", "p=17", 1),
		"threads that overflow": strings.Replace(good, "p=1", "p=257", 1),
		"little memory":         strings.Replace(good, "m=19456", "m=7", 1),
		"four gigabytes":        strings.Replace(good, "m=19456", "m=4194304", 1),
		"a negative memory":     strings.Replace(good, "m=19456", "m=-1", 1),
		"more after the cost":   strings.Replace(good, "p=1", "p=1,x=1", 1),
		"a sign in the cost":    strings.Replace(good, "t=2", "t=+2", 1),
		"no salt":               good[:31] + good[53:],
		"a short hash":          good[:strings.LastIndex(good, "$")+17],
		"no base64":             good[:len(good)-1] + "!",
		"a part too many":       good + "$",
		"something before":      "x" + good,
		"cut":                   good[:60],
	} {
		if got, err := CheckPassword(t.Context(), hash, "zwölf Äpfel"); got || !errors.Is(err, ErrPasswordHash) {
			t.Errorf("%s (%s): %v, %v", name, hash, got, err)
		}
		if !NeedsRehash(hash) {
			t.Errorf("%s needs no new hash", name)
		}
	}
}

func TestAnEndlessPasswordIsNotHashed(t *testing.T) {
	if _, err := HashPassword(t.Context(), strings.Repeat("x", PasswordMost)); err != nil {
		t.Errorf("%d bytes: %v", PasswordMost, err)
	}
	if _, err := HashPassword(t.Context(), strings.Repeat("x", PasswordMost+1)); err == nil {
		t.Errorf("%d bytes were hashed", PasswordMost+1)
	}
}

func TestNoMoreHashesAtATimeThanAllowed(t *testing.T) {
	hash := hashed(t, "zwölf Äpfel")
	for range cap(hashing) {
		hashing <- struct{}{}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := HashPassword(ctx, "zwölf Äpfel"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("hashed beyond the cap: %v", err)
	}
	if _, err := CheckPassword(ctx, hash, "zwölf Äpfel"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("checked beyond the cap: %v", err)
	}
	waiting := make(chan error)
	go func() {
		_, err := CheckPassword(t.Context(), hash, "zwölf Äpfel")
		waiting <- err
	}()
	for range cap(hashing) {
		<-hashing
	}
	if err := <-waiting; err != nil {
		t.Errorf("a check that waited for its turn: %v", err)
	}
	if len(hashing) != 0 {
		t.Errorf("%d turns were not given back", len(hashing))
	}
}

func TestACallerWhoIsGoneCostsNoHash(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 20 { // a free turn must not win by chance
		if _, err := HashPassword(ctx, "zwölf Äpfel"); !errors.Is(err, context.Canceled) {
			t.Fatalf("hashed for nobody: %v", err)
		}
	}
}

// With every turn taken, the dummy check has to wait as a real one does, which
// shows that it computes; how long that takes then follows from the same cost.
func TestAnUnknownUserCostsAsMuchAsAKnownOne(t *testing.T) {
	for range cap(hashing) {
		hashing <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		DummyPasswordCheck(ctx, "zwölf Äpfel")
		close(done)
	}()
	select {
	case <-done:
		t.Error("the dummy check computes nothing")
	case <-time.After(50 * time.Millisecond):
	}
	cancel()
	<-done
	for range cap(hashing) {
		<-hashing
	}

	hash := hashed(t, "zwölf Äpfel")
	real := allocated(func() {
		if _, err := CheckPassword(t.Context(), hash, "falsch geraten"); err != nil {
			t.Error(err)
		}
	})
	dummy := allocated(func() { DummyPasswordCheck(t.Context(), "falsch geraten") })
	if dummy < real*9/10 || dummy > real*11/10 {
		t.Errorf("a dummy check takes %d bytes, a real one %d", dummy, real)
	}
}

func allocated(act func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	act()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestManyCheckAtOnce(t *testing.T) {
	hash := hashed(t, "zwölf Äpfel")
	var work sync.WaitGroup
	for i := range 16 {
		work.Go(func() {
			password := []string{"zwölf Äpfel", "elf Äpfel"}[i%2]
			if got, err := CheckPassword(t.Context(), hash, password); err != nil || got != (i%2 == 0) {
				t.Errorf("%q: %v, %v", password, got, err)
			}
		})
	}
	work.Wait()
}
