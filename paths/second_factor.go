package paths

import "net/url"

// The second factor and passkeys: coming in with them, one's own, and what a business demands.
const (
	LoginCode             = "/login/code"
	LoginRecovery         = "/login/recovery"
	LoginPasskey          = "/login/passkey"
	LoginPasskeyChallenge = "/login/passkey/challenge"

	SecondFactor      = "/account/second-factor"
	SecondFactorStart = "/account/second-factor/start"
	SecondFactorSetUp = "/account/second-factor/set-up"
	SecondFactorOff   = "/account/second-factor/off"
	RecoveryCodes     = "/account/second-factor/codes"
	RecoveryCodesNew  = "/account/second-factor/codes/new"
	RecoveryCodesFile = "/account/second-factor/codes.txt"
	RecoveryCodesKept = "/account/second-factor/codes/kept"

	Passkeys            = "/account/passkeys"
	PasskeyChallenge    = "/account/passkeys/challenge"
	PasskeyProof        = "/account/passkeys/proof"
	PasskeyRoute        = "/account/passkeys/:id"
	PasskeyRemovalRoute = "/account/passkeys/:id/removal"

	SecondFactorDemand    = "/admin/users/second-factor"
	UserSecondFactorRoute = "/admin/users/:id/second-factor"
)

// Passkey is one of one's own passkeys, with its name.
func Passkey(id string) string { return fill(PasskeyRoute, id) }

// PasskeyRemoval asks whether a passkey may go, and takes the POST.
func PasskeyRemoval(id string) string { return fill(PasskeyRemovalRoute, id) }

// UserSecondFactor asks whether a login may do without its second factor, and takes the POST.
func UserSecondFactor(id string) string { return fill(UserSecondFactorRoute, id) }

// LoginCodeThen is where the second factor is asked for, to go on to next.
func LoginCodeThen(next string) string { return then(LoginCode, next) }

// LoginRecoveryThen likewise asks for a recovery code.
func LoginRecoveryThen(next string) string { return then(LoginRecovery, next) }

func then(path, next string) string {
	if next == Home {
		return path
	}
	return path + "?" + url.Values{"next": {next}}.Encode()
}
