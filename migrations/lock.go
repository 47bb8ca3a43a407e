package migrations

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// oneAtATime lets one program at a time migrate a database, by a lock that the server drops when the program's connection ends.
type oneAtATime struct{}

// lockName is one per database; the server allows 64 characters.
const lockName = "CONCAT('migrate:', SHA1(DATABASE()))"

// SessionLock waits for the lock until ctx ends, in steps short enough for any read timeout of the connection.
func (oneAtATime) SessionLock(ctx context.Context, conn *sql.Conn) error {
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

// SessionUnlock gives the lock back.
func (oneAtATime) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, "DO RELEASE_LOCK("+lockName+")"); err != nil {
		return fmt.Errorf("release the migration lock: %w", err)
	}
	return nil
}
