package jobs

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

func TestAJobThatPanickedRunsAgain(t *testing.T) {
	runs := make(chan int)
	count := 0
	s, err := Start(t.Context(), slog.New(slog.DiscardHandler), []Job{{"panic", "@every 1s", func(ctx context.Context) (int, error) {
		count++
		select {
		case runs <- count:
		case <-ctx.Done():
		}
		panic("once more")
	}}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop(cancelled())
	if <-runs != 1 || <-runs != 2 {
		t.Fatal("the job did not run again after its panic")
	}
}

func TestAFailureIsLoggedWhenItBeginsAndWhenItEnds(t *testing.T) {
	var out bytes.Buffer
	fail := errors.New("away")
	r := &runner{ctx: t.Context(), log: slog.New(slog.NewTextHandler(&out, nil)), job: Job{Name: "j", Run: func(context.Context) (int, error) { return 0, fail }}}
	r.Run()
	r.Run()
	fail = nil
	r.Run()
	r.Run()
	if got := strings.Count(out.String(), "\n"); got != 2 {
		t.Fatalf("%d lines, want one for the beginning and one for the end:\n%s", got, out.String())
	}
}

func TestAJobWithASpecThatIsNotUnderstoodIsRefused(t *testing.T) {
	if _, err := Start(t.Context(), slog.New(slog.DiscardHandler), []Job{{"j", "every now and then", nil}}); err == nil {
		t.Fatal("no error")
	}
}

func cancelled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}
