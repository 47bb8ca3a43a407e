package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/your-org/waitlist-management/config"
)

func configuration(_ context.Context, args []string) error {
	if len(args) != 1 {
		return usageError{"say what to do"}
	}
	switch args[0] {
	case "check":
		return checkConfig()
	case "example":
		fmt.Print(config.Example())
	case "docs":
		fmt.Print(config.Document())
	default:
		return usageError{fmt.Sprintf("%q is not understood", args[0])}
	}
	return nil
}

func checkConfig() error {
	c, err := config.Load()
	if err != nil {
		return err
	}
	if c.Local() {
		fmt.Println("The configuration is fine. Database and Redis are run by the program itself, in " + c.DataDir + ".")
		return nil
	}
	fmt.Println("The configuration is fine.")
	return nil
}

// load is config.Load for every other command; what is wrong is followed by where to look it up.
func load(otherwise map[string]string) (config.Config, error) {
	c, err := config.LoadWith(otherwise)
	if problems := (config.Problems)(nil); errors.As(err, &problems) {
		return c, fmt.Errorf("%w\nEach is explained by: waitlist config example", err)
	}
	return c, err
}
