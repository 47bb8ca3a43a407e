package house_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/your-org/waitlist-management/config"
)

// composeFile is what the tests look at in docker-compose.prod.yml.
type composeFile struct {
	Services map[string]struct {
		Image       string
		Command     []string
		EnvFile     string `yaml:"env_file"`
		Environment map[string]string
		Ports       []string
		Volumes     []string
		Networks    []string
		Restart     string
		ReadOnly    bool                                  `yaml:"read_only"`
		DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
		Healthcheck struct{ Test []string }
	}
	Networks map[string]struct{ Internal bool }
	Volumes  map[string]any
}

func compose(t *testing.T) composeFile {
	t.Helper()
	var file composeFile
	if err := yaml.Unmarshal([]byte(read(t, "docker-compose.prod.yml")), &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Services) != 3 {
		t.Fatalf("the compose file has services %v, want app, mysql and redis", file.Services)
	}
	return file
}

func TestTheComposeFileConfiguresTheProgramForProduction(t *testing.T) {
	app := compose(t).Services["app"]
	if app.EnvFile != ".env" {
		t.Errorf("the app reads %q, want .env", app.EnvFile)
	}
	for _, mail := range []map[string]string{ // one of the two
		{"SENDGRID_API_KEY": "SG.key", "SENDGRID_FROM_EMAIL": "hello@example.com"},
		{"SMTP_URL": "smtp://user:password@relay.example.com", "SMTP_FROM_EMAIL": "hello@example.com"},
	} {
		set := map[string]string{ // what its head tells people to put into .env
			"BASE_URL": "https://waitlist.example.com", "ENCRYPTION_KEY": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
			"SESSION_SECRET": strings.Repeat("s", 32), "JWT_SECRET": strings.Repeat("j", 32),
		}
		maps.Copy(set, mail)
		for name := range set {
			if !strings.Contains(read(t, "docker-compose.prod.yml"), name) {
				t.Errorf("the head of the compose file doesn't say that %s is needed", name)
			}
		}
		for name, value := range app.Environment {
			set[name] = strings.ReplaceAll(value, "${MYSQL_PASSWORD:?set it in .env}", "0123abcd")
		}
		c, err := config.Parse(func(name string) string { return set[name] })
		if err != nil {
			t.Fatal(err)
		}
		if !c.Production || c.Local() || c.DatabaseURL != "mysql://waitlist:0123abcd@mysql:3306/waitlist" {
			t.Errorf("production %t, local %t, database %s", c.Production, c.Local(), c.DatabaseURL)
		}
	}
	for _, needed := range []string{"mysql", "redis"} {
		if app.DependsOn[needed].Condition != "service_healthy" {
			t.Errorf("the app doesn't wait until %s is healthy", needed)
		}
	}
	if !app.ReadOnly || app.Restart != "unless-stopped" {
		t.Errorf("read only %t, restart %q", app.ReadOnly, app.Restart)
	}
	for _, port := range app.Ports {
		if !strings.HasPrefix(port, "127.0.0.1:") {
			t.Errorf("port %s is open to the world without HTTPS", port)
		}
	}
}

func TestTheComposeFileKeepsDataAndKeepsItInside(t *testing.T) {
	file := compose(t)
	mysql, redis := file.Services["mysql"], file.Services["redis"]
	if mysql.Image != "mysql:8.4" || mysql.Environment["MYSQL_DATABASE"] != "waitlist" || mysql.Environment["MYSQL_USER"] != "waitlist" {
		t.Errorf("the database is %s with %v", mysql.Image, mysql.Environment)
	}
	if !slices.Contains(mysql.Command, "--innodb-flush-log-at-trx-commit=1") {
		t.Errorf("MySQL is started with %v: a commit must be on disk", mysql.Command)
	}
	for option, value := range map[string]string{"--appendonly": "yes", "--maxmemory-policy": "noeviction"} {
		if i := slices.Index(redis.Command, option); i < 0 || redis.Command[i+1] != value {
			t.Errorf("Redis is started with %v, want %s %s", redis.Command, option, value)
		}
	}
	for name, service := range map[string]struct {
		ports, volumes, networks, health []string
		restart                          string
	}{
		"mysql": {mysql.Ports, mysql.Volumes, mysql.Networks, mysql.Healthcheck.Test, mysql.Restart},
		"redis": {redis.Ports, redis.Volumes, redis.Networks, redis.Healthcheck.Test, redis.Restart},
	} {
		if len(service.ports) > 0 || !slices.Equal(service.networks, []string{"inside"}) || !file.Networks["inside"].Internal {
			t.Errorf("%s can be reached from outside: ports %v, networks %v", name, service.ports, service.networks)
		}
		if len(service.volumes) != 1 || !strings.HasPrefix(service.volumes[0], name+":") {
			t.Errorf("%s keeps its data in %v, want the volume %s", name, service.volumes, name)
		}
		if _, declared := file.Volumes[name]; !declared {
			t.Errorf("the volume %s is not declared", name)
		}
		if len(service.health) == 0 || service.restart != "unless-stopped" {
			t.Errorf("%s: health check %v, restart %q", name, service.health, service.restart)
		}
	}
}

func TestTheImageIsAStaticProgramThatIsNotRoot(t *testing.T) {
	file := read(t, "Dockerfile")
	goVersion := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(read(t, "go.mod"))[1]
	for _, want := range []string{"FROM golang:" + goVersion + " AS build", "CGO_ENABLED=0", "\nUSER 65532", `CMD ["/waitlist", "health"]`, "APP_ENV=production", "-X main.release="} {
		if !strings.Contains(file, want) {
			t.Errorf("the Dockerfile lacks %q", want)
		}
	}
	ignored := strings.Fields(read(t, ".dockerignore"))
	for _, want := range []string{".env", ".git", "data"} {
		if !slices.Contains(ignored, want) {
			t.Errorf(".dockerignore lacks %s", want)
		}
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
