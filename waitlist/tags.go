package waitlist

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

// Tag is a word that a business gives to customers, such as "Regular". A customer bears it on every entry.
type Tag struct {
	ID        string // public id
	Name      string
	Colour    string // one of TagColours
	Customers int    // who bear it; only as Tags counts them
	Version   int
}

// TagColours are the colours that a tag may have; the pages know how each is drawn in light and dark.
func TagColours() []string {
	return []string{"grey", "blue", "green", "yellow", "orange", "red", "pink", "purple"}
}

const (
	tagNameMost = 30 // letters
	tagsMost    = 50 // of one business
)

// TagForm is a tag as it was typed. Version is that of the tag when the form was made.
type TagForm struct {
	Name, Colour string
	Version      int
	Press        string
}

// Tags are the business's tags in order of name, with how many customers bear each.
func (w *Waitlist) Tags(ctx context.Context, tenantID int64) ([]Tag, error) {
	rows, err := w.db.ListTags(ctx, tenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading tags: %w", err))
	}
	counts, err := w.db.CountTagged(ctx, tenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("counting who bears tags: %w", err))
	}
	bear := map[int64]int{}
	for _, c := range counts {
		bear[c.TagID] = int(c.Customers)
	}
	tags := make([]Tag, len(rows))
	for i, t := range rows {
		tags[i] = Tag{ID: t.PublicID, Name: t.Name, Colour: t.Colour, Customers: bear[t.ID], Version: t.Version}
	}
	return tags, nil
}

// Tag is one tag in use. Fails with NotFound.
func (w *Waitlist) Tag(ctx context.Context, tenantID int64, id string) (Tag, error) {
	row, err := w.tagOf(ctx, tenantID, id)
	if err == nil && row.LiveName == nil {
		err = notFound("list.problem.no_such_tag")
	}
	return Tag{ID: row.PublicID, Name: row.Name, Colour: row.Colour, Version: row.Version}, err
}

func (w *Waitlist) tagOf(ctx context.Context, tenantID int64, id string) (db.Tag, error) {
	row, err := w.db.GetTagByPublicID(ctx, db.GetTagByPublicIDParams{TenantID: tenantID, PublicID: id})
	return found(row, err, "list.problem.no_such_tag")
}

func (f TagForm) read() (TagForm, error) {
	f.Name = strings.Join(strings.Fields(f.Name), " ")
	var bad []problem.Field
	if field := textField("name", f.Name, 1, tagNameMost); field != nil {
		bad = append(bad, *field)
	}
	if !slices.Contains(TagColours(), f.Colour) {
		bad = append(bad, problem.Bad("colour", "list.problem.choose"))
	}
	if len(bad) > 0 {
		return f, problem.Invalid(bad...)
	}
	return f, nil
}

func liveName(name string) *string {
	lower := strings.ToLower(name)
	return &lower
}

var errSameTag = problem.Invalid(problem.Bad("name", "list.problem.tag_taken"))

// AddTag makes a tag and gives its public id. Fails with Invalid naming the field, also when there is one of that name.
func (w *Waitlist) AddTag(ctx context.Context, s Staff, f TagForm) (id string, err error) {
	if f, err = f.read(); err != nil {
		return "", err
	}
	err = w.inTx(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		id = seal.PublicID()
		earlier, fresh, err := tx.Press(ctx, s.TenantID, f.Press, id)
		if err != nil || !fresh {
			id = earlier
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		tags, err := tx.ListTags(ctx, s.TenantID)
		if err != nil {
			return fmt.Errorf("reading tags: %w", err)
		}
		if len(tags) >= tagsMost {
			return problem.Invalid(problem.Bad("name", "list.problem.too_many_tags", "Most", tagsMost))
		}
		err = tx.AddTag(ctx, db.AddTagParams{TenantID: s.TenantID, PublicID: id, Name: f.Name, LiveName: liveName(f.Name), Colour: f.Colour, CreatedAt: now})
		if db.IsDuplicate(err) {
			return errSameTag
		}
		if err != nil {
			return fmt.Errorf("adding a tag: %w", err)
		}
		row, err := tx.GetTagByPublicID(ctx, db.GetTagByPublicIDParams{TenantID: s.TenantID, PublicID: id})
		if err != nil {
			return fmt.Errorf("reading a new tag: %w", err)
		}
		return noteTag(ctx, tx, s, "tag.add", row)
	})
	return id, err
}

// ChangeTag gives a tag another name or colour. Fails with Invalid naming the field, Conflict when it was changed meanwhile.
func (w *Waitlist) ChangeTag(ctx context.Context, s Staff, id string, f TagForm) error {
	f, err := f.read()
	if err != nil {
		return err
	}
	return w.changeTag(ctx, s, id, "tag.change", func(ctx context.Context, tx *db.Tx, row db.Tag) (bool, error) {
		if row.LiveName == nil {
			return false, notFound("list.problem.no_such_tag")
		}
		if row.Name == f.Name && row.Colour == f.Colour {
			return false, nil
		}
		n, err := tx.ChangeTag(ctx, db.ChangeTagParams{Name: f.Name, LiveName: liveName(f.Name), Colour: f.Colour, TenantID: row.TenantID, ID: row.ID, Version: f.Version})
		switch {
		case db.IsDuplicate(err):
			return false, errSameTag
		case err == nil && n == 0:
			return false, problem.New(problem.Conflict, "list.problem.tag_changed")
		}
		return true, wrap(err, "changing a tag")
	})
}

// RemoveTag takes a tag out of use; who bore it is kept for RestoreTag. Repeating it changes nothing.
func (w *Waitlist) RemoveTag(ctx context.Context, s Staff, id string) error {
	return w.RemoveTagAt(ctx, s, id, 0)
}

// RemoveTagAt is RemoveTag of a tag in the version in which it was read; 0: in whichever. Fails with Conflict when it was changed since.
func (w *Waitlist) RemoveTagAt(ctx context.Context, s Staff, id string, version int) error {
	return w.changeTag(ctx, s, id, "tag.remove", func(ctx context.Context, tx *db.Tx, row db.Tag) (bool, error) {
		if version != 0 && row.Version != version {
			return false, problem.New(problem.Conflict, "list.problem.tag_changed")
		}
		changed, err := moved(tx.RemoveTag(ctx, db.RemoveTagParams{TenantID: row.TenantID, ID: row.ID}))
		return changed, wrap(err, "removing a tag")
	})
}

// RestoreTag brings a removed tag back to all who bore it. Fails with Conflict when another has its name now.
func (w *Waitlist) RestoreTag(ctx context.Context, s Staff, id string) error {
	return w.changeTag(ctx, s, id, "tag.restore", func(ctx context.Context, tx *db.Tx, row db.Tag) (bool, error) {
		changed, err := moved(tx.RestoreTag(ctx, db.RestoreTagParams{LiveName: liveName(row.Name), TenantID: row.TenantID, ID: row.ID}))
		if db.IsDuplicate(err) {
			return false, problem.New(problem.Conflict, "list.problem.tag_taken")
		}
		return changed, wrap(err, "restoring a tag")
	})
}

func (w *Waitlist) changeTag(ctx context.Context, s Staff, id, action string, act func(context.Context, *db.Tx, db.Tag) (bool, error)) error {
	tag, err := w.tagOf(ctx, s.TenantID, id)
	if err != nil {
		return err
	}
	return w.inTx(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		row, err := tx.LockTag(ctx, db.LockTagParams{TenantID: tag.TenantID, ID: tag.ID})
		if err != nil {
			return fmt.Errorf("locking a tag: %w", err)
		}
		changed, err := act(ctx, tx, row)
		if err != nil || !changed {
			return err
		}
		return noteTag(ctx, tx, s, action, row)
	})
}

func noteTag(ctx context.Context, tx *db.Tx, s Staff, action string, row db.Tag) error {
	return audit.Note(ctx, tx, audit.Entry{TenantID: s.TenantID, By: s.Actor(), Action: action, Record: "tags", RecordID: row.ID})
}

// tagsOf are the tags that the customers of entries bear, by customer.
func (w *Waitlist) tagsOf(ctx context.Context, entries []db.Entry) (map[int64][]Tag, error) {
	ids := make([]int64, len(entries))
	for i, e := range entries {
		ids[i] = e.CustomerID
	}
	return w.tagsBorne(ctx, entries[0].TenantID, ids)
}

// tagsBorne are the tags of customers, by customer.
func (w *Waitlist) tagsBorne(ctx context.Context, tenantID int64, customerIDs []int64) (map[int64][]Tag, error) {
	rows, err := w.db.TagsOfCustomers(ctx, db.TagsOfCustomersParams{TenantID: tenantID, CustomerIds: customerIDs})
	tags := map[int64][]Tag{}
	for _, t := range rows {
		tags[t.CustomerID] = append(tags[t.CustomerID], Tag{ID: t.PublicID, Name: t.Name, Colour: t.Colour})
	}
	return tags, db.Down(wrap(err, "reading the tags of customers"))
}

// TagCustomer gives the customer of an entry tags and takes others from them, by public id. What they bear already, or don't, stays
// so; tags that are neither given nor taken stay as they are, whoever changed them meanwhile.
func (w *Waitlist) TagCustomer(ctx context.Context, s Staff, entryID string, give, take []string) error {
	entry, err := w.entryOf(ctx, s, entryID)
	if err != nil {
		return err
	}
	return w.tagCustomer(ctx, s, entry.CustomerID, give, take)
}

// TagCustomerOf is TagCustomer for a customer who is named themselves.
func (w *Waitlist) TagCustomerOf(ctx context.Context, s Staff, customerID string, give, take []string) error {
	c, err := w.customerOf(ctx, s.TenantID, customerID)
	if err != nil {
		return err
	}
	return w.tagCustomer(ctx, s, c.ID, give, take)
}

func (w *Waitlist) tagCustomer(ctx context.Context, s Staff, customerID int64, give, take []string) error {
	rows := map[string]db.Tag{}
	for field, ids := range map[string][]string{"give": give, "take": take} {
		for _, id := range ids {
			row, err := w.tagOf(ctx, s.TenantID, id)
			switch {
			case problem.KindOf(err) == problem.NotFound, err == nil && row.LiveName == nil && field == "give":
				return problem.Invalid(problem.Bad(field, "list.problem.no_such_tag"))
			case err != nil:
				return err
			}
			rows[id] = row
		}
	}
	return w.inTx(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.LockCustomer(ctx, db.LockCustomerParams{TenantID: s.TenantID, ID: customerID}); err != nil {
			return fmt.Errorf("locking a customer: %w", err)
		}
		for _, id := range give {
			if _, err := giveTag(ctx, tx, s, rows[id].ID, customerID); err != nil {
				return err
			}
		}
		for _, id := range take {
			if _, err := takeTag(ctx, tx, s, rows[id].ID, customerID); err != nil {
				return err
			}
		}
		return nil
	})
}

// giveTag gives a locked customer a tag, and tells whether they did not bear it before.
func giveTag(ctx context.Context, tx *db.Tx, s Staff, tagID, customerID int64) (bool, error) {
	_, bears, err := maybe(tx.FindCustomerTag(ctx, db.FindCustomerTagParams{TenantID: s.TenantID, TagID: tagID, CustomerID: customerID}))
	if err != nil || bears {
		return false, wrap(err, "reading a tag of a customer")
	}
	now, err := tx.Now(ctx)
	if err != nil {
		return false, err
	}
	if err := tx.GiveTag(ctx, db.GiveTagParams{TenantID: s.TenantID, TagID: tagID, CustomerID: customerID, GivenAt: now}); err != nil {
		return false, fmt.Errorf("giving a tag: %w", err)
	}
	return true, noteCustomerTag(ctx, tx, s, "customer.tag", tagID, customerID)
}

// takeTag takes a tag from a locked customer, and tells whether they bore it.
func takeTag(ctx context.Context, tx *db.Tx, s Staff, tagID, customerID int64) (bool, error) {
	bore, err := moved(tx.TakeTag(ctx, db.TakeTagParams{TenantID: s.TenantID, TagID: tagID, CustomerID: customerID}))
	if err != nil || !bore {
		return false, wrap(err, "taking a tag")
	}
	return true, noteCustomerTag(ctx, tx, s, "customer.untag", tagID, customerID)
}

func noteCustomerTag(ctx context.Context, tx *db.Tx, s Staff, action string, tagID, customerID int64) error {
	tag, err := tx.GetTag(ctx, db.GetTagParams{TenantID: s.TenantID, ID: tagID})
	if err != nil {
		return fmt.Errorf("reading a tag: %w", err)
	}
	return audit.Note(ctx, tx, audit.Entry{
		TenantID: s.TenantID, By: s.Actor(), Action: action, Record: "customers", RecordID: customerID, Detail: map[string]string{"tag": tag.Name},
	})
}
