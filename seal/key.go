// Package seal keeps secrets: personal data sealed with AES-256-GCM, look-ups
// by HMAC, the tokens in links, random ids and password hashes. It decides no
// rule and keeps no state; what it returns is ready to be stored.
package seal

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
)

// Key is a 256-bit secret key. It never prints itself.
type Key [32]byte

// NewKey makes a random key.
func NewKey() Key {
	var k Key
	rand.Read(k[:])
	return k
}

// KeyOf takes 32 bytes, such as Master.Unwrap gives, as a key.
func KeyOf(raw []byte) (Key, error) {
	if len(raw) != len(Key{}) {
		return Key{}, fmt.Errorf("seal: a key has %d bytes, not %d", len(Key{}), len(raw))
	}
	return Key(raw), nil
}

// Format hides the key from every verb of package fmt.
func (Key) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, "[key]") }

// MarshalText hides the key from JSON and slog.
func (Key) MarshalText() ([]byte, error) { return []byte("[key]"), nil }

// digest is HMAC-SHA-256 over the parts, each preceded by its length, so that no
// two lists of parts are the same message. Being a function it hides its key
// from package fmt even in an unexported field, where a Key would be printed.
type digest func(parts ...string) []byte

func newDigest(k Key) digest {
	return func(parts ...string) []byte {
		mac := hmac.New(sha256.New, k[:])
		mac.Write(joined(nil, parts...))
		return mac.Sum(nil)
	}
}

func joined(start []byte, parts ...string) []byte {
	for _, part := range parts {
		start = binary.BigEndian.AppendUint64(start, uint64(len(part)))
		start = append(start, part...)
	}
	return start
}

func number(n int64) string {
	return string(binary.BigEndian.AppendUint64(nil, uint64(n)))
}
