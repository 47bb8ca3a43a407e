package paths

// The keys with which other programs come in. The page of all of them takes the POST of a new one, a key's own page that of its changes, and
// the page of its rotation that of another secret: what both POSTs answer with shows the secret, which no address leads to again.
const (
	Keys               = "/admin/keys"
	NewKey             = "/admin/keys/new"
	KeyRoute           = "/admin/keys/:id"
	KeyRotationRoute   = "/admin/keys/:id/rotation"
	KeyOldSecretRoute  = "/admin/keys/:id/old-secret/ending"
	KeyRevocationRoute = "/admin/keys/:id/revocation"
)

// Key is one API key.
func Key(id string) string { return fill(KeyRoute, id) }

// KeyRotation is where it gets another secret.
func KeyRotation(id string) string { return fill(KeyRotationRoute, id) }

// KeyOldSecret takes the POST that ends the grace of its old secret.
func KeyOldSecret(id string) string { return fill(KeyOldSecretRoute, id) }

// KeyRevocation takes the POST that ends the key.
func KeyRevocation(id string) string { return fill(KeyRevocationRoute, id) }
