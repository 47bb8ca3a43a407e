package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
)

// auditTrail checks the audit trails of all businesses or of one.
func auditTrail(ctx context.Context, args []string) error {
	what, err := readAudit(args)
	if err != nil {
		return err
	}
	o, err := open(ctx, true)
	if err != nil {
		return err
	}
	defer o.close()
	if err := o.database.LoadKeys(ctx); err != nil {
		return err
	}
	businesses, err := businessesOf(ctx, o.database, what.business)
	if err != nil {
		return err
	}
	return verify(ctx, audit.New(o.database, slog.Default()), businesses, what.noted, os.Stdout)
}

// auditRequest is what the command line asks for.
type auditRequest struct {
	business string // slug; empty: all
	noted    []audit.Head
}

func readAudit(args []string) (auditRequest, error) {
	var what auditRequest
	if len(args) == 0 || args[0] != "verify" {
		return what, usageError{"say what to do: verify"}
	}
	flags := flag.NewFlagSet("audit", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&what.business, "business", "", "")
	flags.Func("noted", "", func(text string) error {
		head, ok := audit.ParseHead(text)
		if !ok {
			return fmt.Errorf("want a head as it was printed, like 1234:9f3a…")
		}
		what.noted = append(what.noted, head)
		return nil
	})
	if err := flags.Parse(args[1:]); err != nil {
		return what, usageError{err.Error()}
	}
	if flags.NArg() > 0 {
		return what, usageError{fmt.Sprintf("%q is not understood", flags.Arg(0))}
	}
	if len(what.noted) > 0 && what.business == "" {
		return what, usageError{"--noted needs --business: each business has a trail of its own"}
	}
	return what, nil
}

// businessesOf are the businesses with this slug, or all of them.
func businessesOf(ctx context.Context, d *db.DB, slug string) ([]db.Tenant, error) {
	if slug != "" {
		one, err := d.GetTenantBySlug(ctx, slug)
		if db.IsNone(err) {
			return nil, fmt.Errorf("there is no business %q", slug)
		}
		return []db.Tenant{one}, err
	}
	ids, err := d.TenantIDs(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]db.Tenant, len(ids))
	for i, id := range ids {
		if list[i], err = d.GetTenant(ctx, id); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// verify says of each business whether its trail is whole, and fails when one isn't.
func verify(ctx context.Context, trail *audit.Trail, businesses []db.Tenant, noted []audit.Head, out io.Writer) error {
	broken := 0
	for _, one := range businesses {
		report, err := trail.Verify(ctx, one.ID, noted...)
		if err != nil {
			return err
		}
		printReport(out, one.Slug, report)
		if !report.Whole() {
			broken++
		}
	}
	switch {
	case broken > 0:
		return fmt.Errorf("%d of %d audit trails are broken; docs/audit.md says what to do", broken, len(businesses))
	case len(businesses) > 0:
		fmt.Fprintln(out, "\nNote the heads down elsewhere: with --business and --noted, a later check tells whether all up to there is still the same.")
	default:
		fmt.Fprintln(out, "There is no business yet.")
	}
	return nil
}

func printReport(out io.Writer, slug string, r audit.Report) {
	switch {
	case r.Whole() && r.Checked == 0:
		fmt.Fprintf(out, "%s: nothing is linked yet\n", slug)
	case r.Whole():
		fmt.Fprintf(out, "%s: %d entries from %s to %s, none changed, none missing\n", slug, r.Checked, moment(r.From), moment(r.To))
	default:
		fmt.Fprintf(out, "%s: BROKEN in %d places, %d entries looked at\n", slug, r.Broken, r.Checked)
	}
	for _, f := range r.Faults {
		fmt.Fprintf(out, "  entry %d%s: %s\n", f.Sequence, row(f.EntryID), faultTexts[f.Kind])
	}
	if more := r.Broken - int64(len(r.Faults)); more > 0 {
		fmt.Fprintf(out, "  and %d more\n", more)
	}
	if r.Erased > 0 {
		fmt.Fprintf(out, "  %d reasons were erased; that they were given, and when, still stands\n", r.Erased)
	}
	if r.Waiting > 0 {
		fmt.Fprintf(out, "  %d entries are not linked yet: a running program does so within seconds\n", r.Waiting)
	}
	if r.Checked > 0 {
		fmt.Fprintf(out, "  head %s\n", r.Head)
	}
}

func moment(at time.Time) string { return at.UTC().Format("2006-01-02 15:04:05Z") }

func row(id int64) string {
	if id == 0 {
		return ""
	}
	return fmt.Sprintf(" (row %d of audit_entries)", id)
}

var faultTexts = map[audit.FaultKind]string{
	audit.FaultChanged: "it was changed or moved after it was linked",
	audit.FaultMissing: "it is missing",
	audit.FaultReason:  "its reason was changed after it was linked",
	audit.FaultAdded:   "it was added behind the end by something else than this program",
	audit.FaultCut:     "it is missing, and all after it: the trail was cut short",
	audit.FaultHead:    "the head was not written by this program with this ENCRYPTION_KEY: any entry may have been changed and linked anew",
	audit.FaultNoted:   "the trail does not have the head that was noted down: it was cut short or written anew since",
}
