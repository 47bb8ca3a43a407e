package migrations

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// lockName is one per database; the server allows 64 characters.
const lockName = "CONCAT('migrate:', SHA1(DATABASE()))"

// alone runs act while no other program migrates the database, by a lock that the server drops when this program's connection ends. goose's
// own lock leaves out the making of its table.
func alone(ctx context.Context, database *sql.DB, act func() error) (err error) {
	conn, err := database.Conn(ctx)
	if err != nil {
		return fmt.Errorf("wait for the migration lock: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if err := lock(ctx, conn); err != nil {
		return err
	}
	defer func() {
		if _, late := conn.ExecContext(context.WithoutCancel(ctx), "DO RELEASE_LOCK("+lockName+")"); late != nil {
			err = errors.Join(err, fmt.Errorf("release the migration lock: %w", late))
		}
	}()
	return act()
}

// lock waits for the lock until ctx ends, in steps short enough for any read timeout of the connection.
func lock(ctx context.Context, conn *sql.Conn) error {
	for {
		var got sql.NullInt64
		if err := conn.QueryRowContext(ctx, "SELECT GET_LOCK("+lockName+", 1)").Scan(&got); err != nil {
			return fmt.Errorf("wait for the migration lock: %w", err)
		}
		switch {
		case !got.Valid:
			return errors.New("wait for the migration lock: the server refused it")
		case got.Int64 == 1:
			return nil
		}
	}
}
