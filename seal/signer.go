package seal

import "crypto/hmac"

// Signer signs what only this installation may have written into its database. Whoever has the database alone can change what is
// signed, but not sign it.
type Signer struct{ digest digest }

// NewSigner makes the signer of the signing key k.
func NewSigner(k Key) Signer { return Signer{digest: newDigest(k)} }

// Sign gives the signature of the parts, 32 bytes. what says of what kind they are: a signature is good for its kind only.
func (s Signer) Sign(what string, parts ...string) []byte {
	return s.digest(append([]string{"signature", what}, parts...)...)
}

// Signed tells whether Sign gave this signature.
func (s Signer) Signed(signature []byte, what string, parts ...string) bool {
	return hmac.Equal(signature, s.Sign(what, parts...))
}
