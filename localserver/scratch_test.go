package localserver_test

import (
	"path/filepath"
	"testing"
)

func TestEachDatabaseKeepsItsTemporaryTablesInAFolderOfItsOwn(t *testing.T) {
	s := start(t, t.TempDir())
	if scratch := value(t, openDatabase(t, s), "SELECT @@tmpdir"); filepath.Dir(scratch) != s.Dir() {
		t.Fatalf("temporary tables are kept in %s, which another server may share", scratch)
	}
}
