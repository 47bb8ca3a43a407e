// Package jobs is what the program does by itself, and when.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/robfig/cron/v3"
)

// Job is one thing done again and again. Every instance of the program may run every job at the same moment: each is
// idempotent. Run says how much it did.
type Job struct {
	Name string
	Spec string // robfig/cron, in UTC; intervals rather than times of day, which a change of the clocks could double
	Run  func(context.Context) (int, error)
}

// Schedule runs jobs, each at most once at a time in this process.
type Schedule struct {
	cron   *cron.Cron
	cancel context.CancelFunc
}

// Start runs the jobs until Stop. What a job answers is logged: work done at debug level, a failure when it begins and when it
// ends, not every second between.
func Start(ctx context.Context, log *slog.Logger, list []Job) (*Schedule, error) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	// Recover has to be the inner one: outside, a panic would leave the job marked as running for ever.
	c := cron.New(cron.WithLocation(time.UTC), cron.WithChain(cron.SkipIfStillRunning(cron.DiscardLogger), recovered(log)))
	for _, job := range list {
		if _, err := c.AddJob(job.Spec, &runner{job: job, ctx: ctx, log: log}); err != nil {
			cancel()
			return nil, fmt.Errorf("scheduling %s: %w", job.Name, err)
		}
	}
	c.Start()
	return &Schedule{cron: c, cancel: cancel}, nil
}

// Stop starts no more runs and waits for those at work, at most until ctx ends; then it cuts them short.
func (s *Schedule) Stop(ctx context.Context) {
	select {
	case <-s.cron.Stop().Done():
	case <-ctx.Done():
	}
	s.cancel()
}

func recovered(log *slog.Logger) cron.JobWrapper {
	return cron.Recover(panicLog{log})
}

// panicLog writes what cron says of a panic into the program's log.
type panicLog struct{ log *slog.Logger }

func (l panicLog) Info(string, ...any) {}

func (l panicLog) Error(err error, msg string, keys ...any) {
	l.log.Error("a job panicked", append([]any{"error", err, "what", msg}, keys...)...)
}

// runner is one job with what it said last.
type runner struct {
	job     Job
	ctx     context.Context
	log     *slog.Logger
	failing bool
}

// Run does the job once. cron never runs it twice at a time.
func (r *runner) Run() {
	n, err := r.job.Run(r.ctx)
	switch {
	case errors.Is(err, context.Canceled) && r.ctx.Err() != nil:
	case err != nil && !r.failing:
		r.failing = true
		r.log.Error("a job fails", "job", r.job.Name, "error", err)
	case err == nil && r.failing:
		r.failing = false
		r.log.Info("a job works again", "job", r.job.Name)
	}
	if n > 0 {
		r.log.Debug("job", "job", r.job.Name, "done", n)
	}
}
