package seal

import "testing"

func TestABoxOpensWhatItSealed(t *testing.T) {
	box := NewBox(NewKey())
	here := Where{Tenant: 7, Table: "customers", Column: "email", Row: "r"}
	for _, plain := range []string{"", "ada@example.org", "Grüße 🙂", "\x00\xff"} {
		got, err := box.Open(here, box.Seal(here, plain))
		if err != nil || got != plain {
			t.Errorf("%q came back as %q, %v", plain, got, err)
		}
	}
}
