#!/usr/bin/env bash
# Writes everything that is generated, into the folder it is run from: queries, pages, what is made of the API's document, and, where
# node_modules is there, styles, script and that document itself.
set -euo pipefail

.tools/sqlc generate
if grep -rnE 'sqlc\.[a-z]+\(' db --include='*.gen.go'; then
	echo "sqlc left one of its own calls in the SQL above: write the query without it (often an argument inside a row constructor)" >&2
	exit 1
fi
.tools/templ generate -log-level warn
[ ! -d node_modules ] || npm run --silent build
for made in handlers/api/spec client; do
	.tools/oapi-codegen -config "$made/generate.yaml" handlers/api/openapi.json
done
