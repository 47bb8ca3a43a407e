package main

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/accounts"
)

// resetSecondFactor lets somebody log in with the password alone who has lost the second factor and has no recovery code left. A member of one
// business can be helped there; this is for the others, such as the only owner.
func resetSecondFactor(ctx context.Context, args []string) error {
	if len(args) != 1 {
		return usageError{"which login? Give its email address"}
	}
	o, err := open(ctx, true)
	if err != nil {
		return err
	}
	defer o.close()
	if err := o.prepare(ctx); err != nil {
		return err
	}
	was, err := accounts.New(o.database, accounts.Signup(o.config.Signup)).ResetSecondFactor(ctx, args[0])
	if err != nil {
		return inWords(err)
	}
	if !was {
		fmt.Printf("%s has no second factor: the password alone is enough already.\n", args[0])
		return nil
	}
	fmt.Printf("The second factor of %s is off: the password alone is enough, at %s/login. Recovery codes are worth nothing any more.\n", args[0], o.config.BaseURL)
	return nil
}
