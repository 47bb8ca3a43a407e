package accounts

import (
	"net/url"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/your-org/waitlist-management/paths"
)

// program is what this is called wherever it stands among others.
const program = "Waitlist"

// At is the same use cases for people who come in under base, which alone says for which site passkeys are good and from where they are
// taken. Without it there are none.
func (a *Accounts) At(base paths.Base) *Accounts {
	here := *a
	here.passkeys = relyingParty(base)
	if u, err := url.Parse(string(base)); err == nil {
		here.site = program + " " + strings.ReplaceAll(u.Hostname(), ":", ".") // a colon would end it
	}
	return &here
}

// Site is what authenticators call this program.
func (a *Accounts) Site() string { return a.site }

// PasskeysWork says whether browsers do passkeys at the address people come in under: by a name over https, or on this machine itself.
func (a *Accounts) PasskeysWork() bool { return a.passkeys != nil }

func relyingParty(base paths.Base) *webauthn.WebAuthn {
	u, err := url.Parse(string(base))
	if err != nil || protocol.ValidateRPID(u.Hostname()) != nil {
		return nil
	}
	local := u.Hostname() == "localhost" || strings.HasSuffix(u.Hostname(), ".localhost")
	if !base.Secure() && !local {
		return nil
	}
	timeout := webauthn.TimeoutConfig{Timeout: challengeLasts, TimeoutUVD: challengeLasts} // enforced by the database's clock
	party, err := webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: program, RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			RequireResidentKey: protocol.ResidentKeyRequired(), ResidentKey: protocol.ResidentKeyRequirementRequired,
			UserVerification: protocol.VerificationRequired,
		},
		Timeouts: webauthn.TimeoutsConfig{Login: timeout, Registration: timeout},
	})
	if err != nil {
		return nil
	}
	return party
}

const challengeLasts = 5 * time.Minute
