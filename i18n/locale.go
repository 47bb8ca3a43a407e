// Package i18n speaks to people: the message catalogue, and dates, numbers and money as a language and region write them.
package i18n

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

// Locale is a language with a region's habits. The zero value is English. Safe for concurrent use and comparable.
type Locale struct {
	language string // one of Languages, or empty for English
	region   string // as the person or business gave it, such as "AT", or empty
}

// kin are languages whose speakers read one of the catalogue's: Norwegian as such and Nynorsk.
var kin = map[string]string{"no": "nb", "nn": "nb"}

// For finds the best locale for a BCP 47 tag or an Accept-Language list; English when nothing fits.
func For(tag string) Locale {
	wanted, _, err := language.ParseAcceptLanguage(tag)
	if err != nil {
		return Locale{}
	}
	for _, w := range wanted {
		have, ok := reads(w)
		if !ok {
			continue
		}
		var l Locale
		if have != "en" {
			l.language = have
		}
		if region, sure := w.Region(); sure == language.Exact && region.IsCountry() {
			l.region = region.String()
		}
		return l
	}
	return Locale{}
}

// reads is the language of the catalogue that whoever wants this one reads.
func reads(wanted language.Tag) (have string, ok bool) {
	base, sure := wanted.Base()
	if sure == language.No {
		return "", false
	}
	have = base.String()
	if near := kin[have]; near != "" {
		have = near
	}
	return have, slices.Contains(texts.languages, have)
}

// Language is the tag of the language alone, such as "de": the value of a lang attribute.
func (l Locale) Language() string {
	if l.language == "" {
		return "en"
	}
	return l.language
}

// Tag names language and region, such as "de" or "en-US". For(l.Tag()) is l.
func (l Locale) Tag() string {
	if l.region == "" {
		return l.Language()
	}
	return l.Language() + "-" + l.region
}

// In a message every placeholder must be given: "<no value>" is no text for a person.
var parser = &template.TextParser{Option: "missingkey=error"}

// T is the text of a key. The arguments alternate names and values for the placeholders; an int named
// "Count" also picks the plural form. The text is plain: whoever writes it into HTML escapes it.
//
// An unknown key or a missing argument panics in a test. In production the English text stands in, and the key
// itself when there is none, so that something is always shown.
func (l Locale) T(key string, args ...any) string {
	if len(args)%2 == 1 {
		return fault(key, "", errors.New("a name without a value"))
	}
	values := make(map[string]any, len(args)/2)
	for i := 0; i < len(args); i += 2 {
		name, ok := args[i].(string)
		if !ok {
			return fault(key, "", fmt.Errorf("argument %d is not a name", i))
		}
		values[name] = args[i+1]
	}
	return l.Fill(key, values)
}

// Fill is T with the arguments in a map, which may be nil.
func (l Locale) Fill(key string, values map[string]any) string {
	if len(values) > 0 {
		return l.compose(key, values)
	}
	fixed := fixedText{l.Tag(), key}
	if text, known := fixedTexts.Load(fixed); known {
		return text.(string)
	}
	text := l.compose(key, map[string]any{})
	if text != key { // an unknown key must not fill the memory
		fixedTexts.Store(fixed, text)
	}
	return text
}

// fixedTexts are the texts without arguments that were asked for, by fixedText: most of any page, and always the same.
var fixedTexts sync.Map

type fixedText struct{ tag, key string }

func (l Locale) compose(key string, values map[string]any) string {
	config := &goi18n.LocalizeConfig{MessageID: key, TemplateData: values, TemplateParser: parser}
	if count, ok := values["Count"]; ok {
		config.PluralCount = count
	}
	var text string
	var err error
	for _, tag := range []string{l.Tag(), l.Language()} {
		localizer := texts.localizer[tag]
		if localizer == nil {
			continue
		}
		text, err = localizer.Localize(config)
		var unknown *goi18n.MessageNotFoundErr
		if errors.As(err, &unknown) {
			continue
		}
		if err == nil || text != "" { // the text is "other" where a message has no form for this count
			return text
		}
		break
	}
	return fault(key, text, err)
}

func fault(key, text string, err error) string {
	if testing.Testing() {
		panic(fmt.Sprintf("message %q: %v", key, err))
	}
	if text == "" {
		return key
	}
	return text
}
