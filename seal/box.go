package seal

import "fmt"

// Where is the place a sealed value belongs to. A value moved to another
// business, table, column or row does not open there.
type Where struct {
	Tenant int64
	Table  string
	Column string
	Row    string // the row's public id
}

func (w Where) parts() []string {
	return []string{"box", number(w.Tenant), w.Table, w.Column, w.Row}
}

// Box seals the personal data of one business. Safe for concurrent use.
type Box struct{ key *envelope }

// NewBox makes the box of the business whose data key is k.
func NewBox(k Key) *Box { return &Box{key: newEnvelope(k)} }

// Seal gives plain in sealed form, Overhead bytes longer; each call gives
// different bytes. The empty string is sealed like any other.
func (b *Box) Seal(w Where, plain string) []byte {
	return b.key.seal(w.parts(), []byte(plain))
}

// Open gives back what was sealed for this place; "" for nil or no bytes, which
// is what an absent value is. The error is ErrForeignKey or ErrDamaged with
// the table and column.
func (b *Box) Open(w Where, sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	plain, err := b.key.open(w.parts(), sealed)
	if err != nil {
		return "", fmt.Errorf("open %s.%s: %w", w.Table, w.Column, err)
	}
	return string(plain), nil
}
