package i18n

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Files are named <area>.<language>.toml and hold only keys that begin with the area.
// A file for a region, such as common.en-US.toml, holds only what differs from its language.
//
//go:embed catalogue/*.toml
var files embed.FS

// Language is one the catalogue is written in.
type Language struct {
	Tag  string // BCP 47, such as "de"
	Name string // what its speakers call it
}

type catalogue struct {
	bundle    *goi18n.Bundle
	languages []string // the default first, then by tag
	localizer map[string]*goi18n.Localizer
}

var texts = mustLoad()

// The files are part of the program, so one that can't be read is a fault of the build.
func mustLoad() *catalogue {
	c, err := load()
	if err != nil {
		panic(err)
	}
	return c
}

func load() (*catalogue, error) {
	c := &catalogue{bundle: goi18n.NewBundle(language.English), localizer: map[string]*goi18n.Localizer{}}
	c.bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	names, err := files.ReadDir("catalogue")
	if err != nil {
		return nil, fmt.Errorf("list the message catalogue: %w", err)
	}
	for _, name := range names {
		text, err := files.ReadFile(path.Join("catalogue", name.Name()))
		if err != nil {
			return nil, fmt.Errorf("read messages: %w", err)
		}
		file, err := c.bundle.ParseMessageFileBytes(text, name.Name())
		if err != nil {
			return nil, fmt.Errorf("messages in %s: %w", name.Name(), err)
		}
		tag := file.Tag.String()
		c.localizer[tag] = goi18n.NewLocalizer(c.bundle, tag)
		if !strings.Contains(tag, "-") && tag != "en" && !slices.Contains(c.languages, tag) {
			c.languages = append(c.languages, tag)
		}
	}
	slices.Sort(c.languages)
	c.languages = append([]string{"en"}, c.languages...)
	return c, nil
}

// Languages lists what a person can choose from, the default first.
func Languages() []Language {
	list := make([]Language, len(texts.languages))
	for i, tag := range texts.languages {
		list[i] = Language{Tag: tag, Name: For(tag).T("common.language.name")}
	}
	return list
}

// Tags are those of Languages.
func Tags() []string { return slices.Clone(texts.languages) }

// LanguageNames are what a language is called: by its speakers, and in each of the languages, with what makes it a special one and without.
func LanguageNames(tag string) []string {
	names := []string{For(tag).T("common.language.name")}
	for _, in := range texts.languages {
		name := display.Languages(language.Make(in)).Name(language.Make(tag))
		plain, _, _ := strings.Cut(name, " ")
		names = append(names, name, plain)
	}
	return names
}

// LanguageOf is the language that a tag or an ISO 639 code stands for, with a region or not: "de" for "de-AT" and "ger".
func LanguageOf(tag string) (have string, ok bool) {
	wanted, err := language.Parse(tag)
	if err != nil {
		return "", false
	}
	return reads(wanted)
}
