package seal

import (
	"encoding/hex"
	"testing"
)

func TestASignatureIsGoodForWhatWasSignedAlone(t *testing.T) {
	s := NewSigner(testKey(1))
	signature := s.Sign("head", "7", "100")
	if !s.Signed(signature, "head", "7", "100") {
		t.Error("it is not known again")
	}
	for name, good := range map[string]bool{
		"another kind":         s.Signed(signature, "heads", "7", "100"),
		"another part":         s.Signed(signature, "head", "7", "101"),
		"digits moved between": s.Signed(signature, "head", "71", "00"),
		"a part less":          s.Signed(signature, "head", "7100"),
		"another key's":        NewSigner(testKey(2)).Signed(signature, "head", "7", "100"),
		"none":                 s.Signed(nil, "head", "7", "100"),
		"a shorter one":        s.Signed(signature[:31], "head", "7", "100"),
	} {
		if good {
			t.Errorf("%s is taken", name)
		}
	}
}

// Signed rows outlive a release, so what Sign gives may not change.
func TestSignaturesStayAsTheyWere(t *testing.T) {
	if got := hex.EncodeToString(NewSigner(testKey(1)).Sign("head", "7", "100")); got != "908b976a0d5888bf93ca723c2f13950be83426f6d7f07e1ccdfc6aa3c6354f9f" {
		t.Errorf("the signature is %s", got)
	}
}
