package config

import (
	"bytes"
	"errors"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	p256     = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAETImK7LzWJ9Rvc3phQIDNUNIKD2Y0+Vhvic9s8SBpvtBx43zRzoWQgK8Pz8Tr9bYrrznd3TOWUoNlEhP7qlkZPQ==" // of SendGrid's kind
	p384     = "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEV2AjQPLr5vTatPvT/y7y4Km4ilYf/2d4jj4sDl+JGZy/qR2h14SG+G0Uy4LJmBaChwnLT0NX7FhD0P6hp3N6Iuf9PeBXe0JWidM6Z+JdQIwYDsfA4ugrFeKBWKu0znTE"
	key32    = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
	secret32 = "0123456789abcdef0123456789abcdef"
)

// production is a full configuration as production needs it.
func production() map[string]string {
	return map[string]string{
		"APP_ENV": "production", "BASE_URL": "https://waitlist.example.com",
		"DATABASE_URL": "mysql://user:hidden-word@db:3306/waitlist", "REDIS_URL": "redis://cache:6379",
		"ENCRYPTION_KEY": key32, "SESSION_SECRET": secret32, "JWT_SECRET": secret32,
		"SENDGRID_API_KEY": "SG.hidden-word", "SENDGRID_FROM_EMAIL": "hello@example.com",
	}
}

func parse(values map[string]string) (Config, error) {
	return Parse(func(name string) string { return values[name] })
}

func TestNothingSetMeansALocalStartWithDefaults(t *testing.T) {
	c, err := parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	if !c.Local() || c.Production || c.Port != 3000 || c.BaseURL != "http://localhost:3000" || c.Signup != SignupFirst || c.DataDir != "./data" {
		t.Errorf("got %+v", c)
	}
	if c.RateLimit.Window != time.Minute || c.RateLimit.MaxRequests != 300 || c.LogLevel != slog.LevelInfo {
		t.Errorf("got %+v", c)
	}
}

func TestAFullProductionConfigurationIsFine(t *testing.T) {
	c, err := parse(production())
	if err != nil {
		t.Fatal(err)
	}
	if c.Local() || !c.Production || c.SendGrid.FromEmail != "hello@example.com" || c.SendGrid.FromName != "Waitlist" {
		t.Errorf("got %+v", c)
	}
}

func TestProductionNeedsEachOfItsVariables(t *testing.T) {
	for name := range production() {
		if name == "APP_ENV" {
			continue
		}
		values := production()
		delete(values, name)
		wantProblems(t, values, name)
		values[name] = "  "
		wantProblems(t, values, name)
	}
}

func TestEveryProblemIsNamedAtOnce(t *testing.T) {
	wantProblems(t, map[string]string{"APP_ENV": "production", "PORT": "eighty", "SIGNUP": "yes"},
		"PORT", "SIGNUP", "BASE_URL", "DATABASE_URL", "REDIS_URL", "ENCRYPTION_KEY", "SESSION_SECRET", "JWT_SECRET", "SENDGRID_API_KEY", "SENDGRID_FROM_EMAIL")
}

func TestVariablesThatNeedEachOther(t *testing.T) {
	secrets := map[string]string{"ENCRYPTION_KEY": key32, "SESSION_SECRET": secret32, "JWT_SECRET": secret32}
	for _, c := range []struct {
		sets    map[string]string
		lacking []string
	}{
		{map[string]string{"DATABASE_URL": "mysql://u@h/d"}, []string{"REDIS_URL"}},
		{map[string]string{"REDIS_URL": "redis://h"}, []string{"DATABASE_URL"}},
		{map[string]string{"SENDGRID_API_KEY": "SG.x"}, []string{"SENDGRID_FROM_EMAIL"}},
		{map[string]string{"GOOGLE_CLIENT_ID": "x"}, []string{"GOOGLE_CLIENT_SECRET", "GOOGLE_REDIRECT_URI"}},
		{map[string]string{"GOOGLE_REDIRECT_URI": "https://x.example/y"}, []string{"GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"}},
	} {
		maps.Copy(c.sets, secrets)
		wantProblems(t, c.sets, c.lacking...)
	}
	wantProblems(t, map[string]string{"DATABASE_URL": "mysql://u@h/d", "REDIS_URL": "redis://h"}, "ENCRYPTION_KEY", "SESSION_SECRET", "JWT_SECRET")
}

func TestEachVariableRefusesWhatItCannotUse(t *testing.T) {
	for name, values := range map[string][]string{
		"APP_ENV":                 {"prod", "Production"},
		"PORT":                    {"0", "65536", "-1", "3000.5", "x"},
		"BASE_URL":                {"waitlist.example.com", "ftp://x.example", "https://", "https://x.example/path", "https://x.example?q", "https://user@x.example", "http://waitlist.example.com"},
		"LOG_LEVEL":               {"loud"},
		"SIGNUP":                  {"FIRST", "everyone"},
		"TRUSTED_PROXIES":         {"10.0.0.1", "10.0.0.0/33", "10.0.0.0/8,", "anyone"},
		"DATABASE_URL":            {"postgres://u@h/d", "mysql://u@h", "mysql://u@h/", "mysql:///d", "user:pass@tcp(h)/d", "mysql://%zz"},
		"REDIS_URL":               {"h:6379", "http://h", "redis://h/x"},
		"ENCRYPTION_KEY":          {"short", key32[:40], key32 + ",short", "," + key32, key32 + "AAAA"},
		"SESSION_SECRET":          {secret32[1:], secret32 + ",short", secret32 + ","},
		"JWT_SECRET":              {"x"},
		"SENDGRID_FROM_EMAIL":     {"hello", "Hello <hello@example.com>", "a@b, c@d"},
		"SENDGRID_WEBHOOK_KEY":    {"x", key32, p384, p256[4:], p256 + ",", p256 + " " + p256, "-----BEGIN PUBLIC KEY-----"},
		"RATE_LIMIT_WINDOW_MS":    {"999", "3600001", "1s"},
		"RATE_LIMIT_MAX_REQUESTS": {"0", "1000001", "many"},
		"GOOGLE_REDIRECT_URI":     {"x.example/y"},
		"SENTRY_DSN":              {"not a web address"},
	} {
		for _, value := range values {
			sets := production()
			sets["GOOGLE_CLIENT_ID"], sets["GOOGLE_CLIENT_SECRET"], sets["GOOGLE_REDIRECT_URI"] = "x", "y", "https://waitlist.example.com/z"
			sets[name] = value
			got := problemsOf(t, sets)
			if !named(got, name) || len(got) != 1 {
				t.Errorf("%s=%q: got problems %v, want exactly its own", name, value, got)
			}
		}
	}
}

func TestEachVariableTakesWhatItCanUse(t *testing.T) {
	for name, values := range map[string][]string{
		"BASE_URL":        {"https://x.example/", "https://x.example:8443", "http://localhost:3000", "http://127.0.0.1:3000"},
		"LOG_LEVEL":       {"debug", "WARN"},
		"TRUSTED_PROXIES": {"10.0.0.0/8", "10.1.2.3/8, fd00::/8"},
		"DATABASE_URL":    {"mysql://u:p%40ss@h:3306/d?tls=true", "mariadb://u@h/d", "mysql://root@/waitlist?socket=%2Ftmp%2Fs"},
		"REDIS_URL":       {"rediss://u:p@h:6379/1", "unix:///tmp/redis.sock"},
		"ENCRYPTION_KEY":  {strings.TrimRight(key32, "="), key32 + ", " + key32, strings.Repeat("_-", 21) + "A"},
		"SESSION_SECRET":  {secret32 + "," + secret32},

		"SENDGRID_WEBHOOK_KEY": {p256, p256 + ", " + p256},
	} {
		for _, value := range values {
			sets := production()
			sets[name] = value
			if _, err := parse(sets); err != nil {
				t.Errorf("%s=%q: %v", name, value, err)
			}
		}
	}
}

func TestEachWebhookKeyIsRead(t *testing.T) {
	c, err := parse(map[string]string{"SENDGRID_WEBHOOK_KEY": p256 + ", " + p256})
	if err != nil || len(c.SendGrid.WebhookKeys) != 2 || !c.SendGrid.WebhookKeys[0].Equal(c.SendGrid.WebhookKeys[1]) {
		t.Errorf("%d keys (%v)", len(c.SendGrid.WebhookKeys), err)
	}
}

func TestABaseURLLosesItsTrailingSlash(t *testing.T) {
	c, err := parse(map[string]string{"BASE_URL": "http://192.168.1.5:3000/", "PORT": "3000"})
	if err != nil || c.BaseURL != "http://192.168.1.5:3000" {
		t.Errorf("got %q (%v)", c.BaseURL, err)
	}
	if c, err = parse(map[string]string{"PORT": "8080"}); err != nil || c.BaseURL != "http://localhost:8080" {
		t.Errorf("got %q (%v), want the port in it", c.BaseURL, err)
	}
}

func TestNoErrorEverHoldsAValue(t *testing.T) {
	const canary = "hidden-word"
	for _, v := range variables {
		sets := production()
		sets[v.Name] = canary
		if _, err := parse(sets); err != nil && strings.Contains(err.Error(), canary) {
			t.Errorf("%s: the error repeats the value: %v", v.Name, err)
		}
	}
}

func TestTheEnvironmentWinsOverTheFileAndFilesHoldSecrets(t *testing.T) {
	dir := t.TempDir()
	secret := filepath.Join(dir, "secret")
	dotEnv := write(t, filepath.Join(dir, ".env"), "# a comment\n\nexport PORT=4000\nSIGNUP='open'\nLOG_LEVEL = \"debug\"\nSESSION_SECRET_FILE="+secret+"\n")
	write(t, secret, secret32+"\n")
	environment := map[string]string{"PORT": "5000"}
	c, err := load(func(n string) string { return environment[n] }, dotEnv, map[string]string{"SIGNUP": "closed", "JWT_SECRET": secret32})
	if err != nil {
		t.Fatal(err)
	}
	if c.Port != 5000 || c.Signup != SignupOpen || c.LogLevel != slog.LevelDebug || c.SessionSecret != secret32 || c.JWTSecret != secret32 {
		t.Errorf("got %+v", c)
	}
}

func TestAMissingSecretFileIsNamedBesideTheOtherProblems(t *testing.T) {
	environment := map[string]string{"SESSION_SECRET_FILE": filepath.Join(t.TempDir(), "missing"), "PORT": "x"}
	_, err := load(func(n string) string { return environment[n] }, "", nil)
	var got Problems
	if !errors.As(err, &got) || len(got) != 2 || !named(got, "SESSION_SECRET") || !named(got, "PORT") {
		t.Errorf("got %v, want SESSION_SECRET and PORT", err)
	}
}

func TestABrokenEnvFileNamesTheLineOnly(t *testing.T) {
	dotEnv := write(t, filepath.Join(t.TempDir(), ".env"), "PORT=1\nhidden-word\n")
	_, err := load(func(string) string { return "" }, dotEnv, nil)
	if err == nil || !strings.Contains(err.Error(), "line 2") || strings.Contains(err.Error(), "hidden-word") {
		t.Errorf("got %v, want line 2 named and not repeated", err)
	}
}

func TestAMissingEnvFileIsFine(t *testing.T) {
	if _, err := load(func(string) string { return "" }, filepath.Join(t.TempDir(), ".env"), nil); err != nil {
		t.Error(err)
	}
}

func TestTheDocumentsAreFresh(t *testing.T) {
	for file, want := range map[string]string{"../.env.example": Example(), "../docs/configuration.md": Document()} {
		if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, []byte(want)) {
			t.Errorf("%s differs from the table of variables (%v): run make generate", file, err)
		}
	}
}

func TestTheExampleIsAWorkingEnvFileThatSetsNothing(t *testing.T) {
	values, err := parseDotEnv(strings.NewReader(Example()), ".env.example")
	if err != nil || len(values) != 0 {
		t.Fatalf("it sets %v (%v), want nothing", values, err)
	}
	on := strings.NewReplacer("\n#", "\n")
	values, err = parseDotEnv(strings.NewReader(on.Replace(strings.ReplaceAll(Example(), "# ", "## "))), ".env.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range variables {
		if _, ok := values[v.Name]; !ok {
			t.Errorf("%s is not in the example", v.Name)
		}
		if v.Secret && values[v.Name] != "" {
			t.Errorf("%s, a secret, has a value in the example", v.Name)
		}
	}
	if _, err := parse(values); err != nil {
		t.Errorf("the defaults are not fine: %v", err)
	}
}

func TestEveryVariableOfTheChecklistIsThere(t *testing.T) {
	for _, name := range []string{
		"APP_ENV", "PORT", "BASE_URL", "DATABASE_URL", "REDIS_URL", "ENCRYPTION_KEY", "SESSION_SECRET", "JWT_SECRET", "SENDGRID_API_KEY", "SENDGRID_FROM_EMAIL",
		"SENDGRID_FROM_NAME", "GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "GOOGLE_REDIRECT_URI", "DATADOG_API_KEY", "SENTRY_DSN", "RATE_LIMIT_WINDOW_MS", "RATE_LIMIT_MAX_REQUESTS",
	} {
		if !slices.ContainsFunc(variables, func(v variable) bool { return v.Name == name }) {
			t.Errorf("%s is missing from the table", name)
		}
	}
}

func wantProblems(t *testing.T, sets map[string]string, names ...string) {
	t.Helper()
	var got []string
	for _, p := range problemsOf(t, sets) {
		got = append(got, p.Name)
	}
	slices.Sort(got)
	slices.Sort(names)
	if !slices.Equal(got, names) {
		t.Errorf("with %v set, the problems are %v, want %v", slices.Sorted(maps.Keys(sets)), got, names)
	}
}

func problemsOf(t *testing.T, sets map[string]string) (problems Problems) {
	t.Helper()
	c, err := parse(sets)
	if err != nil && !errors.As(err, &problems) {
		t.Fatal(err)
	}
	if err != nil && c.Port != 0 {
		t.Error("a configuration with problems is handed out")
	}
	return problems
}

func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
