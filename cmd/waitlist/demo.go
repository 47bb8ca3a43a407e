package main

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/sim"
)

// demoDir is the demo's own data folder, unless DATA_DIR names another.
const demoDir = "./data/demo"

// demonstrate runs the program on a folder of its own, with the made-up business in it.
//
// The folder is kept between runs of one day, so that a visitor finds what they did. One of an earlier day is made anew: its appointments
// are past and its people have gone. That is done only to the demo's own folder; one that DATA_DIR names is filled up for the coming days.
func demonstrate(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	name := flags.String("pace", string(sim.Normal), "")
	if err := flags.Parse(args); err != nil {
		return usageError{err.Error()}
	}
	if flags.NArg() > 0 {
		return usageError{"it takes no arguments but --pace"}
	}
	pace, err := sim.ParsePace(*name)
	if err != nil {
		return usageError{fmt.Sprintf("%q is no pace", *name)}
	}
	o, err := openDemo(ctx)
	if err != nil {
		return err
	}
	defer o.close()
	return o.serve(ctx, func(p *program) error {
		zone := localZone()
		if _, err := p.demo.Enter(ctx, zone, accounts.CurrencyIn(zone), i18n.For(spoken()).Tag()); err != nil {
			return fmt.Errorf("make the demo business: %w", err)
		}
		fmt.Printf("\n  The demo:           open %s and choose the demo business (pace: %s)\n", o.config.BaseURL, pace)
		return p.demo.SetPace(string(pace))
	})
}

// openDemo opens the demo's data, and makes it anew when it is its own and of an earlier day.
func openDemo(ctx context.Context) (*opened, error) {
	presets := map[string]string{"DATA_DIR": demoDir, "LOG_LEVEL": "warn"} // its customers ask for a page or two every second
	c, err := load(presets)
	if err != nil {
		return nil, err
	}
	if c.Production || c.Sends() || !c.Local() {
		return nil, errors.New("the demo keeps to itself: start it without APP_ENV=production, SENDGRID_API_KEY, SMTP_URL, DATABASE_URL and REDIS_URL")
	}
	o, err := openPrepared(ctx, presets)
	if err != nil || c.DataDir != demoDir {
		return o, err
	}
	old, err := o.demoIsOld(ctx)
	if err == nil && !old {
		return o, nil
	}
	dir := o.servers.Dir()
	o.close()
	if err != nil {
		return nil, err
	}
	// Until a moment ago the folder was locked by us: nobody else runs on it.
	if err := os.RemoveAll(dir); err != nil {
		return nil, fmt.Errorf("clear away the demo of an earlier day: %w", err)
	}
	return openPrepared(ctx, presets)
}

func openPrepared(ctx context.Context, presets map[string]string) (*opened, error) {
	o, err := openWith(ctx, false, presets)
	if err != nil {
		return nil, err
	}
	if err := o.prepare(ctx); err != nil {
		o.close()
		return nil, err
	}
	return o, nil
}

// demoIsOld tells whether there is a demo business that was founded before today.
func (o *opened) demoIsOld(ctx context.Context) (bool, error) {
	owner, err := o.database.DemoOwner(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look for the demo business: %w", err)
	}
	tenant, err := o.database.GetTenant(ctx, owner.TenantID)
	if err != nil {
		return false, fmt.Errorf("read the demo business: %w", err)
	}
	return tenant.CreatedAt.In(time.Local).Format(time.DateOnly) != time.Now().Format(time.DateOnly), nil
}

// localZone is the time zone of this machine, where whoever watches the demo sits; where it can't be told, that of their language.
func localZone() string {
	_, linked, _ := strings.Cut(linkOf("/etc/localtime"), "zoneinfo/")
	for _, name := range []string{os.Getenv("TZ"), linked} {
		if _, err := time.LoadLocation(name); err == nil && name != "" && name != "Local" {
			return name
		}
	}
	return accounts.GuessZone(spoken())
}

// linkOf is where a symbolic link leads; "" when it is none.
func linkOf(path string) string {
	to, err := os.Readlink(path)
	if err != nil {
		return ""
	}
	return to
}

// spoken is the language of whoever starts the program, as LANG names it: de_AT.UTF-8 is de-AT.
func spoken() string {
	name, _, _ := strings.Cut(os.Getenv("LANG"), ".")
	return strings.ReplaceAll(name, "_", "-")
}
