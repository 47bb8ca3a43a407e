package accounts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

// LogIn is what a person types to log in.
type LogIn struct {
	Email    string
	Password string
	Address  string // network address the request came from
}

// LoggedIn is a session that has just begun, or a log-in that waits for the second factor.
type LoggedIn struct {
	Token      string // random id, for the cookie; empty while Pending
	Pending    string // random id of the log-in that waits, see FinishLogIn; empty once there is a session
	Businesses int    // how many the user may work in; the session is for the one they belong to the longest
	Recovered  bool   // by a recovery code: their phone may be gone
}

// LogIn lets a user in: problem.InvalidInput for an address or password that isn't right, without telling which, Limited after too many
// tries, Forbidden for a user who belongs to no business any more.
func (a *Accounts) LogIn(ctx context.Context, f LogIn) (LoggedIn, error) {
	if f.Email == "" || f.Password == "" {
		return LoggedIn{}, missing(f)
	}
	attempts := logInAttempts(f.Email, f.Address)
	if err := a.attemptAt(ctx, attempts...); err != nil {
		if problem.KindOf(err) == problem.Limited {
			err = errors.Join(err, a.noteRefusals(ctx, f.Email))
		}
		return LoggedIn{}, err
	}
	user, err := a.userWith(ctx, f.Email, f.Password)
	if err != nil {
		return LoggedIn{}, err
	}
	return a.begin(ctx, user, f)
}

func missing(f LogIn) error {
	var r reading
	if f.Email == "" {
		r.refuse("email", "problem.required")
	}
	if f.Password == "" {
		r.refuse("password", "problem.required")
	}
	return r.err()
}

func wrongLogIn() error { return problem.New(problem.InvalidInput, "account.bad.log_in") }

// userWith is the user with this address and password. It takes as long when there is none.
func (a *Accounts) userWith(ctx context.Context, email, password string) (db.User, error) {
	user, err := a.db.GetUserByEmail(ctx, a.db.Lookup().Email(0, email))
	if errors.Is(err, sql.ErrNoRows) {
		seal.DummyPasswordCheck(ctx, password)
		return db.User{}, wrongLogIn()
	}
	if err != nil {
		return db.User{}, db.Down(fmt.Errorf("reading a user: %w", err))
	}
	ok, err := seal.CheckPassword(ctx, user.PasswordHash, password)
	if err != nil {
		return db.User{}, fmt.Errorf("checking the password of user %d: %w", user.ID, err)
	}
	if !ok {
		return db.User{}, wrongLogIn()
	}
	return user, nil
}

// begin makes the session of a user whose password was right a moment ago.
func (a *Accounts) begin(ctx context.Context, user db.User, f LogIn) (LoggedIn, error) {
	fresh := user.PasswordHash
	if seal.NeedsRehash(fresh) {
		var err error
		if fresh, err = seal.HashPassword(ctx, f.Password); err != nil {
			return LoggedIn{}, fmt.Errorf("hashing a password: %w", err)
		}
	}
	var in LoggedIn
	err := a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		locked, err := tx.LockUser(ctx, user.ID)
		if err != nil {
			return fmt.Errorf("locking user %d: %w", user.ID, err)
		}
		if locked.PasswordHash != user.PasswordHash {
			return wrongLogIn() // changed since: what was right then is wrong now
		}
		if fresh != locked.PasswordHash {
			if _, err := tx.SetPassword(ctx, db.SetPasswordParams{ID: user.ID, PasswordHash: fresh}); err != nil {
				return fmt.Errorf("hashing the password of user %d again: %w", user.ID, err)
			}
		}
		belongs, err := tx.MembershipsOfUser(ctx, user.ID)
		if err != nil {
			return fmt.Errorf("reading the businesses of user %d: %w", user.ID, err)
		}
		if len(belongs) == 0 {
			return problem.New(problem.Forbidden, "account.bad.no_business")
		}
		if in, err = enter(ctx, tx, user.ID, belongs[0].TenantID); err != nil {
			return err
		}
		in.Businesses = len(belongs)
		return tx.ForgetAttempts(ctx, a.db.Lookup().Attempt("log in", seal.NormalEmail(f.Email)+" "+network(f.Address)))
	})
	return in, err
}
