package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
)

func get(t *testing.T, method, url string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, url, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestEachFileIsServedUnderTheHashOfItsContent(t *testing.T) {
	for name, a := range assets {
		if !regexp.MustCompile(`^/static/[\w-]+\.[0-9a-f]{12}\.\w+$`).MatchString(URL(name)) {
			t.Errorf("address of %s is %s", name, URL(name))
		}
		r := get(t, http.MethodGet, URL(name))
		if r.StatusCode != 200 || r.Header.Get("Content-Type") != a.kind || a.kind == "" {
			t.Errorf("%s: %d %q", name, r.StatusCode, r.Header.Get("Content-Type"))
		}
		if got := r.Header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
			t.Errorf("%s: %q", name, got)
		}
		if r.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s may be sniffed", name)
		}
		if len(body(t, r)) == 0 {
			t.Errorf("%s is empty", name)
		}
	}
}

func TestOnlyTheKnownAddressesAreServed(t *testing.T) {
	for _, url := range []string{"/static/", "/static/app.css", "/static/app.000000000000.css", "/static/static.go", "/static/src/app.js", "/static/../go.mod"} {
		if r := get(t, http.MethodGet, url); r.StatusCode != 404 || strings.Contains(r.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d, %q", url, r.StatusCode, r.Header.Get("Cache-Control"))
		}
	}
	if r := get(t, http.MethodPost, URL("app.css")); r.StatusCode != 405 {
		t.Errorf("POST: %d", r.StatusCode)
	}
}

func TestTextIsCompressedForWhoCanReadIt(t *testing.T) {
	url := URL("bundle.js")
	plain := body(t, get(t, http.MethodGet, url))
	for accept, want := range map[string]bool{"gzip": true, "br, gzip;q=0.5": true, "": false, "br": false, "gzip;q=0": false, "GZIP, deflate": true} {
		r := get(t, http.MethodGet, url, "Accept-Encoding", accept)
		if got := r.Header.Get("Content-Encoding") == "gzip"; got != want {
			t.Errorf("Accept-Encoding %q: compressed is %v", accept, got)
		}
		if r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: Vary is %q", accept, r.Header.Get("Vary"))
		}
		if !want {
			continue
		}
		z, err := gzip.NewReader(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(z)
		if err != nil || string(text) != plain {
			t.Errorf("Accept-Encoding %q: other content, %v", accept, err)
		}
	}
	if r := get(t, http.MethodGet, URL("inter.woff2"), "Accept-Encoding", "gzip"); r.Header.Get("Content-Encoding") != "" {
		t.Error("a font is compressed twice")
	}
}

func TestAKnownTagIsNotSentAgain(t *testing.T) {
	first := get(t, http.MethodGet, URL("app.css"))
	again := get(t, http.MethodGet, URL("app.css"), "If-None-Match", first.Header.Get("ETag"))
	if again.StatusCode != 304 || body(t, again) != "" {
		t.Errorf("got %d", again.StatusCode)
	}
	zipped := get(t, http.MethodGet, URL("app.css"), "Accept-Encoding", "gzip", "If-None-Match", first.Header.Get("ETag"))
	if zipped.StatusCode != 200 {
		t.Error("plain and compressed content share a tag")
	}
}

func TestAHeadHasNoBody(t *testing.T) {
	r := get(t, http.MethodHead, URL("app.css"))
	if r.StatusCode != 200 || r.Header.Get("Content-Length") == "" || body(t, r) != "" {
		t.Errorf("%d, length %q", r.StatusCode, r.Header.Get("Content-Length"))
	}
}

func TestFilesNameEachOtherByHashedAddress(t *testing.T) {
	css, manifest := body(t, get(t, http.MethodGet, URL("app.css"))), body(t, get(t, http.MethodGet, URL("manifest.webmanifest")))
	for _, font := range []string{"inter.woff2", "inter-ext.woff2"} {
		if !strings.Contains(css, `url("`+URL(font)+`")`) {
			t.Errorf("the stylesheet does not load %s", URL(font))
		}
	}
	if !strings.Contains(manifest, URL("icon.svg")) {
		t.Errorf("the manifest does not show %s", URL("icon.svg"))
	}
}

func TestNothingIsLoadedFromElsewhere(t *testing.T) {
	for _, name := range []string{"app.css", "bundle.js"} {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"url(http", "url(//", "url(\"http", "@import", "sourceMappingURL"} {
			if bytes.Contains(content, []byte(bad)) {
				t.Errorf("%s contains %s", name, bad)
			}
		}
	}
}

func TestAnUnknownNamePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	URL("missing.css")
}

// A class that two parts of the style sheet begin belongs to two kinds of things, and each dresses the other's.
func TestEachOfOurClassesIsBegunOnce(t *testing.T) {
	source, err := os.ReadFile("src/app.css")
	if err != nil {
		t.Fatal(err)
	}
	begun := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^  (\.wl-[a-z-]+) \{`).FindAllStringSubmatch(string(source), -1) {
		if begun[m[1]] {
			t.Errorf("%s is begun twice", m[1])
		}
		begun[m[1]] = true
	}
	if len(begun) < 100 {
		t.Errorf("only %d classes were found", len(begun))
	}
}
