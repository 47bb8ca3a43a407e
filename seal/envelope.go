package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"errors"
)

// A sealed value is: version (1 byte) ‖ key id (4) ‖ nonce (12) ‖ ciphertext ‖
// tag (16). The id is derived from the key, so it survives any reordering of
// keys and tells a foreign key from a damaged value.
const (
	version1   = 1
	idSize     = 4
	prefixSize = 1 + idSize
	nonceSize  = 12
	tagSize    = 16

	// Overhead is how many bytes a sealed value is longer than the plain one.
	Overhead = prefixSize + nonceSize + tagSize
)

var (
	// ErrForeignKey says that the value was sealed under a key we don't have.
	ErrForeignKey = errors.New("seal: sealed under another key")
	// ErrDamaged says that a sealed value is cut, altered, of an unknown
	// version, or belongs to another place than the one it was read from.
	ErrDamaged = errors.New("seal: damaged, or sealed for another place")
)

type envelope struct {
	id   [idSize]byte
	aead cipher.AEAD // takes the nonce from crypto/rand and puts it in front
}

func newEnvelope(k Key) *envelope {
	block, err := aes.NewCipher(k[:])
	if err != nil {
		panic("seal: " + err.Error()) // only a wrong key length, which the type excludes
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic("seal: " + err.Error())
	}
	return &envelope{id: [idSize]byte(newDigest(k)("key id")), aead: aead}
}

func (e *envelope) prefix() []byte {
	return append([]byte{version1}, e.id[:]...)
}

// made tells whether the sealed value's prefix names this key.
func (e *envelope) made(sealed []byte) bool {
	return len(sealed) >= prefixSize && sealed[0] == version1 && [idSize]byte(sealed[1:prefixSize]) == e.id
}

func (e *envelope) seal(about []string, plain []byte) []byte {
	return e.aead.Seal(e.prefix(), nil, plain, joined(e.prefix(), about...))
}

func (e *envelope) open(about []string, sealed []byte) ([]byte, error) {
	if len(sealed) < Overhead || sealed[0] != version1 {
		return nil, ErrDamaged
	}
	if !e.made(sealed) {
		return nil, ErrForeignKey
	}
	plain, err := e.aead.Open(nil, nil, sealed[prefixSize:], joined(e.prefix(), about...))
	if err != nil {
		return nil, ErrDamaged
	}
	return plain, nil
}
