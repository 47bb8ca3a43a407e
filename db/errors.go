package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"

	"github.com/go-sql-driver/mysql"

	"github.com/your-org/waitlist-management/problem"
)

const (
	errDuplicate        = 1062
	errLockWait         = 1205
	errDeadlock         = 1213
	errAutoIncrement    = 1467
	errTooManyConns     = 1040
	errShutdown         = 1053
	errKilled           = 1317
	errMixedCollations  = 1267
	errUnconvertible    = 3854
	errTiDBWriteClash   = 9007
	errTiDBSchemaMoved  = 8028
	errTiDBServerClosed = 1105
)

// IsDuplicate reports that a UNIQUE or PRIMARY KEY refused a row.
func IsDuplicate(err error) bool { return number(err) == errDuplicate }

// IsNone reports that there is no such row. That is so too when the text looked for has characters which the column, of public ids or
// other ascii, can't hold: the servers call that comparison an error.
func IsNone(err error) bool {
	if errors.Is(err, sql.ErrNoRows) {
		return true
	}
	switch number(err) {
	case errMixedCollations, errUnconvertible:
		return true
	}
	return false
}

// passing reports an error after which the whole transaction may be tried again.
func passing(err error) bool {
	switch number(err) {
	case errLockWait, errDeadlock, errAutoIncrement, errTiDBWriteClash, errTiDBSchemaMoved:
		return true
	}
	return false
}

// Down turns an error that says "the database is not there" into problem.Unavailable and leaves any other as it is.
func Down(err error) error { return down(err) }

func down(err error) error {
	if err == nil || problem.KindOf(err) != "" {
		return err
	}
	var netErr net.Error
	switch {
	case errors.Is(err, driver.ErrBadConn), errors.Is(err, mysql.ErrInvalidConn), errors.Is(err, io.EOF),
		errors.Is(err, context.DeadlineExceeded), errors.As(err, &netErr), passing(err):
	default:
		switch number(err) {
		case errTooManyConns, errShutdown, errKilled, errTiDBServerClosed:
		default:
			return err
		}
	}
	return problem.New(problem.Unavailable, "problem.database_down").Because(err)
}

func number(err error) uint16 {
	var e *mysql.MySQLError
	if errors.As(err, &e) {
		return e.Number
	}
	return 0
}
