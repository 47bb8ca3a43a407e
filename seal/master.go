package seal

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// Master wraps the other keys. It holds several keys during a rotation: the
// newest wraps, every one unwraps. Safe for concurrent use.
type Master struct{ keys []*envelope }

// ParseMaster reads a comma-separated list of base64 keys of 32 bytes (standard
// or URL alphabet, padded or not), newest first. The error names the position
// of the bad key, from 1, never its value.
func ParseMaster(list string) (*Master, error) {
	if strings.TrimSpace(list) == "" {
		return nil, errors.New("no key is given")
	}
	m := &Master{}
	seen := map[Key]bool{}
	for i, text := range strings.Split(list, ",") {
		raw, err := decodeBase64(strings.TrimSpace(text))
		if err != nil {
			return nil, fmt.Errorf("key %d is not base64", i+1)
		}
		if len(raw) != len(Key{}) {
			return nil, fmt.Errorf("key %d has %d bytes instead of %d", i+1, len(raw), len(Key{}))
		}
		k := Key(raw)
		if k == (Key{}) {
			return nil, fmt.Errorf("key %d is all zeros", i+1)
		}
		if seen[k] {
			return nil, fmt.Errorf("key %d is listed twice", i+1)
		}
		seen[k] = true
		m.keys = append(m.keys, newEnvelope(k))
	}
	return m, nil
}

// NewMasterKey makes a random key in the form ParseMaster reads.
func NewMasterKey() string {
	k := NewKey()
	return base64.StdEncoding.EncodeToString(k[:])
}

// Wrap seals a key under the newest master key. purpose says what the key is
// for, such as "business 7"; it unwraps only for the same purpose.
func (m *Master) Wrap(purpose string, key []byte) []byte {
	return m.keys[0].seal([]string{"wrap", purpose}, key)
}

// Unwrap gives back a wrapped key. The error is ErrForeignKey when the master
// key it was wrapped under is not in the list, else ErrDamaged.
func (m *Master) Unwrap(purpose string, wrapped []byte) ([]byte, error) {
	reason := ErrForeignKey
	for _, key := range m.keys {
		plain, err := key.open([]string{"wrap", purpose}, wrapped)
		if err == nil {
			return plain, nil
		}
		if errors.Is(err, ErrDamaged) {
			reason = err
		}
	}
	return nil, fmt.Errorf("unwrap the key for %s: %w", purpose, reason)
}

// Current tells whether wrapped is under the newest key; if not, it should be
// unwrapped and wrapped again.
func (m *Master) Current(wrapped []byte) bool { return m.keys[0].made(wrapped) }

// decodeBase64 takes either alphabet and leaves the padding to the writer, but
// takes no line breaks and no bits that mean nothing.
func decodeBase64(text string) ([]byte, error) {
	text = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(text, "="))
	if strings.ContainsAny(text, "\r\n") {
		return nil, errors.New("a line break in base64")
	}
	return base64.RawStdEncoding.Strict().DecodeString(text)
}
