package house_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// refused is SQL that one of MySQL 8.4, MariaDB 10.11 and TiDB 8.5 doesn't take, or takes to mean something else.
var refused = []struct{ what, pattern, why string }{
	{"RETURNING", `\bRETURNING\b`, "MySQL and TiDB have none"},
	{"a row alias in an upsert", `\bVALUES\s*\([^;]*\)\s*AS\s+\w+`, "MariaDB has none"},
	{"a functional index", `\b(INDEX|KEY)\b[^,;]*\(\s*\(`, "MariaDB has none"},
	{"UUID_TO_BIN", `\b(UUID_TO_BIN|BIN_TO_UUID)\b`, "MariaDB has none"},
	{"FULLTEXT", `\b(FULLTEXT|MATCH\s*\([^)]*\)\s*AGAINST)\b`, "TiDB has none"},
	{"a spatial type", `\b(SPATIAL|GEOMETRY|POINT\s+NOT)\b`, "TiDB has none"},
	{"a trigger or stored program", `\bCREATE\s+(OR\s+REPLACE\s+)?(DEFINER\s*=\s*\S+\s+)?(TRIGGER|PROCEDURE|FUNCTION|EVENT)\b`, "TiDB has none"},
	{"JSON_TABLE", `\bJSON_TABLE\b`, "TiDB has none"},
	{"the JSON type", `^\s*[\w` + "`" + `]+\s+JSON\b|\bCAST\s*\([^)]*\bAS\s+JSON\b`, "it is text in MariaDB and binary in MySQL"},
	{"FOR SHARE", `\bFOR\s+SHARE\b|\bLOCK\s+IN\s+SHARE\s+MODE\b`, "MariaDB lacks the first, TiDB ignores both"},
	{"SKIP LOCKED or NOWAIT", `\bSKIP\s+LOCKED\b|\bNOWAIT\b`, "TiDB lacks the first; claims are compare-and-set"},
	{"a descending index", `\b(INDEX|KEY)\b[^;]*\([^;)]*\bDESC\b`, "TiDB ignores it"},
	{"UTC_TIMESTAMP(6)", `\bUTC_TIMESTAMP\s*\(\s*6`, "sqlc can't read it; sessions are in UTC, so CURRENT_TIMESTAMP(6) is the same"},
	{"an ENUM", `^\s*[\w` + "`" + `]+\s+ENUM\s*\(`, "states are VARCHAR with CHECK"},
	{"ON DELETE or ON UPDATE action", `\bON\s+(DELETE|UPDATE)\s+(CASCADE|SET\s+NULL|SET\s+DEFAULT)\b`, "references are RESTRICT"},
	{"INTERSECT or EXCEPT", `\b(INTERSECT|EXCEPT)\s+(ALL\s+)?SELECT\b`, "MySQL before 8.0.31 and some TiDB plans lack it"},
	{"a column and its index in one statement", `\bADD\s+(COLUMN\s+)[^;]*,\s*ADD\s+(UNIQUE\s+)?(INDEX|KEY)\b`, "TiDB wants two statements"},
}

func TestAllSQLRunsOnEveryServer(t *testing.T) {
	for _, pattern := range []string{"queries/*.sql", "migrations/*.sql"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no files match %s (%v)", pattern, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, wrong := range refusedSQL(string(text)) {
				t.Errorf("%s: %s", file, wrong)
			}
		}
	}
}

func TestMigrationsHaveTheirOwnNumberAndHoldOneStatementEachWay(t *testing.T) {
	files, err := filepath.Glob("migrations/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no migrations (%v)", err)
	}
	taken := map[string]string{}
	for _, file := range files {
		number, _, _ := strings.Cut(filepath.Base(file), "_")
		if other := taken[number]; other != "" || len(number) != 5 {
			t.Errorf("%s: its number must be five digits of its own (%s)", file, other)
		}
		taken[number] = file
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		up, down, both := strings.Cut(string(text), "-- +goose Down")
		if !both || !strings.HasPrefix(up, "-- +goose Up") {
			t.Errorf("%s: it needs -- +goose Up and -- +goose Down", file)
		}
		for way, script := range map[string]string{"up": up, "down": down} {
			if n := strings.Count(withoutCommentsAndText(script), ";"); n != 1 {
				t.Errorf("%s: %d statements %s, want one: a server can't take back half a migration", file, n, way)
			}
		}
	}
}

func TestTheDialectCheckRefusesWhatOneServerWouldNotTake(t *testing.T) {
	for sql, what := range map[string]string{
		"INSERT INTO a (b) VALUES (1) RETURNING id":                                         "RETURNING",
		"INSERT INTO a (b) VALUES (?) AS new ON DUPLICATE KEY UPDATE b = new.b":             "a row alias in an upsert",
		"CREATE TABLE a (b INT, KEY k ((lower(b))))":                                        "a functional index",
		"CREATE INDEX k ON a ((lower(b)))":                                                  "a functional index",
		"SELECT uuid_to_bin(?)":                                                             "UUID_TO_BIN",
		"CREATE TABLE a (b TEXT, FULLTEXT KEY k (b))":                                       "FULLTEXT",
		"CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.b = 1":                    "a trigger or stored program",
		"SELECT * FROM JSON_TABLE('[]', '$[*]' COLUMNS (a INT PATH '$')) AS t":              "JSON_TABLE",
		"CREATE TABLE a (\n  b JSON NOT NULL\n)":                                            "the JSON type",
		"SELECT * FROM a FOR SHARE":                                                         "FOR SHARE",
		"SELECT * FROM a LOCK IN SHARE MODE":                                                "FOR SHARE",
		"SELECT * FROM a FOR UPDATE SKIP LOCKED":                                            "SKIP LOCKED or NOWAIT",
		"SELECT * FROM a FOR UPDATE NOWAIT":                                                 "SKIP LOCKED or NOWAIT",
		"CREATE TABLE a (b INT, KEY k (b DESC))":                                            "a descending index",
		"CREATE INDEX k ON a (b, c DESC)":                                                   "a descending index",
		"UPDATE a SET b = UTC_TIMESTAMP(6)":                                                 "UTC_TIMESTAMP(6)",
		"CREATE TABLE a (\n  state ENUM('x', 'y')\n)":                                       "an ENUM",
		"ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES c (d) ON DELETE CASCADE": "ON DELETE or ON UPDATE action",
		"ALTER TABLE a ADD COLUMN b INT, ADD KEY k (b)":                                     "a column and its index in one statement",
	} {
		if got := refusedSQL(sql); len(got) != 1 || !strings.HasPrefix(got[0], what+":") {
			t.Errorf("%s\n  got %q, want it refused for %s", sql, got, what)
		}
	}
	for _, sql := range []string{
		"SELECT id FROM a WHERE b = ? ORDER BY c DESC LIMIT 1 FOR UPDATE",
		"INSERT INTO a (b) VALUES (?) ON DUPLICATE KEY UPDATE b = VALUES(b)",
		"CREATE TABLE a (b INT COMMENT 'never RETURNING, never FOR SHARE') -- no FULLTEXT either",
		"SELECT COUNT(*) AS json FROM a WHERE (a, b) IN ((1, 2))",
		"CREATE TABLE a (b INT, CHECK ((b > 0) OR (b IS NULL)), UNIQUE KEY k (b))",
		"ALTER TABLE a ADD COLUMN b INT",
	} {
		if got := refusedSQL(sql); len(got) != 0 {
			t.Errorf("%s\n  got %q, want it taken", sql, got)
		}
	}
}

func refusedSQL(sql string) (wrong []string) {
	plain := withoutCommentsAndText(sql)
	for _, r := range refused {
		if found := regexp.MustCompile(`(?im)` + r.pattern).FindString(plain); found != "" {
			wrong = append(wrong, r.what+": "+r.why)
		}
	}
	return wrong
}

var commentsAndText = regexp.MustCompile(`(?s)/\*.*?\*/|--[^\n]*|'(?:[^'\\]|''|\\.)*'`)

func withoutCommentsAndText(sql string) string {
	return commentsAndText.ReplaceAllString(sql, " ")
}
