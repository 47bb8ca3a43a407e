package mail

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"encoding/base64"
)

// signed tells whether a request of the event webhook bears the signature of one of the keys: ECDSA over its timestamp and its body, byte for
// byte as they came. How old the timestamp is doesn't matter: SendGrid repeats for a day, and each event counts once.
func signed(keys []*ecdsa.PublicKey, signature, timestamp string, body []byte) bool {
	der, err := base64.StdEncoding.DecodeString(signature)
	if err != nil || timestamp == "" {
		return false
	}
	hash := sha256.New()
	hash.Write([]byte(timestamp))
	hash.Write(body)
	sum := hash.Sum(nil)
	for _, key := range keys {
		if ecdsa.VerifyASN1(key, sum, der) {
			return true
		}
	}
	return false
}
