package localserver

import (
	"context"
	"path/filepath"

	"github.com/redis/go-redis/v9"
)

func redisProcess(path, dir, sockets string, o options) (*process, error) {
	socket := filepath.Join(sockets, "redis.sock")
	args := []string{
		"--port", "0",
		"--unixsocket", socket,
		"--unixsocketperm", "700",
		"--dir", filepath.Join(dir, "redis"),
		"--save", "",
		"--maxmemory-policy", "noeviction",
		"--daemonize", "no",
	}
	if o.volatile {
		args = append(args, "--appendonly", "no")
	} else {
		args = append(args, "--appendonly", "yes", "--appendfsync", "everysec")
	}
	return &process{
		name:    "Redis",
		path:    path,
		args:    args,
		pidFile: pidFile(dir, "redis"),
		logFile: logFile(dir, "redis"),
		ready:   func(ctx context.Context) error { return pingRedis(ctx, socket) },
		log:     o.log,
	}, nil
}

// pingRedis fails while Redis is still reading its data.
func pingRedis(ctx context.Context, socket string) error {
	client := redis.NewClient(&redis.Options{Network: "unix", Addr: socket, MaxRetries: -1, ContextTimeoutEnabled: true, PoolSize: 1})
	defer client.Close()
	return client.Ping(ctx).Err()
}
