package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"github.com/your-org/waitlist-management/db"
)

// Hash is the SHA-256 of an entry and of the hash before it: the zero Hash for the first.
type Hash [sha256.Size]byte

// String is the hash in hexadecimal digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// atLayout is how the moment of an entry is written where it is hashed: UTC, to the microsecond.
const atLayout = "2006-01-02T15:04:05.000000Z"

// hashOf is the hash of an entry at a place of its business's chain. Each part is written with its length before it, so that nothing
// can be moved from one to the next. What is hashed is told to the world (docs/audit.md): another way needs another first part, and the
// old one for what was linked before.
func hashOf(e db.AuditEntry, sequence int64, previous Hash, reason []byte) Hash {
	actorID := ""
	if e.ActorID != nil {
		actorID = decimal(*e.ActorID)
	}
	var text []byte
	for _, part := range []string{
		"waitlist audit entry 1", decimal(e.TenantID), decimal(sequence), decimal(e.ID), e.At.UTC().Format(atLayout),
		e.Actor, actorID, e.Action, e.Record, decimal(e.RecordID), e.Detail, hex.EncodeToString(reason), previous.String(),
	} {
		text = strconv.AppendInt(text, int64(len(part)), 10)
		text = append(text, ':')
		text = append(text, part...)
		text = append(text, ',')
	}
	return sha256.Sum256(text)
}

// reasonHash stands for a sealed reason in the chain, so that the reason can be erased and the chain still be checked; nil when none
// was given.
func reasonHash(sealed []byte) []byte {
	if len(sealed) == 0 {
		return nil
	}
	digest := sha256.Sum256(sealed)
	return digest[:]
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

// Head is where a chain ends: so many entries, and the hash of the last. To note it down elsewhere is to be able to tell, later, that
// nothing before it was changed, by whomever.
type Head struct {
	Length int64
	Hash   Hash
}

// HeadOf is the head that a row keeps.
func HeadOf(row db.AuditHead) Head {
	h := Head{Length: row.Length}
	copy(h.Hash[:], row.Hash)
	return h
}

// String is the head as one notes it down: length, colon, hash.
func (h Head) String() string { return decimal(h.Length) + ":" + h.Hash.String() }

// ParseHead reads what String wrote.
func ParseHead(text string) (h Head, ok bool) {
	for i, c := range text {
		if c != ':' {
			continue
		}
		n, err := strconv.ParseInt(text[:i], 10, 64)
		hash, hexErr := hex.DecodeString(text[i+1:])
		if err != nil || hexErr != nil || n < 1 || len(hash) != len(h.Hash) {
			return Head{}, false
		}
		return Head{Length: n, Hash: Hash(hash)}, true
	}
	return Head{}, false
}

// headParts are what the signature of a head is about.
func (h Head) parts(tenantID int64) []string { return []string{decimal(tenantID), h.String()} }

func (t *Trail) sign(tenantID int64, h Head) []byte {
	return t.db.Signer().Sign("audit head 1", h.parts(tenantID)...)
}

func (t *Trail) signed(row db.AuditHead) bool {
	return t.db.Signer().Signed(row.Signature, "audit head 1", HeadOf(row).parts(row.TenantID)...)
}

func stored(hash []byte) (h Hash) {
	copy(h[:], hash)
	return h
}
