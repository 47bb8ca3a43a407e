// Command waitlist is the whole program: the server and what its operators need.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // machines and images without zone files
)

// command is what the first argument chooses.
type command struct {
	name    string
	args    string
	summary string
	run     func(ctx context.Context, args []string) error
}

var commands = []command{
	{"serve", "", "run the program (what happens without a command)", serve},
	{"demo", "[--pace paused|slow|normal|fast]", "run a made-up business whose customers act by themselves", demonstrate},
	{"migrate", "up|down|status", "change the database's schema, or show where it stands", migrate},
	{"create-admin", "[--business B] [--email E] [--name N]", "let somebody into a business, or found it with --zone and --currency", createAdmin},
	{"reset-second-factor", "EMAIL", "let somebody log in with the password alone who has lost phone and recovery codes", resetSecondFactor},
	{"mail", "test ADDRESS [--locale L]", "send one test message right now, and say what became of it", mailTest},
	{"audit", "verify [--business B] [--noted HEAD]", "check that nobody changed, added or removed what was noted", auditTrail},
	{"config", "check|example|docs", "check the configuration, or print its documents", configuration},
	{"health", "", "ask the running program whether it is ready", health},
	{"version", "", "print the program's version", version},
}

// usageError is a command that was called in a way it doesn't understand.
type usageError struct{ reason string }

func (e usageError) Error() string { return e.reason }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// After the first signal a second one ends the program at once.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:]))
}

// run returns the exit status: 0 done, 1 failed, 2 not understood.
func run(ctx context.Context, args []string) int {
	if len(args) == 0 {
		args = []string{"serve"}
	}
	name := args[0]
	if name == "help" || name == "-h" || name == "--help" {
		help(os.Stdout)
		return 0
	}
	for _, c := range commands {
		if c.name != name {
			continue
		}
		err := c.run(ctx, args[1:])
		var usage usageError
		switch {
		case err == nil:
			return 0
		case errors.As(err, &usage):
			fmt.Fprintf(os.Stderr, "waitlist %s: %v\nusage: waitlist %s %s\n", name, err, c.name, c.args)
			return 2
		default:
			fmt.Fprintf(os.Stderr, "waitlist %s: %v\n", name, err)
			return 1
		}
	}
	fmt.Fprintf(os.Stderr, "waitlist: there is no command %q\n\n", name)
	help(os.Stderr)
	return 2
}
