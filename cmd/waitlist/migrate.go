package main

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/migrations"
)

func migrate(ctx context.Context, args []string) error {
	if len(args) != 1 {
		return usageError{"say what to do"}
	}
	act, ok := map[string]func(context.Context, *opened) error{"up": migrateUp, "down": migrateDown, "status": migrationStatus}[args[0]]
	if !ok {
		return usageError{fmt.Sprintf("%q is not understood", args[0])}
	}
	o, err := open(ctx, true)
	if err != nil {
		return err
	}
	defer o.close()
	return act(ctx, o)
}

func migrateUp(ctx context.Context, o *opened) error {
	done, err := migrations.Up(ctx, o.database.Pool())
	printSteps("applied", done)
	return err
}

func migrateDown(ctx context.Context, o *opened) error {
	done, err := migrations.Down(ctx, o.database.Pool())
	printSteps("taken back", done)
	return err
}

func migrationStatus(ctx context.Context, o *opened) error {
	all, err := migrations.Status(ctx, o.database.Pool())
	for _, s := range all {
		state := "pending"
		if !s.At.IsZero() {
			state = "applied " + s.At.UTC().Format("2006-01-02 15:04:05Z")
		}
		fmt.Printf("%-30s %s\n", state, s.Name)
	}
	return err
}

func printSteps(what string, steps []migrations.Step) {
	for _, s := range steps {
		fmt.Println(what, s.Name)
	}
	if len(steps) == 0 {
		fmt.Println("nothing to do")
	}
}
