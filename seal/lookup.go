package seal

import "strings"

const (
	prefixLeast = 2  // runes: shorter prefixes would match half the list
	prefixMost  = 12 // runes: longer words are found by their beginning
)

// Lookup turns personal data into 32-byte digests that can be indexed and
// compared without being read. Digests differ between businesses and kinds.
type Lookup struct{ digest digest }

// NewLookup makes the look-ups of the look-up key k.
func NewLookup(k Key) Lookup { return Lookup{digest: newDigest(k)} }

// Email is the digest of an address; nil when it is empty, so that absent
// addresses are NULL and equal to nothing. tenant 0 stands for the logins,
// which belong to no business.
func (l Lookup) Email(tenant int64, email string) []byte {
	if email = NormalEmail(email); email == "" {
		return nil
	}
	return l.digest("email", number(tenant), email)
}

// Phone is the digest of a number in E.164; nil when it is empty.
func (l Lookup) Phone(tenant int64, number164 string) []byte {
	if number164 == "" {
		return nil
	}
	return l.digest("phone", number(tenant), number164)
}

// File is the digest of an uploaded file, which tells that it was there before.
func (l Lookup) File(tenant int64, content []byte) []byte {
	return l.digest("file", number(tenant), string(content))
}

// Name is the digest of a whole name; nil when it is empty.
func (l Lookup) Name(tenant int64, name string) []byte {
	if name = NormalName(name); name == "" {
		return nil
	}
	return l.digest("name", number(tenant), name)
}

// Identity is the digest of address and name together, which is what tells one
// customer of a business from another: a family may share an address.
func (l Lookup) Identity(tenant int64, email, name string) []byte {
	return l.digest("identity", number(tenant), NormalEmail(email), NormalName(name))
}

// Attempt is the digest under which the tries of one act by one account or
// network address are counted.
func (l Lookup) Attempt(act, who string) []byte {
	return l.digest("attempt", act, who)
}

// Prefixes are the digests under which a name is found by the beginnings of its
// words, 2 to 12 letters each, without repeats.
func (l Lookup) Prefixes(tenant int64, name string) [][]byte {
	var digests [][]byte
	seen := map[string]bool{}
	for _, word := range words(name) {
		letters := []rune(word)
		for n := prefixLeast; n <= len(letters) && n <= prefixMost; n++ {
			prefix := string(letters[:n])
			if !seen[prefix] {
				seen[prefix] = true
				digests = append(digests, l.digest("prefix", number(tenant), prefix))
			}
		}
	}
	return digests
}

// Query gives one digest for each word typed into a search: a name matches when
// every one is among its Prefixes. Words of one letter are left out; nil means
// that nothing can be searched for yet.
func (l Lookup) Query(tenant int64, typed string) [][]byte {
	var digests [][]byte
	for _, word := range words(typed) {
		letters := []rune(word)
		if len(letters) < prefixLeast {
			continue
		}
		digests = append(digests, l.digest("prefix", number(tenant), string(letters[:min(len(letters), prefixMost)])))
	}
	return digests
}

// words are a name's words in normal form; hyphens and apostrophes separate
// too, so that Müller-Lüdenscheidt is found by either half.
func words(name string) []string {
	return strings.FieldsFunc(NormalName(name), func(r rune) bool {
		return r == ' ' || r == '-' || r == '\'' || r == '’' || r == '‐' || r == '.' || r == ','
	})
}
