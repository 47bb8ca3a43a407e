package localserver_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/redis/go-redis/v9"

	"github.com/your-org/waitlist-management/localserver"
)

// holdVariable makes the test program start servers on the folder it names, say so, and hold them until it is killed.
const holdVariable = "LOCALSERVER_TEST_HOLD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(holdVariable); dir != "" {
		hold(dir)
	}
	os.Exit(m.Run())
}

func hold(dir string) {
	servers, err := localserver.Start(context.Background(), dir)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("holding")
	_, _ = io.Copy(io.Discard, os.Stdin)
	servers.Stop()
	os.Exit(0)
}

func TestServersAnswerOnSocketsOnlyAndEndWithStop(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	servers := start(t, dir)
	database, cache := openDatabase(t, servers), openRedis(t, servers)

	if got := value(t, database, "SELECT @@skip_networking"); got != "1" {
		t.Errorf("skip_networking is %s, want 1", got)
	}
	if got := cache.ConfigGet(t.Context(), "port").Val()["port"]; got != "0" {
		t.Errorf("Redis listens on port %s, want none", got)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the data folder has mode %v (%v), want 0700", info.Mode(), err)
	}
	mysqld, redisServer := pid(t, dir, "mysql"), pid(t, dir, "redis")
	for _, p := range []int{mysqld, redisServer} {
		if group, err := syscall.Getpgid(p); err != nil || group != p {
			t.Errorf("process %d is in group %d (%v), want its own: Ctrl-C must reach only us", p, group, err)
		}
	}

	servers.Stop()
	servers.Stop()
	if running(mysqld) || running(redisServer) {
		t.Error("a server still runs after Stop")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.pid")); len(left) > 0 {
		t.Errorf("%v were left behind", left)
	}
}

func TestWhatIsWrittenIsDurable(t *testing.T) {
	t.Parallel()
	servers := start(t, t.TempDir())
	if got := value(t, openDatabase(t, servers), "SELECT @@innodb_flush_log_at_trx_commit"); got != "1" {
		t.Errorf("innodb_flush_log_at_trx_commit is %s, want 1", got)
	}
	for name, want := range map[string]string{"appendonly": "yes", "appendfsync": "everysec", "maxmemory-policy": "noeviction"} {
		if got := openRedis(t, servers).ConfigGet(t.Context(), name).Val()[name]; got != want {
			t.Errorf("Redis has %s %s, want %s", name, got, want)
		}
	}
}

func TestASecondProgramOnTheSameFolderIsRefusedByName(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	holder := startHolder(t, exec.Command(os.Args[0]), dir)

	_, err := localserver.Start(t.Context(), dir, localserver.Volatile())
	var inUse *localserver.InUseError
	if !errors.As(err, &inUse) {
		t.Fatalf("the second start says %v, want that the folder is in use", err)
	}
	if want := strconv.Itoa(holder.Process.Pid); inUse.PID != want || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), want) {
		t.Errorf("the error %q does not name folder %s and process %s", err, dir, want)
	}

	joined, err := localserver.Join(t.Context(), dir)
	if err != nil {
		t.Fatalf("join the running servers: %v", err)
	}
	openDatabase(t, joined)
	joined.Stop()
	if !running(pid(t, dir, "mysql")) {
		t.Error("Stop after Join ended the other program's database")
	}
}

func TestNobodyJoinsServersThatDontRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := localserver.Join(t.Context(), dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("joining an empty folder: %v, want that nothing runs there", err)
	}
	start(t, dir, localserver.Volatile()).Stop()
	if _, err := localserver.Join(t.Context(), dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("joining stopped servers: %v, want that nothing runs there", err)
	}
}

func TestAKilledProgramLeavesNoServerAndLosesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	holder := startHolder(t, exec.Command(os.Args[0]), dir)
	servers, err := localserver.Join(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	database, cache := openDatabase(t, servers), openRedis(t, servers)
	execute(t, database, "CREATE TABLE kept (n INT)")
	execute(t, database, "INSERT INTO kept VALUES (41), (1)")
	if err := cache.Set(t.Context(), "kept", "yes", 0).Err(); err != nil {
		t.Fatal(err)
	}
	mysqld, redisServer := pid(t, dir, "mysql"), pid(t, dir, "redis")

	holder.Process.Kill()
	holder.Wait()
	eventually(t, "both servers end", func() bool { return !running(mysqld) && !running(redisServer) })

	servers = start(t, dir)
	if got := value(t, openDatabase(t, servers), "SELECT SUM(n) FROM kept"); got != "42" {
		t.Errorf("the rows add up to %s after the restart, want 42", got)
	}
	if got := openRedis(t, servers).Get(t.Context(), "kept").Val(); got != "yes" {
		t.Errorf("Redis has %q after the restart, want what was written", got)
	}
}

func TestAServerThatDiesAloneIsStartedAgainWithItsData(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"mysql", "redis"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			servers := start(t, dir)
			execute(t, openDatabase(t, servers), "CREATE TABLE kept (n INT)")
			before := pid(t, dir, name)
			syscall.Kill(before, syscall.SIGKILL)

			eventually(t, "it answers again", func() bool {
				after, err := os.ReadFile(filepath.Join(dir, name+".pid"))
				if err != nil || strings.TrimSpace(string(after)) == strconv.Itoa(before) {
					return false
				}
				_, err = localserver.Join(t.Context(), dir)
				return err == nil
			})
			if got := value(t, openDatabase(t, servers), "SELECT COUNT(*) FROM kept"); got != "0" {
				t.Errorf("the table has %s rows, want it there and empty", got)
			}
		})
	}
}

func TestAFolderWithALongPathHasItsSocketsElsewhere(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), strings.Repeat("a-long-name-", 10), "data")
	servers := start(t, dir, localserver.Volatile())
	openDatabase(t, servers)
	elsewhere, err := os.Readlink(filepath.Join(dir, "run"))
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(elsewhere); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the sockets' folder has mode %v (%v), want 0700", info.Mode(), err)
	}
	if joined, err := localserver.Join(t.Context(), dir); err != nil {
		t.Errorf("join: %v", err)
	} else {
		openDatabase(t, joined)
	}
	servers.Stop()
	if _, err := os.Stat(elsewhere); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the sockets' folder is still there (%v)", err)
	}
}

func TestAStartThatWasKilledHalfWayIsMadeAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := errors.Join(os.MkdirAll(filepath.Join(dir, "mysql.new", "mysql"), 0o700), os.WriteFile(filepath.Join(dir, "mysql.new", "ibdata1"), []byte("half"), 0o600)); err != nil {
		t.Fatal(err)
	}
	openDatabase(t, start(t, dir, localserver.Volatile()))
}

func TestAFolderOfTheOtherDatabaseIsNotTouched(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{"made-by": "was made by Oracle", "ibdata1": "was not made by this program"} {
		dir := t.TempDir()
		if err := errors.Join(os.Mkdir(filepath.Join(dir, "mysql"), 0o700), os.WriteFile(filepath.Join(dir, "mysql", file), []byte("Oracle\n"), 0o600)); err != nil {
			t.Fatal(err)
		}
		servers, err := localserver.Start(t.Context(), dir)
		if err == nil {
			servers.Stop()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("with %s there: %v, want %q", file, err, want)
		}
	}
}

func TestAServerThatCannotStartSaysWhyFromItsLog(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	start(t, dir, localserver.Volatile()).Stop()
	if err := os.WriteFile(filepath.Join(dir, "mysql", "ibdata1"), []byte("not a tablespace"), 0o600); err != nil {
		t.Fatal(err)
	}
	servers, err := localserver.Start(t.Context(), dir, localserver.Volatile())
	if err == nil {
		servers.Stop()
	}
	if err == nil || !strings.Contains(err.Error(), "ended while it was starting") || !strings.Contains(err.Error(), "ibdata1") {
		t.Fatalf("got %v, want the end of the server's log", err)
	}
	if _, err := localserver.Join(t.Context(), dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something still answers (%v), want Redis ended too", err)
	}
}

func TestOrdinaryUsersRunThemToo(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		openDatabase(t, start(t, t.TempDir(), localserver.Volatile())) // then every test here is this one
		return
	}
	const nobody = 65534
	home, err := os.MkdirTemp("", "nobody-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(home) })
	program, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	path, dir := filepath.Join(home, "program"), filepath.Join(home, "data")
	if err := errors.Join(os.Chmod(home, 0o755), os.WriteFile(path, program, 0o755), os.Mkdir(dir, 0o700), os.Chown(dir, nobody, nobody)); err != nil {
		t.Fatal(err)
	}
	asNobody := exec.Command(path)
	asNobody.Dir = "/"
	asNobody.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	holder := startHolder(t, asNobody, dir)
	mysqld := pid(t, dir, "mysql")
	var owner syscall.Stat_t
	if err := syscall.Stat(filepath.Join(dir, "mysql", "ibdata1"), &owner); err != nil || owner.Uid != nobody {
		t.Errorf("the database's files belong to user %d (%v), want %d", owner.Uid, err, nobody)
	}
	holder.Process.Kill()
	holder.Wait()
	eventually(t, "the database ends", func() bool { return !running(mysqld) })
}

func start(t *testing.T, dir string, opts ...localserver.Option) *localserver.Servers {
	t.Helper()
	servers, err := localserver.Start(t.Context(), dir, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(servers.Stop)
	return servers
}

// startHolder runs this test program as one that holds servers on dir; it is killed at the test's end.
func startHolder(t *testing.T, cmd *exec.Cmd, dir string) *exec.Cmd {
	t.Helper()
	cmd.Env = append(os.Environ(), holdVariable+"="+dir)
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	said, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	if line, err := bufio.NewReader(said).ReadString('\n'); line != "holding\n" {
		t.Fatalf("the holder says %q (%v)", line, err)
	}
	return cmd
}

func openDatabase(t *testing.T, s *localserver.Servers) *sql.DB {
	t.Helper()
	u, err := url.Parse(s.DatabaseURL())
	if err != nil {
		t.Fatal(err)
	}
	c := mysql.NewConfig()
	c.User, c.Net, c.Addr, c.DBName, c.Logger = u.User.Username(), "unix", u.Query().Get("socket"), strings.Trim(u.Path, "/"), &mysql.NopLogger{}
	connector, err := mysql.NewConnector(c)
	if err != nil {
		t.Fatal(err)
	}
	database := sql.OpenDB(connector)
	t.Cleanup(func() { database.Close() })
	if err := database.PingContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	return database
}

func openRedis(t *testing.T, s *localserver.Servers) *redis.Client {
	t.Helper()
	o, err := redis.ParseURL(s.RedisURL())
	if err != nil {
		t.Fatal(err)
	}
	client := redis.NewClient(o)
	t.Cleanup(func() { client.Close() })
	return client
}

func value(t *testing.T, database *sql.DB, query string) (v string) {
	t.Helper()
	if err := database.QueryRowContext(t.Context(), query).Scan(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func execute(t *testing.T, database *sql.DB, query string) {
	t.Helper()
	if _, err := database.ExecContext(t.Context(), query); err != nil {
		t.Fatal(err)
	}
}

func pid(t *testing.T, dir, name string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name+".pid"))
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// running says whether a process runs; a zombie, which has ended and only waits to be counted, doesn't.
func running(pid int) bool {
	if stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)); err == nil {
		_, state, _ := strings.Cut(string(stat), ") ")
		return !strings.HasPrefix(state, "Z")
	}
	state, err := exec.Command("ps", "-o", "stat=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && !strings.HasPrefix(string(state), "Z")
}

// eventually waits up to 15 s for what should happen.
func eventually(t *testing.T, what string, happened func() bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(15 * time.Second); !happened(); {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited in vain until %s", what)
		}
	}
}
