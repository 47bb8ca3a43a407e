package paths

// The audit trail: its page, which a GET with filters narrows, and what is asked
// of it.
const (
	Audit       = "/admin/audit"
	AuditCheck  = "/admin/audit/check"  // takes the POST that has the whole trail checked; a GET tells how far that is
	AuditExport = "/admin/audit/export" // takes the POST of an export, which is noted
)
