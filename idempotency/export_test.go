package idempotency

// HashOf is what stands in the database for a name.
func HashOf(n Name) []byte { return n.hash() }
