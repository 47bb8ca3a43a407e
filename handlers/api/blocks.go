package api

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/waitlist"
)

// ListBlocks answers GET /blocks.
func (d *door) ListBlocks(c echo.Context, p spec.ListBlocksParams) error {
	after, err := placeOf(p.Cursor)
	if err != nil {
		return err
	}
	blocks, next, err := d.Waitlist.BlocksFrom(c.Request().Context(), staffOf(c).TenantID, after, limitOf(p.Limit))
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, spec.BlockList{Data: blocksShown(blocks), NextCursor: cursor(next)})
}

func blocksShown(blocks []waitlist.Block) []spec.Block {
	list := make([]spec.Block, len(blocks))
	for i, b := range blocks {
		list[i] = blockOf(b)
	}
	return list
}

func blockOf(b waitlist.Block) spec.Block {
	return spec.Block{ID: b.ID, Name: b.Name, Email: orNull(b.Email), Phone: orNull(b.Phone), Reason: b.Reason, By: orNull(b.By), BlockedAt: b.Blocked.UTC()}
}

// BlockPerson answers POST /blocks.
func (d *door) BlockPerson(c echo.Context, _ spec.BlockPersonParams) error {
	var asked spec.NewBlock
	if err := read(c, &asked); err != nil {
		return err
	}
	f := waitlist.BlockForm{
		Customer: or(asked.CustomerID, ""), Name: or(asked.Name, ""), Email: or(asked.Email, ""), Phone: or(asked.Phone, ""), Reason: asked.Reason, Entries: string(asked.Entries),
	}
	if f.Customer != "" {
		f.Email, f.Phone = blockedBy(asked.By, spec.NewBlockByEmail), blockedBy(asked.By, spec.NewBlockByPhone)
	}
	changed, err := d.Waitlist.Block(c.Request().Context(), staffOf(c), f)
	if err != nil {
		return err
	}
	blocks, err := d.Waitlist.BlocksOf(c.Request().Context(), staffOf(c), f)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, spec.Blocked{Blocks: blocksShown(blocks), EntriesChanged: changed})
}

// blockedBy ticks what a known customer is blocked by.
func blockedBy(asked *[]spec.NewBlockBy, way spec.NewBlockBy) string {
	if asked == nil || slices.Contains(*asked, way) {
		return "on"
	}
	return ""
}

// GetBlock answers GET /blocks/{block_id}.
func (d *door) GetBlock(c echo.Context, id spec.BlockID) error {
	b, err := d.Waitlist.BlockOf(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	return one(c, blockOf(b))
}

// UnblockPerson answers DELETE /blocks/{block_id}. A block never changes, so that there is nothing for the act to look at again.
func (d *door) UnblockPerson(c echo.Context, id spec.BlockID, _ spec.UnblockPersonParams) error {
	b, err := d.Waitlist.BlockOf(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	if err := unchanged(c, blockOf(b)); err != nil {
		return err
	}
	if err := d.Waitlist.Unblock(c.Request().Context(), staffOf(c), id); err != nil {
		return err
	}
	return done(c)
}
