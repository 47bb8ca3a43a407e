package bench

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"strings"
)

// machine is what the figures were measured on, in words.
func machine() string {
	return fmt.Sprintf("%d cores%s, %s, %s, %s", runtime.NumCPU(), memory(), strings.Replace(runtime.Version(), "go", "Go ", 1),
		version("the database", "mariadbd", "mysqld"), version("Redis", "redis-server", "valkey-server"))
}

// memory is how much the machine has; empty where it doesn't say.
func memory() string {
	text, _ := os.ReadFile("/proc/meminfo")
	found := regexp.MustCompile(`MemTotal:\s+(\d+) kB`).FindSubmatch(text)
	if found == nil {
		return ""
	}
	kilobytes, _ := strconv.Atoi(string(found[1]))
	return fmt.Sprintf(", %d GiB of memory", (kilobytes+1<<19)>>20)
}

// version is what the first of these programs on this machine says it is.
func version(what string, programs ...string) string {
	for _, program := range programs {
		said, err := exec.Command(program, "--version").Output()
		if err != nil {
			continue
		}
		if found := regexp.MustCompile(`\d+\.\d+\.\d+(-MariaDB)?`).Find(said); found != nil {
			name := map[string]string{"mariadbd": "MariaDB", "mysqld": "MySQL", "redis-server": "Redis", "valkey-server": "Valkey"}[program]
			return name + " " + strings.TrimSuffix(string(found), "-MariaDB")
		}
	}
	return "an unknown version of " + what
}
