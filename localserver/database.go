package localserver

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/go-sql-driver/mysql"
)

// initialise makes the database's files in <dir>/mysql when there are none. They are made beside and renamed, so that a kill in the middle
// leaves nothing half made.
func initialise(ctx context.Context, e engine, dir string, o options) error {
	data, kind := filepath.Join(dir, "mysql"), filepath.Join(dir, "mysql", "made-by")
	made, err := os.ReadFile(kind)
	switch {
	case err == nil && strings.TrimSpace(string(made)) != e.kind():
		return fmt.Errorf("the data in %s was made by %s, but only %s was found on this machine: install %[2]s, or set DATA_DIR to another folder",
			dir, strings.TrimSpace(string(made)), e.kind())
	case err == nil:
		return nil
	case !errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("read the database's folder: %w", err)
	}
	if _, err := os.Stat(data); err == nil {
		return fmt.Errorf("%s exists but was not made by this program: move it away, or set DATA_DIR to another folder", data)
	}

	half := data + ".new"
	if err := errors.Join(os.RemoveAll(half), os.MkdirAll(half, 0o700)); err != nil {
		return fmt.Errorf("make the database's folder: %w", err)
	}
	scratch, err := scratchFolder(dir)
	if err != nil {
		return err
	}
	args := append([]string{"--no-defaults", "--datadir=" + half}, fileSizes(e, o)...)
	cmd := exec.CommandContext(ctx, e.server, append(append(args, "--initialize-insecure"), asUser()...)...)
	if e.isMariaDB() {
		cmd = exec.CommandContext(ctx, e.install, append(append(args, "--auth-root-authentication-method=normal", "--skip-test-db"), asUser()...)...)
	}
	runtime.LockOSThread() // see supervise
	defer runtime.UnlockOSThread()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.Env = append(os.Environ(), "TMPDIR="+scratch)
	cmd.SysProcAttr = attributes()
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("make the database's files: %w\n%s", err, said.String())
	}
	if err := os.WriteFile(filepath.Join(half, "made-by"), []byte(e.kind()+"\n"), 0o600); err != nil {
		return fmt.Errorf("make the database's files: %w", err)
	}
	if err := os.Rename(half, data); err != nil {
		return fmt.Errorf("make the database's files: %w", err)
	}
	return nil
}

func databaseProcess(e engine, dir, sockets string, o options) (*process, error) {
	socket := filepath.Join(sockets, "mysql.sock")
	scratch, err := scratchFolder(dir)
	if err != nil {
		return nil, err
	}
	args := []string{
		"--no-defaults",
		"--tmpdir=" + scratch,
		"--datadir=" + filepath.Join(dir, "mysql"),
		"--socket=" + socket,
		"--pid-file=" + filepath.Join(sockets, "mysqld.pid"),
		"--skip-networking",
		"--skip-name-resolve",
		"--local-infile=0",
		"--character-set-server=utf8mb4",
		"--default-time-zone=+00:00",
		"--performance-schema=OFF",
		"--max-connections=200",
		"--innodb-buffer-pool-size=64M",
		"--innodb-flush-log-at-trx-commit=1",
		"--skip-log-bin",
	}
	if e.isMariaDB() {
		args = append(args, "--aria-pagecache-buffer-size=8M", "--key-buffer-size=1M")
	} else {
		args = append(args, "--mysqlx=OFF")
	}
	args = append(args, fileSizes(e, o)...)
	if o.volatile {
		args = append(args, "--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=OFF", "--innodb-use-native-aio=0", "--max-connections=500")
	}
	return &process{
		name:    e.kind(),
		path:    e.server,
		args:    append(args, asUser()...),
		pidFile: pidFile(dir, "mysql"),
		logFile: logFile(dir, "mysql"),
		ready:   func(ctx context.Context) error { return pingDatabase(ctx, socket) },
		log:     o.log,
	}, nil
}

// scratchFolder is where one server keeps its temporary tables. A server that starts deletes those of any other that shares its folder.
func scratchFolder(dir string) (string, error) {
	scratch := filepath.Join(dir, "tmp")
	if err := os.MkdirAll(scratch, 0o700); err != nil {
		return "", fmt.Errorf("make the database's scratch folder: %w", err)
	}
	return scratch, nil
}

// fileSizes keeps the files of a small database small; those of a volatile one, which are made and copied often, smaller still.
func fileSizes(e engine, o options) []string {
	const growth = "--innodb-autoextend-increment=4" // MB
	switch {
	case e.isMariaDB() && o.volatile:
		return []string{growth, "--innodb-log-file-size=8M"}
	case e.isMariaDB():
		return []string{growth, "--innodb-log-file-size=64M"}
	case o.volatile:
		return []string{growth, "--innodb-redo-log-capacity=16M"}
	default:
		return []string{growth, "--innodb-redo-log-capacity=64M"}
	}
}

func onSocket(socket string) (*sql.DB, error) {
	c := mysql.NewConfig()
	c.User, c.Net, c.Addr, c.Logger = "root", "unix", socket, &mysql.NopLogger{}
	connector, err := mysql.NewConnector(c)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(connector), nil
}

func pingDatabase(ctx context.Context, socket string) error {
	database, err := onSocket(socket)
	if err != nil {
		return err
	}
	defer database.Close()
	return database.PingContext(ctx)
}

func createDatabase(ctx context.Context, socket string) error {
	database, err := onSocket(socket)
	if err != nil {
		return err
	}
	defer database.Close()
	if _, err := database.ExecContext(ctx, "CREATE DATABASE IF NOT EXISTS waitlist CHARACTER SET utf8mb4"); err != nil {
		return fmt.Errorf("create the database: %w", err)
	}
	return nil
}
