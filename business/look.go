package business

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// Look is the page of how a business's pages look.
type Look struct {
	Business waitlist.Business
	Plate    Plate
	Removed  string // hash of the logo that was taken off last and can be restored; empty: none
	Form     ColourForm
}

// ColourForm is what is chosen as the colour of the business. A browser sends it twice, as picked and as typed.
type ColourForm struct {
	Colour  string `form:"colour"` // as typed; empty: the program's own
	Picked  string `form:"picked"` // by the browser's own picker
	Was     string `form:"was"`    // both, when the form was made
	Version string `form:"version"`
}

// ProgramColour is what the picker shows of a business that has chosen none.
const ProgramColour = "#4a4fd0"

// Look reads how a business's pages look.
func (b *Business) Look(ctx context.Context, tenantID int64) (Look, error) {
	shown, err := b.waitlist.Business(ctx, tenantID)
	if err != nil {
		return Look{}, err
	}
	p, err := readProfile(ctx, b.db.Queries, tenantID)
	if err != nil {
		return Look{}, err
	}
	look := Look{Business: shown, Form: ColourForm{Colour: p.Colour, Picked: p.Colour, Was: p.Colour, Version: strconv.Itoa(p.Version)}}
	if p.Colour == "" {
		look.Form.Picked = ProgramColour
	}
	state, err := b.db.LogoState(ctx, tenantID)
	switch {
	case err != nil && !db.IsNone(err):
		return Look{}, db.Down(fmt.Errorf("reading the logo: %w", err))
	case shown.Look.Logo.Hash != "":
		look.Plate = Plate(state.Plate)
	default:
		look.Removed = state.Hash
	}
	return look, nil
}

// Chosen is the colour that is meant: what was typed, unless only the picker was used. ok is false for none, and for what is no colour.
func (f ColourForm) Chosen() (c rules.Colour, ok bool) {
	typed, untouched := rules.ParseColour(f.Colour)
	was, had := rules.ParseColour(f.Was)
	picked, isPicked := rules.ParseColour(f.Picked)
	still := untouched && had && typed == was || f.Colour == "" && f.Was == ""
	start := was
	if !had {
		start, _ = rules.ParseColour(ProgramColour)
	}
	if still && isPicked && picked != start {
		return picked, true
	}
	return typed, untouched
}

// ChangeColour gives a business's pages and emails its colour, or the program's own when none is chosen. Refused field is colour;
// problem.Conflict when it was changed since the form was made.
func (b *Business) ChangeColour(ctx context.Context, s waitlist.Staff, f ColourForm) error {
	chosen, ok := f.Chosen()
	text := ""
	switch {
	case ok:
		text = chosen.String()
	case f.Colour != "":
		return problem.Invalid(problem.Bad("colour", "profile.bad.colour"))
	}
	err := b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := makeProfile(ctx, tx, s.TenantID); err != nil {
			return err
		}
		version, _ := strconv.Atoi(f.Version) // a version that is no number matches no row
		n, err := tx.SetColour(ctx, db.SetColourParams{Colour: text, TenantID: s.TenantID, Version: version})
		if err := unlessStale(n, err); err != nil {
			return err
		}
		return note(ctx, tx, s, "colour.change", "settings", s.TenantID, detail{"colour": text})
	})
	return b.wake(ctx, s.TenantID, Touched{}, err)
}

// PutLogo gives a business a logo in place of the one it had. over is the hash of that one, "" for none; problem.Conflict when it is another by now.
// A nil over replaces whatever there is. Refused field is logo.
func (b *Business) PutLogo(ctx context.Context, s waitlist.Staff, file []byte, over *string) error {
	picture, err := drawLogo(file)
	if err != nil {
		return err
	}
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := lockLogo(ctx, tx, s.TenantID, over); err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		err = tx.PutLogo(ctx, db.PutLogoParams{
			TenantID: s.TenantID, Image: picture.png, Hash: picture.hash(), Width: picture.width, Height: picture.height, Plate: string(picture.plate), CreatedAt: now,
		})
		if err != nil {
			return fmt.Errorf("keeping a logo: %w", err)
		}
		return note(ctx, tx, s, "logo.put", "settings", s.TenantID, detail{"hash": picture.hash(), "width": picture.width, "height": picture.height})
	})
	return b.wake(ctx, s.TenantID, Touched{}, err)
}

// lockLogo locks the logo of a business, and the settings first: there may be no logo to lock. It fails with problem.Conflict unless the hash of
// the one that is shown is over, which may be nil.
func lockLogo(ctx context.Context, tx *db.Tx, tenantID int64, over *string) error {
	if _, err := tx.LockSettings(ctx, tenantID); err != nil {
		return fmt.Errorf("locking the settings: %w", err)
	}
	row, err := tx.LockLogo(ctx, tenantID)
	if err != nil && !db.IsNone(err) {
		return fmt.Errorf("locking the logo: %w", err)
	}
	shown := row.Hash
	if row.RemovedAt != nil {
		shown = ""
	}
	if over != nil && *over != shown {
		return problem.New(problem.Conflict, "profile.bad.other_logo")
	}
	return nil
}

// RemoveLogo takes the logo with this hash off all pages. One that is gone already stays so.
func (b *Business) RemoveLogo(ctx context.Context, s waitlist.Staff, hash string) error {
	return b.turnLogo(ctx, s, "logo.remove", hash, func(ctx context.Context, tx *db.Tx, now *time.Time) (int64, error) {
		return tx.RemoveLogo(ctx, db.RemoveLogoParams{TenantID: s.TenantID, Hash: hash, At: now})
	})
}

// RestoreLogo brings the logo with this hash back; problem.Conflict when another has taken its place.
func (b *Business) RestoreLogo(ctx context.Context, s waitlist.Staff, hash string) error {
	return b.turnLogo(ctx, s, "logo.restore", hash, func(ctx context.Context, tx *db.Tx, _ *time.Time) (int64, error) {
		return tx.RestoreLogo(ctx, db.RestoreLogoParams{TenantID: s.TenantID, Hash: hash})
	})
}

func (b *Business) turnLogo(ctx context.Context, s waitlist.Staff, action, hash string, turn func(context.Context, *db.Tx, *time.Time) (int64, error)) error {
	err := b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		n, err := turn(ctx, tx, &now)
		if err != nil {
			return fmt.Errorf("%s: %w", action, err)
		}
		if n == 1 {
			return note(ctx, tx, s, action, "settings", s.TenantID, detail{"hash": hash})
		}
		state, err := tx.LogoState(ctx, s.TenantID)
		if state, err = found(state, err, "profile.bad.no_logo"); err != nil {
			return err
		}
		if state.Hash != hash {
			return problem.New(problem.Conflict, "profile.bad.other_logo")
		}
		return nil // pressed twice
	})
	return b.wake(ctx, s.TenantID, Touched{}, err)
}

// LogoImage is the logo of the business at this public address, a PNG, with its hash. problem.NotFound when it has none.
func (b *Business) LogoImage(ctx context.Context, slug string) (png []byte, hash string, err error) {
	row, err := b.db.GetLogoBySlug(ctx, slug)
	row, err = found(row, err, "profile.bad.no_logo")
	return row.Image, row.Hash, err
}
