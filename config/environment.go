package config

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// Load reads the Config from the environment, with .env in the working directory for what the environment leaves open. A variable NAME may
// also be given as NAME_FILE, the path of a file that holds the value. The error is Problems, or says what couldn't be read.
func Load() (Config, error) {
	return load(os.Getenv, ".env", nil)
}

// LoadWith is Load with values for what neither the environment nor .env sets.
func LoadWith(otherwise map[string]string) (Config, error) {
	return load(os.Getenv, ".env", otherwise)
}

func load(environment func(string) string, dotEnv string, otherwise map[string]string) (Config, error) {
	written, err := readDotEnv(dotEnv)
	if err != nil {
		return Config{}, err
	}
	var unread Problems
	c, err := Parse(func(name string) string {
		for _, from := range []func(string) string{environment, func(n string) string { return written[n] }} {
			if value := from(name); value != "" {
				return value
			}
			if path := from(name + "_FILE"); path != "" {
				value, err := os.ReadFile(path)
				if err != nil && !named(unread, name) {
					unread = append(unread, Problem{name, "can't be read: " + name + "_FILE names a file that can't be read"})
				}
				return string(value)
			}
		}
		return otherwise[name]
	})
	var problems Problems
	if len(unread) == 0 {
		return c, err
	}
	errors.As(err, &problems)
	for _, p := range problems {
		if !named(unread, p.Name) {
			unread = append(unread, p)
		}
	}
	return Config{}, unread
}

func named(problems Problems, name string) bool {
	for _, p := range problems {
		if p.Name == name {
			return true
		}
	}
	return false
}

// readDotEnv reads NAME=value lines. Blank lines and lines that start with # are skipped, "export " before a name too; a value may stand in
// single or double quotes, which are taken off; nothing is expanded. A missing file is empty.
func readDotEnv(path string) (map[string]string, error) {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	defer file.Close()
	return parseDotEnv(file, path)
}

func parseDotEnv(r io.Reader, path string) (map[string]string, error) {
	values := map[string]string{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(strings.TrimPrefix(line, "export "), "=")
		if !ok {
			return nil, fmt.Errorf("read %s: line %d is not NAME=value", path, n)
		}
		values[strings.TrimSpace(name)] = unquote(strings.TrimSpace(value))
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return values, nil
}

func unquote(v string) string {
	if len(v) >= 2 && (v[0] == '"' || v[0] == '\'') && v[len(v)-1] == v[0] {
		return v[1 : len(v)-1]
	}
	return v
}
