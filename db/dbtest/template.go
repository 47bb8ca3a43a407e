package dbtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/localserver"
	"github.com/your-org/waitlist-management/migrations"
	"github.com/your-org/waitlist-management/seal"
)

// keepFor is how long data of an older schema or server stays in the cache.
const keepFor = 7 * 24 * time.Hour

// copyTemplate fills dir with a data folder whose database "waitlist" is migrated. Making one takes seconds, so it is kept in the user's
// cache folder, under a name that changes with the migrations and the server.
func copyTemplate(ctx context.Context, dir string) error {
	cached, err := templateFolder()
	if err != nil {
		return err
	}
	if _, err := os.Stat(cached); err != nil {
		if err := makeTemplate(ctx, cached); err != nil {
			return fmt.Errorf("make the migrated database that tests start from: %w", err)
		}
	}
	return os.CopyFS(filepath.Join(dir, "mysql"), os.DirFS(filepath.Join(cached, "mysql")))
}

func templateFolder() (string, error) {
	engine, err := localserver.Engine()
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	fmt.Fprintln(hash, "form 1", engine)
	err = fs.WalkDir(migrations.Files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(migrations.Files, path)
		fmt.Fprintf(hash, "%s %d\n%s", path, len(text), text)
		return err
	})
	if err != nil {
		return "", err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return filepath.Join(cache, "waitlist-tests", hex.EncodeToString(hash.Sum(nil))[:20]), nil
}

// makeTemplate makes the folder beside and renames it: several test programs may be at it at once, and the first one wins.
func makeTemplate(ctx context.Context, cached string) error {
	parent := filepath.Dir(cached)
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return err
	}
	removeOld(parent)
	half, err := os.MkdirTemp(parent, "new-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(half)
	servers, err := localserver.Start(ctx, half, localserver.Volatile())
	if err != nil {
		return err
	}
	defer servers.Stop()
	master, err := seal.ParseMaster(EncryptionKey)
	if err != nil {
		return err
	}
	d, err := db.Open(ctx, servers.DatabaseURL(), master)
	if err != nil {
		return err
	}
	defer d.Close()
	if _, err := migrations.Up(ctx, d.Pool()); err != nil {
		return err
	}
	d.Close()
	servers.Stop()
	if err := os.Rename(half, cached); err != nil {
		if _, won := os.Stat(cached); won != nil {
			return err
		}
	}
	return nil
}

func removeOld(parent string) {
	entries, _ := os.ReadDir(parent)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > keepFor {
			os.RemoveAll(filepath.Join(parent, e.Name()))
		}
	}
}
