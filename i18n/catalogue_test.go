package i18n

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
)

// messages reads every file of one tag: key to message.
func messages(t *testing.T, tag string) map[string]*goi18n.Message {
	t.Helper()
	all := map[string]*goi18n.Message{}
	names, err := fs.Glob(files, "catalogue/*."+tag+".toml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no files for %s: %v", tag, err)
	}
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := goi18n.ParseMessageFileBytes(text, name, map[string]goi18n.UnmarshalFunc{"toml": toml.Unmarshal})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		area, _, _ := strings.Cut(filepath.Base(name), ".")
		for _, m := range file.Messages {
			if !strings.HasPrefix(m.ID, area+".") {
				t.Errorf("%s: key %q does not begin with %q", name, m.ID, area+".")
			}
			all[m.ID] = m
		}
	}
	return all
}

var placeholder = regexp.MustCompile(`{{\s*\.(\w+)\s*}}`)

func placeholders(text string) string {
	found := map[string]bool{}
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		found[m[1]] = true
	}
	return strings.Join(slices.Sorted(maps.Keys(found)), " ")
}

func TestEveryLanguageHasTheSameMessages(t *testing.T) {
	en := messages(t, "en")
	for _, tag := range texts.languages[1:] {
		other := messages(t, tag)
		for key, m := range en {
			o, ok := other[key]
			if !ok {
				t.Errorf("%s has no %q", tag, key)
				continue
			}
			if a, b := placeholders(m.One+m.Other), placeholders(o.One+o.Other); a != b {
				t.Errorf("%q has placeholders %q in en and %q in %s", key, a, b, tag)
			}
			if (m.One == "") != (o.One == "") {
				t.Errorf("%q has a form for one in only one of en and %s", key, tag)
			}
		}
		for key := range other {
			if en[key] == nil {
				t.Errorf("en has no %q, %s has", key, tag)
			}
		}
	}
}

func TestEveryMessageHasAText(t *testing.T) {
	for _, tag := range texts.languages {
		for key, m := range messages(t, tag) {
			if strings.TrimSpace(m.Other) == "" {
				t.Errorf("%s: %q is empty", tag, key)
			}
			if rest := placeholder.ReplaceAllString(m.One+m.Other, ""); strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
				t.Errorf("%s: %q has a placeholder that is more than a name", tag, key)
			}
		}
	}
}

func TestARegionsFileOnlyChangesWhatItsLanguageSays(t *testing.T) {
	en, us := messages(t, "en"), messages(t, "en-US")
	for key, m := range us {
		if en[key] == nil {
			t.Errorf("en-US has %q, en has not", key)
		} else if en[key].Other == m.Other {
			t.Errorf("en-US repeats %q", key)
		}
	}
}

var (
	asked  = regexp.MustCompile(`(?:\.T\(|problem\.(?:New|Bad)\([^"()]*(?:"\w*",\s*)?)"((?:` + areas + `)\.[\w.]+)"`)
	spoken = regexp.MustCompile("[\"`]((?:" + areas + ")\\.[\\w.]*)[\"`]")
)

// areas are what keys begin with, as alternatives: the names of the catalogue's files.
var areas = func() string {
	names, err := fs.Glob(files, "catalogue/*.en.toml")
	if err != nil {
		panic(err)
	}
	for i, name := range names {
		names[i], _, _ = strings.Cut(filepath.Base(name), ".")
	}
	return strings.Join(names, "|")
}()

// Two ways a key can stand in the sources: a literal, or a literal prefix that ends in a point and is joined to a value.
func TestSourcesAndCatalogueAgree(t *testing.T) {
	en := messages(t, "en")
	used, prefixes := map[string]bool{}, map[string]bool{}
	for path, text := range sources(t) {
		for _, m := range asked.FindAllStringSubmatch(text, -1) {
			if key := m[1]; en[key] == nil && !strings.HasSuffix(key, ".") {
				t.Errorf("%s asks for %q, which no catalogue has", path, key)
			}
		}
		for _, m := range spoken.FindAllStringSubmatch(text, -1) {
			if key := m[1]; strings.HasSuffix(key, ".") {
				prefixes[key] = true
			} else {
				used[key] = true
			}
		}
	}
	for prefix := range prefixes {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(en)), func(key string) bool { return strings.HasPrefix(key, prefix) }) {
			t.Errorf("no key begins with %q", prefix)
		}
	}
	for key := range en {
		if used[key] || slices.ContainsFunc(slices.Collect(maps.Keys(prefixes)), func(p string) bool { return strings.HasPrefix(key, p) }) {
			continue
		}
		t.Errorf("nothing uses %q", key)
	}
}

// sources are the repository's own Go and templ files, without tests and what is generated from templ.
func sources(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if path != ".." && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "data" || name == "tmp") {
				return filepath.SkipDir
			}
			return nil
		}
		wanted := strings.HasSuffix(name, ".templ") || strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_templ.go") && !strings.HasSuffix(name, "_test.go")
		if !wanted {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		found[path] = string(text)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestTheSearchForKeysSeesEachWayOfAsking(t *testing.T) {
	for source, key := range map[string]string{
		`l.T("public.offer.title", "Name", n)`:                     "public.offer.title",
		`problem.New(problem.Gone, "public.offer.over")`:           "public.offer.over",
		`problem.Bad("email", "problem.email")`:                    "problem.email",
		`problem.Bad("starts_at", "counter.past", "Time", "noon")`: "counter.past",
	} {
		m := asked.FindStringSubmatch(source)
		if m == nil || m[1] != key {
			t.Errorf("%s: found %v", source, m)
		}
	}
}
