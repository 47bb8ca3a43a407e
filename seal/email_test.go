package seal

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestAddressesAreComparedInOneForm(t *testing.T) {
	for given, want := range map[string]string{
		"":                            "",
		"ada@example.org":             "ada@example.org",
		" \tAda@Example.ORG\r\n":      "ada@example.org",
		"a.d.a+list@gmail.com":        "a.d.a+list@gmail.com",
		"GRU\u0308N@example.org":      "gr\u00fcn@example.org",
		"\u00c4da@M\u00dcller.de":     "\u00e4da@m\u00fcller.de",
		"\u00a0ada@example.org\u3000": "ada@example.org",
	} {
		if got := NormalEmail(given); got != want {
			t.Errorf("NormalEmail(%q) = %q, want %q", given, got, want)
		}
	}
}

func TestAddressesMailCanBeSentToAreTaken(t *testing.T) {
	for _, address := range []string{
		"ada@example.org", "a@b.de", "Ada.Lovelace+salon@sub.example.co.uk", "o'neil@example.org", "a_b-c@ex-ample.org", "1@2.de", "x@xn--mller-kva.de",
		"ada@müller.de", "jürgen@example.org", "用户@例子.中国", "ada@123.example", strings.Repeat("a", 64) + "@example.org",
		"a@" + strings.Repeat("b", 63) + ".org",
	} {
		if !CheckEmail(address) {
			t.Errorf("%q was refused", address)
		}
	}
}

func TestOtherTextsAreNoAddresses(t *testing.T) {
	for name, address := range map[string]string{
		"nothing":                     "",
		"no @":                        "ada.example.org",
		"nothing before the @":        "@example.org",
		"nothing after the @":         "ada@",
		"two @":                       "ada@b@example.org",
		"no dot in the domain":        "ada@localhost",
		"a dot at the end":            "ada@example.org.",
		"a dot at the beginning":      "ada@.example.org",
		"two dots":                    "ada@example..org",
		"two dots before the @":       "a..da@example.org",
		"a dot before the @":          "ada.@example.org",
		"an IPv4 address":             "ada@127.0.0.1",
		"a bracketed IPv4 address":    "ada@[127.0.0.1]",
		"an all-digit top domain":     "ada@example.123",
		"a label beginning with -":    "ada@-example.org",
		"a label ending in -":         "ada@example-.org",
		"an underscore in the domain": "ada@exa_mple.org",
		"a long label":                "a@" + strings.Repeat("b", 64) + ".org",
		"a long local part":           strings.Repeat("a", 65) + "@example.org",
		"255 bytes":                   "a@" + strings.Repeat("b.", 125) + "org",
		"a display name":              "Ada <ada@example.org>",
		"angle brackets":              "<ada@example.org>",
		"a comment":                   "ada@example.org (Ada)",
		"a comment within":            "ada(x)@example.org",
		"quotes":                      `"ada"@example.org`,
		"quotes that are needed":      `"a@da"@example.org`,
		"a list":                      "ada@example.org,bob@example.org",
		"a group":                     "all: ada@example.org;",
		"spaces around":               " ada@example.org",
		"a space within":              "a da@example.org",
		"CRLF and a header":           "ada@example.org\r\nBcc: bob@example.org",
		"a line feed at the end":      "ada@example.org\n",
		"a tab":                       "ada\t@example.org",
		"a zero byte":                 "ada\x00@example.org",
		"a delete":                    "ada\x7f@example.org",
		"invalid UTF-8":               "ada\xff@example.org",
		"a zero-width space":          "ada\u200b@example.org",
		"right-to-left override":      "ada\u202e@example.org",
		"a no-break space":            "ada\u00a0@example.org",
		"the Kelvin sign for a k":     "mi\u212ae@example.org",
		"a dotted capital I for an i": "m\u0130ke@example.org",
		"an emoji domain":             "ada@🙂.org",
		"script tags":                 "<script>alert(1)</script>@example.org",
		"a route":                     "@relay.example:ada@example.org",
		"encoded words":               "=?utf-8?q?ada?=@exa mple.org",
	} {
		if CheckEmail(address) {
			t.Errorf("%s was taken: %q", name, address)
		}
	}
}

func TestAnAddressHas254BytesAtMost(t *testing.T) {
	local := strings.Repeat("a", 64) + "@"
	domain := strings.Repeat(strings.Repeat("b", 62)+".", 3)[:186] + ".de" // 189 bytes
	if address := local + domain; len(address) != 254 || !CheckEmail(address) {
		t.Errorf("%d bytes were refused", len(address))
	}
	if address := local + "b" + domain; len(address) != 255 || CheckEmail(address) {
		t.Errorf("%d bytes were taken", len(address))
	}
}

func FuzzATakenAddressIsHarmlessAndStaysTheSame(f *testing.F) {
	for _, seed := range []string{"ada@example.org", "Ä@Müller.de", "a\u0308@x.de", "m\u0130ke@example.org", "ſ@ß.de", "\u1e9e@x.yz", "a\r\nb@c.de"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		normal := NormalEmail(s)
		if again := NormalEmail(normal); utf8.ValidString(s) && again != normal {
			t.Errorf("%q → %q → %q", s, normal, again)
		}
		if !CheckEmail(s) {
			return
		}
		if strings.ContainsAny(s, " \r\n\t\x00<>\",;()") || strings.Count(s, "@") != 1 {
			t.Errorf("%q was taken", s)
		}
		if ascii(normal) > ascii(s) {
			t.Errorf("%q looks like %q in normal form", s, normal)
		}
	})
}

func ascii(s string) (n int) {
	for _, r := range s {
		if r < utf8.RuneSelf {
			n++
		}
	}
	return n
}
