package paths

// API is the folder of everything that programs ask for, in its first version; APIDocument is what it can do, for programs to read.
const (
	API         = "/api/v1"
	APIToken    = API + "/token"
	APIDocument = API + "/openapi.json"
	APIDocs     = "/api/docs"
	APIProblems = APIDocs + "/problems"
)
