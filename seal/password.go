package seal

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// cost is what one Argon2id hash takes.
type cost struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

var (
	presentCost = cost{memory: 19 * 1024, passes: 2, threads: 1}
	worstCost   = cost{memory: 256 * 1024, passes: 16, threads: 16} // a stored hash that asks for more is refused
)

const (
	saltSize = 16
	hashSize = 32
)

// ErrPasswordHash says that a stored hash is not one we could have made.
var ErrPasswordHash = errors.New("seal: not an Argon2id hash")

// hashing caps how many hashes are computed at a time, 19 MiB each; the others
// wait for their turn or their context.
var hashing = make(chan struct{}, max(2, runtime.GOMAXPROCS(0)))

// HashPassword gives the Argon2id hash in PHC form, at most 100 ASCII bytes. It
// refuses more than PasswordMost bytes and gives ctx's error when ctx ends
// before a turn is free. Unicode spellings of one text are one password.
func HashPassword(ctx context.Context, password string) (string, error) {
	if len(password) > PasswordMost {
		return "", fmt.Errorf("seal: a password has at most %d bytes", PasswordMost)
	}
	salt := make([]byte, saltSize)
	rand.Read(salt)
	hash, err := derive(ctx, password, salt, presentCost, hashSize)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		presentCost.memory, presentCost.passes, presentCost.threads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(hash)), nil
}

// CheckPassword tells whether password is the one hashed. The error is
// ErrPasswordHash, or ctx's when ctx ends before a turn is free.
func CheckPassword(ctx context.Context, hash, password string) (ok bool, err error) {
	c, salt, want, err := parseHash(hash)
	if err != nil {
		return false, err
	}
	if len(password) > PasswordMost {
		return false, nil
	}
	got, err := derive(ctx, password, salt, c, uint32(len(want)))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

// DummyPasswordCheck takes as long as CheckPassword, for a user that does not
// exist: the time of an answer must not tell.
func DummyPasswordCheck(ctx context.Context, password string) {
	if len(password) <= PasswordMost {
		_, _ = derive(ctx, password, make([]byte, saltSize), presentCost, hashSize)
	}
}

// NeedsRehash tells whether a stored hash was made at another cost than today's;
// true also for what is no hash.
func NeedsRehash(hash string) bool {
	c, salt, key, err := parseHash(hash)
	return err != nil || c != presentCost || len(salt) != saltSize || len(key) != hashSize
}

func derive(ctx context.Context, password string, salt []byte, c cost, size uint32) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(norm.NFKC.String(password)), salt, c.passes, c.memory, c.threads, size), nil
}

func parseHash(hash string) (c cost, salt, key []byte, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return cost{}, nil, nil, ErrPasswordHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.threads); err != nil ||
		parts[3] != fmt.Sprintf("m=%d,t=%d,p=%d", c.memory, c.passes, c.threads) ||
		c.passes < 1 || c.passes > worstCost.passes || c.threads < 1 || c.threads > worstCost.threads ||
		c.memory < 8*uint32(c.threads) || c.memory > worstCost.memory {
		return cost{}, nil, nil, ErrPasswordHash
	}
	strict := base64.RawStdEncoding.Strict()
	if salt, err = strict.DecodeString(parts[4]); err != nil || len(salt) < 8 || len(salt) > 64 {
		return cost{}, nil, nil, ErrPasswordHash
	}
	if key, err = strict.DecodeString(parts[5]); err != nil || len(key) < 16 || len(key) > 64 {
		return cost{}, nil, nil, ErrPasswordHash
	}
	return c, salt, key, nil
}
