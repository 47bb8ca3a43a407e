package localserver

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// MissingError says that a server isn't installed, and how to get it.
type MissingError struct {
	What string
}

func (e *MissingError) Error() string {
	how := "install it with your system's package manager"
	switch {
	case runtime.GOOS == "darwin":
		how = "brew install mariadb redis"
	case onPath("apt-get") != "":
		how = "sudo apt-get install --no-install-recommends mariadb-server redis-server"
	}
	return fmt.Sprintf("%s was not found: %s, or set DATABASE_URL and REDIS_URL to servers of your own", e.What, how)
}

// outsidePath are folders that hold servers but are often not on an ordinary user's PATH.
var outsidePath = []string{
	"/usr/sbin", "/usr/local/sbin", "/usr/libexec", "/usr/local/bin",
	"/opt/homebrew/bin", "/opt/homebrew/opt/mariadb/bin", "/opt/homebrew/opt/mysql/bin", "/usr/local/opt/mariadb/bin", "/usr/local/mysql/bin",
}

// onPath finds the first of these programs, or returns an empty string.
func onPath(names ...string) string {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
		for _, dir := range outsidePath {
			if path, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
				return path
			}
		}
	}
	return ""
}

// engine is an installed database server.
type engine struct {
	server  string // path of mariadbd or mysqld
	install string // path of MariaDB's installer; empty for MySQL, which initialises itself
	version string // what the server says of itself
}

func (e engine) isMariaDB() bool { return e.install != "" }

// kind is the engine's name: neither opens the other's files.
func (e engine) kind() string {
	if e.isMariaDB() {
		return "MariaDB"
	}
	return "MySQL"
}

func findEngine() (engine, error) {
	server := onPath("mariadbd", "mysqld")
	if server == "" {
		return engine{}, &MissingError{What: "a MariaDB or MySQL server (mariadbd, mysqld)"}
	}
	version, err := exec.Command(server, "--no-defaults", "--version").Output()
	if err != nil {
		return engine{}, fmt.Errorf("ask %s for its version: %w", server, err)
	}
	e := engine{server: server, version: strings.TrimSpace(string(version))}
	if strings.Contains(e.version, "MariaDB") {
		if e.install = onPath("mariadb-install-db", "mysql_install_db"); e.install == "" {
			return engine{}, &MissingError{What: "MariaDB's installer (mariadb-install-db)"}
		}
	}
	return e, nil
}

func findRedis() (string, error) {
	if path := onPath("redis-server", "valkey-server"); path != "" {
		return path, nil
	}
	return "", &MissingError{What: "a Redis server (redis-server)"}
}

// asUser is the argument that lets the database run as root when we are root: it refuses to otherwise. Switching to another user would
// clear the parent-death signal.
func asUser() []string {
	if os.Geteuid() == 0 {
		return []string{"--user=root"}
	}
	return nil
}

// Engine names the database server that Start would run, with its version.
func Engine() (string, error) {
	e, err := findEngine()
	return e.server + " " + e.version, err
}
