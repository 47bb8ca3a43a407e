package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/problem"
)

// createAdmin lets somebody into a business, whatever SIGNUP says. What neither a flag nor the environment answers is asked for; the
// password is never a flag, which others on the machine could read.
func createAdmin(ctx context.Context, args []string) error {
	form, err := readAdmin(args, os.Getenv, os.Stdin, os.Stdout)
	if err != nil {
		return err
	}
	o, err := open(ctx, true)
	if err != nil {
		return err
	}
	defer o.close()
	if err := o.prepare(ctx); err != nil {
		return err
	}
	made, err := accounts.New(o.database, accounts.Signup(o.config.Signup)).CreateAdmin(ctx, form)
	if err != nil {
		return inWords(err)
	}
	if made.Founded {
		fmt.Printf("Founded the business %q.\n", made.Slug)
	}
	if made.Known {
		fmt.Println("There was a login with this address already: its password is now the new one.")
	}
	fmt.Printf("%s can log in at %s/login as %s of %q.\n", form.Email, o.config.BaseURL, made.Role, made.Slug)
	return nil
}

func readAdmin(args []string, environment func(string) string, in io.Reader, out io.Writer) (accounts.CreateAdmin, error) {
	var f accounts.CreateAdmin
	flags := flag.NewFlagSet("create-admin", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&f.Business, "business", environment("ADMIN_BUSINESS"), "")
	flags.StringVar(&f.Email, "email", environment("ADMIN_EMAIL"), "")
	flags.StringVar(&f.Name, "name", environment("ADMIN_NAME"), "")
	flags.StringVar(&f.Zone, "zone", "", "")
	flags.StringVar(&f.Currency, "currency", "", "")
	flags.StringVar(&f.Locale, "locale", "en", "")
	if err := flags.Parse(args); err != nil {
		return f, usageError{err.Error()}
	}
	if flags.NArg() > 0 {
		return f, usageError{fmt.Sprintf("%q is not understood", flags.Arg(0))}
	}
	f.Password = environment("ADMIN_PASSWORD")
	lines := bufio.NewReader(in)
	for _, q := range []struct {
		answer         *string
		asks, variable string
	}{
		{&f.Business, "Business (its address, or the name of a new one): ", "--business or ADMIN_BUSINESS"},
		{&f.Name, "Name of the person: ", "--name or ADMIN_NAME"},
		{&f.Email, "Email address: ", "--email or ADMIN_EMAIL"},
		{&f.Password, "Password: ", "ADMIN_PASSWORD"},
	} {
		if *q.answer != "" {
			continue
		}
		if err := ask(lines, out, q.asks, q.answer, q.answer == &f.Password); err != nil {
			return f, usageError{"nobody is there to answer: set " + q.variable}
		}
	}
	return f, nil
}

// ask reads a line. A secret is not shown while it is typed on a terminal.
func ask(in *bufio.Reader, out io.Writer, question string, answer *string, secret bool) error {
	fmt.Fprint(out, question)
	if secret && terminal("-echo") == nil {
		defer func() { _ = terminal("echo"); fmt.Fprintln(out) }()
	}
	line, err := in.ReadString('\n')
	if *answer = strings.TrimRight(line, "\r\n"); *answer == "" && err != nil {
		return err
	}
	return nil
}

// terminal sets a mode of the terminal that standard input is; it fails when it is none.
func terminal(mode string) error {
	stty := exec.Command("stty", mode)
	stty.Stdin = os.Stdin
	return stty.Run()
}

// inWords puts a refusal into words; other errors stay as they are.
func inWords(err error) error {
	var refused *problem.Error
	if !errors.As(err, &refused) || refused.Kind == problem.Unavailable {
		return err
	}
	l := i18n.For("en")
	if len(refused.Fields) == 0 {
		return errors.New(l.Fill(refused.Key, refused.Args))
	}
	var reasons []string
	for _, f := range refused.Fields {
		reasons = append(reasons, f.Name+": "+l.Fill(f.Key, f.Args))
	}
	return errors.New(strings.Join(reasons, "\n  "))
}
