package accounts

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

const (
	emailedLinkLasts  = time.Hour
	lostFromNetwork   = 20 // requests in a window from one place
	lostForOneAddress = 3  // emails in a window to one address
)

// LostPassword is what somebody types who can't log in.
type LostPassword struct {
	Email   string
	Locale  string // BCP 47, of the page
	Address string // network address the request came from
}

// LostPassword keeps the wish for a new password. It does not look whether the address has a login, so that neither its answer nor how long
// it takes can tell; SendPasswordLinks does, later. Errors are problem.InvalidInput with the field email, Limited after too many
// requests from one place. More requests for one address than are good for its mailbox are dropped without a word.
func (a *Accounts) LostPassword(ctx context.Context, f LostPassword) error {
	var r reading
	address := r.email(f.Email)
	if err := r.err(); err != nil {
		return err
	}
	if err := a.attemptAt(ctx, attempt{"lost password from", network(f.Address), lostFromNetwork}); err != nil {
		return err
	}
	switch err := a.attemptAt(ctx, attempt{"lost password of", seal.NormalEmail(address), lostForOneAddress}); {
	case problem.KindOf(err) == problem.Limited:
		return nil
	case err != nil:
		return err
	}
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		wish := db.AddPasswordRequestParams{EmailHash: tx.Lookup().Email(0, address), Locale: f.Locale, AskedAt: now}
		if err := tx.AddPasswordRequest(ctx, wish); err != nil {
			return fmt.Errorf("keeping the wish for a new password: %w", err)
		}
		return nil
	})
}

// SendPasswordLinks owes everybody who wished for a new password, and has a login, the email with a link. It says how many it owes now.
func (a *Accounts) SendPasswordLinks(ctx context.Context) (int, error) {
	wishes, err := a.db.PasswordRequests(ctx)
	if err != nil {
		return 0, db.Down(fmt.Errorf("reading the wishes for a new password: %w", err))
	}
	owed := 0
	for _, wish := range wishes {
		known, err := a.sendPasswordLink(ctx, wish)
		if err != nil {
			return owed, err
		}
		if known {
			owed++
		}
	}
	return owed, nil
}

// sendPasswordLink takes a wish, once however many programs try. The link takes the place of an earlier one.
func (a *Accounts) sendPasswordLink(ctx context.Context, wish db.PasswordRequest) (known bool, err error) {
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		known = false
		n, err := tx.TakePasswordRequest(ctx, wish.ID)
		if err != nil || n != 1 {
			return err
		}
		user, err := tx.GetUserByEmail(ctx, wish.EmailHash)
		if absent(err) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading a user: %w", err)
		}
		if _, err := tx.LockUser(ctx, user.ID); err != nil {
			return fmt.Errorf("locking user %d: %w", user.ID, err)
		}
		known = true
		if err := owePasswordLink(ctx, tx, user, wish.Locale); err != nil {
			return err
		}
		return noteEverywhere(ctx, tx, audit.Program, "login.send_password_link", user.ID)
	})
	return known, err
}

func owePasswordLink(ctx context.Context, tx *db.Tx, user db.User, locale string) error {
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	if err := tx.DropPasswordLink(ctx, user.ID); err != nil {
		return fmt.Errorf("dropping an earlier link: %w", err)
	}
	until := now.Add(emailedLinkLasts)
	link := db.AddEmailedPasswordLinkParams{
		UserID: user.ID, TokenHash: seal.HashToken(tx.Tokens().Reset(user.PublicID, now)), CreatedAt: now, ExpiresAt: until,
	}
	if err := tx.AddEmailedPasswordLink(ctx, link); err != nil {
		return fmt.Errorf("adding a password link: %w", err)
	}
	if user.Locale == "" {
		user.Locale = locale
	}
	return write(ctx, tx, user, outbox.UserMessage{
		Kind: outbox.PasswordLink, UsefulUntil: until,
		CauseKey: strings.Join([]string{user.PublicID, strconv.FormatInt(now.UnixMicro(), 10)}, "/"),
	})
}
