// Package static serves what the browser caches: one stylesheet, one script, the fonts, the icon and the manifest. They are
// made by scripts/frontend.mjs and are part of the program. Each has an address with a hash of its content, so
// that it can be kept for ever and is never out of date.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

//go:embed app.css bundle.js apidocs.css apidocs.js inter.woff2 inter-ext.woff2 icon.svg manifest.webmanifest
var files embed.FS

const prefix = "/static/"

type asset struct {
	url, kind string
	content   []byte
	gzipped   func() []byte // nil for what is compressed already
}

// Fonts and icon come first: stylesheet and manifest name them by their addresses.
var assets, byURL = mustLoad("inter.woff2", "inter-ext.woff2", "icon.svg", "app.css", "bundle.js", "apidocs.css", "apidocs.js", "manifest.webmanifest")

var kinds = map[string]string{
	".css":         "text/css; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".svg":         "image/svg+xml",
	".woff2":       "font/woff2",
	".webmanifest": "application/manifest+json",
}

func mustLoad(names ...string) (byName, byURL map[string]*asset) {
	byName, byURL = map[string]*asset{}, map[string]*asset{}
	for _, name := range names {
		content, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		kind := kinds[path.Ext(name)]
		if strings.HasPrefix(kind, "text/css") || kind == "application/manifest+json" {
			for other, a := range byName {
				content = bytes.ReplaceAll(content, []byte(`"`+other+`"`), []byte(`"`+a.url+`"`))
			}
		}
		hash := sha256.Sum256(content)
		stem, ext := strings.TrimSuffix(name, path.Ext(name)), path.Ext(name)
		a := &asset{url: prefix + stem + "." + hex.EncodeToString(hash[:6]) + ext, kind: kind, content: content}
		if ext != ".woff2" {
			a.gzipped = sync.OnceValue(func() []byte { return compress(content) })
		}
		byName[name], byURL[a.url] = a, a
	}
	return byName, byURL
}

func compress(content []byte) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		panic(err)
	}
	if _, err := w.Write(content); err != nil { // a bytes.Buffer takes everything
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// URL is the address of a file, such as "/static/app.0123456789ab.css" for "app.css". It panics on a name that is
// not served: the names are in the source.
func URL(name string) string {
	a, ok := assets[name]
	if !ok {
		panic(fmt.Sprintf("static: no file %q", name))
	}
	return a.url
}

// Handler answers GET and HEAD for the addresses that URL gives, below /static/, and 404 for everything else.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := byURL[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
			return
		}
		h := w.Header()
		h.Set("Content-Type", a.kind)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("X-Content-Type-Options", "nosniff")
		content, tag := a.content, a.url
		if a.gzipped != nil {
			h.Set("Vary", "Accept-Encoding")
			if acceptsGzip(r.Header.Get("Accept-Encoding")) {
				h.Set("Content-Encoding", "gzip")
				content, tag = a.gzipped(), a.url+" gzip"
			}
		}
		tag = strconv.Quote(strings.TrimPrefix(tag, prefix))
		h.Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			h.Del("Content-Encoding")
			w.WriteHeader(http.StatusNotModified)
			return
		}
		h.Set("Content-Length", strconv.Itoa(len(content)))
		if r.Method == http.MethodHead {
			return
		}
		_, _ = w.Write(content) // whoever asked has gone
	})
}

func acceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			value, found := strings.CutPrefix(strings.ReplaceAll(weight, " ", ""), "q=")
			q, err := strconv.ParseFloat(value, 64)
			return !found || err == nil && q > 0
		}
	}
	return false
}
