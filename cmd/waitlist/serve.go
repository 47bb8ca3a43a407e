package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/your-org/waitlist-management/migrations"
)

// drainWithin bounds how long requests and jobs that have begun may go on after the program was asked to stop.
const drainWithin = 15 * time.Second

// noticedWithin is how long production goes on serving after it stopped being ready, so that whoever sends it work notices first.
const noticedWithin = 3 * time.Second

// serve runs the program until ctx ends: migrate, listen, and on the way down first stop being ready, then finish what has begun.
func serve(ctx context.Context, args []string) error {
	if len(args) > 0 {
		return usageError{"it takes no arguments"}
	}
	o, err := open(ctx, false)
	if err != nil {
		return err
	}
	defer o.close()
	if err := o.prepare(ctx); err != nil {
		return err
	}
	return o.serve(ctx, func(*program) error { return nil })
}

// serve puts the program together on an opened, migrated database and runs it; first is done before anybody can come in.
func (o *opened) serve(ctx context.Context, first func(*program) error) error {
	p, err := wire(o)
	if err != nil {
		return err
	}
	defer p.close()
	listener, err := net.Listen("tcp", fmt.Sprintf(":%d", o.config.Port))
	if err != nil {
		return fmt.Errorf("listen on port %d: %w (PORT chooses another)", o.config.Port, err)
	}
	if err := first(p); err != nil {
		listener.Close()
		return err
	}
	stopJobs, err := p.startJobs(ctx)
	if err != nil {
		listener.Close()
		return err
	}
	banner(os.Stdout, o)

	server := &http.Server{
		Handler:           p.pages,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	stopDemo := p.startDemo(ctx, listener.Addr().(*net.TCPAddr).Port)
	select {
	case err = <-failed:
	case <-ctx.Done():
		slog.Info("stopping")
	}
	stopDemo()
	p.health.Stop()
	if o.config.Production && err == nil {
		<-time.After(noticedWithin)
	}
	p.boards.End() // streams would otherwise never be finished
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainWithin)
	defer cancel()
	if late := server.Shutdown(drain); late != nil {
		slog.Warn("requests were cut short", "error", late)
		err = errors.Join(err, server.Close())
	}
	stopJobs(drain)
	return err
}

// prepare brings the schema up to date, loads the keys and notes the start.
func (o *opened) prepare(ctx context.Context) error {
	if _, err := migrations.Up(ctx, o.database.Pool()); err != nil {
		return err
	}
	if err := o.database.LoadKeys(ctx); err != nil {
		return err
	}
	now, err := o.database.Now(ctx)
	if err != nil {
		return err
	}
	return o.database.AddProgramStart(ctx, now)
}
