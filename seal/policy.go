package seal

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of a password's length.
const (
	PasswordLeast = 10  // characters
	PasswordMost  = 200 // bytes
)

//go:embed common_passwords.txt
var commonPasswords string

var common = func() map[string]bool {
	listed := map[string]bool{}
	for _, line := range strings.Fields(commonPasswords) {
		listed[line] = true
	}
	return listed
}()

// PasswordProblem gives the catalogue key of what is wrong with a new password,
// or "". forbidden are texts it may not be built around, such as the business's
// name and the user's name and address. No mix of characters is asked for.
func PasswordProblem(password string, forbidden ...string) string {
	switch {
	case len(password) > PasswordMost:
		return "problem.password_long"
	case utf8.RuneCountInString(password) < PasswordLeast:
		return "problem.password_short"
	}
	plain := compact(password)
	switch {
	case isCommon(plain):
		return "problem.password_common"
	case isPersonal(plain, forbidden):
		return "problem.password_personal"
	}
	return ""
}

// compact is the form passwords are judged in: case and spaces don't count.
func compact(s string) string { return strings.ReplaceAll(NormalName(s), " ", "") }

// isCommon finds listed passwords, also with a year, a "123" or a "!" around
// them, and those that only repeat or count.
func isCommon(plain string) bool {
	letters := strings.TrimFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) })
	return common[plain] || common[letters] && len(plain)-len(letters) <= 6 || repeats(plain) || counts(plain)
}

// repeats says that a unit of at most four letters fills the whole text.
func repeats(plain string) bool {
	letters := []rune(plain)
	for unit := 1; unit <= 4; unit++ {
		same := true
		for i := unit; i < len(letters) && same; i++ {
			same = letters[i] == letters[i-unit]
		}
		if same {
			return true
		}
	}
	return false
}

// counts says that each character follows the one before, up or down.
func counts(plain string) bool {
	letters := []rune(plain)
	for _, step := range []rune{1, -1} {
		all := true
		for i := 1; i < len(letters) && all; i++ {
			d := letters[i] - letters[i-1]
			all = d == step || d == -9*step // 9 is followed by 0
		}
		if all {
			return true
		}
	}
	return false
}

// isPersonal says that without the words of the forbidden texts, and whatever is no letter, fewer than six characters are left.
func isPersonal(plain string, forbidden []string) bool {
	rest := plain
	for _, known := range personalWords(forbidden) {
		rest = strings.ReplaceAll(rest, known, "")
	}
	if rest == plain {
		return false
	}
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, rest)
	return utf8.RuneCountInString(letters) < 6
}

// personalWords are the texts as a whole, the part of an address before its @, and their words of at least three letters; the longest first,
// so that none is cut apart by a shorter one.
func personalWords(forbidden []string) []string {
	var words []string
	for _, text := range forbidden {
		whole := NormalName(text)
		before, _, _ := strings.Cut(whole, "@")
		words = append(words, compact(whole), compact(before))
		for _, word := range strings.FieldsFunc(whole, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if utf8.RuneCountInString(word) >= 3 {
				words = append(words, word)
			}
		}
	}
	words = slices.DeleteFunc(words, func(word string) bool { return utf8.RuneCountInString(word) < 3 })
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}
