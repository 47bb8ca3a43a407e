package seal

import (
	"bytes"
	"errors"
	"strings"
	"sync"
	"testing"
)

var here = Where{Tenant: 7, Table: "customers", Column: "email", Row: "r0w"}

func TestABoxOpensWhatItSealed(t *testing.T) {
	box := NewBox(NewKey())
	for _, plain := range []string{"", "a", "ada@example.org", "Grüße 🙂 שלום", "\x00\xff", strings.Repeat("x", 100_000)} {
		sealed := box.Seal(here, plain)
		if got, err := box.Open(here, sealed); err != nil || got != plain {
			t.Errorf("%.20q came back as %.20q, %v", plain, got, err)
		}
		if len(sealed) != len(plain)+Overhead {
			t.Errorf("%d bytes sealed are %d, not %d more", len(plain), len(sealed), Overhead)
		}
	}
}

func TestAnAbsentValueOpensAsEmpty(t *testing.T) {
	box := NewBox(NewKey())
	for _, sealed := range [][]byte{nil, {}} {
		if got, err := box.Open(here, sealed); got != "" || err != nil {
			t.Errorf("%v opened as %q, %v", sealed, got, err)
		}
	}
}

func TestSealedBytesTellNothing(t *testing.T) {
	box := NewBox(NewKey())
	one, two := box.Seal(here, "ada@example.org"), box.Seal(here, "ada@example.org")
	if bytes.Equal(one, two) {
		t.Error("the same value sealed twice looks the same")
	}
	if bytes.Contains(one, []byte("ada")) {
		t.Error("the value is readable")
	}
}

func TestAValueOpensNowhereElse(t *testing.T) {
	box := NewBox(NewKey())
	sealed := box.Seal(here, "ada")
	for name, there := range map[string]Where{
		"another business":                  {8, "customers", "email", "r0w"},
		"another table":                     {7, "entries", "email", "r0w"},
		"another column":                    {7, "customers", "name", "r0w"},
		"another row":                       {7, "customers", "email", "r1w"},
		"a border moved between the names":  {7, "customerse", "mail", "r0w"},
		"a border moved to the row":         {7, "customers", "emailr", "0w"},
		"nowhere":                           {},
		"the business with its number wild": {7 << 32, "customers", "email", "r0w"},
	} {
		if got, err := box.Open(there, sealed); !errors.Is(err, ErrDamaged) || got != "" {
			t.Errorf("%s: opened as %q, %v", name, got, err)
		}
	}
}

func TestAnotherKeyIsToldFromDamage(t *testing.T) {
	sealed := NewBox(NewKey()).Seal(here, "ada")
	if got, err := NewBox(NewKey()).Open(here, sealed); !errors.Is(err, ErrForeignKey) || got != "" {
		t.Errorf("opened as %q, %v", got, err)
	}
}

func TestEveryAlteredBitIsNoticed(t *testing.T) {
	box := NewBox(NewKey())
	sealed := box.Seal(here, "ada")
	for bit := range len(sealed) * 8 {
		altered := bytes.Clone(sealed)
		altered[bit/8] ^= 1 << (bit % 8)
		if got, err := box.Open(here, altered); err == nil {
			t.Fatalf("with bit %d altered it opened as %q", bit, got)
		}
	}
	for size := 1; size < len(sealed); size++ {
		if _, err := box.Open(here, sealed[:size]); !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut to %d bytes: %v", size, err)
		}
	}
	if _, err := box.Open(here, append(bytes.Clone(sealed), 0)); err == nil {
		t.Error("one byte longer it opened")
	}
}

func TestAnOpeningErrorNamesThePlaceOnly(t *testing.T) {
	box := NewBox(NewKey())
	_, err := box.Open(Where{Tenant: 7, Table: "customers", Column: "email", Row: "canary"}, box.Seal(here, "canary"))
	if err == nil || !strings.Contains(err.Error(), "customers.email") || strings.Contains(err.Error(), "canary") {
		t.Errorf("error %v", err)
	}
}

func TestABoxServesManyAtOnce(t *testing.T) {
	box := NewBox(NewKey())
	var work sync.WaitGroup
	for range 8 {
		work.Go(func() {
			for range 200 {
				if got, err := box.Open(here, box.Seal(here, "ada")); err != nil || got != "ada" {
					t.Errorf("%q, %v", got, err)
				}
			}
		})
	}
	work.Wait()
}

func FuzzNothingForgedOpens(f *testing.F) {
	box := NewBox(testKey(1))
	f.Add([]byte{})
	f.Add(NewBox(testKey(2)).Seal(here, "ada"))
	f.Add(append([]byte{version1}, make([]byte, 60)...))
	f.Fuzz(func(t *testing.T, sealed []byte) {
		if got, err := box.Open(here, sealed); err == nil && len(sealed) > 0 {
			t.Errorf("%x opened as %q", sealed, got)
		}
	})
}
