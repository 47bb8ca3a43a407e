#!/usr/bin/env bash
# Fails when something generated is not what its sources make now. It generates in a copy, so the working tree stays as it is.
# Without Node (nobody needs it to build or run) styles and script are not checked, except where CI is set.
set -euo pipefail
cd "$(dirname "$0")/.."
make --no-print-directory .tools/templ .tools/sqlc .tools/oapi-codegen

if ! [ -d node_modules ]; then
	if command -v npm >/dev/null; then
		npm ci --silent --no-audit --no-fund
	elif [ -n "${CI:-}" ]; then
		echo "Node is needed to check that styles and script are fresh" >&2
		exit 1
	fi
fi

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -co --exclude-standard -z | while IFS= read -r -d '' file; do
	[ -e "$file" ] && printf '%s\0' "$file"
done | tar --null -T - -cf - | tar -xf - -C "$copy"
cp -R "$copy" "$copy.before"
trap 'rm -rf "$copy" "$copy.before"' EXIT
ln -s "$PWD/.tools" "$copy/.tools"
if [ -d node_modules ]; then
	ln -s "$PWD/node_modules" "$copy/node_modules"
else
	echo "Node is missing: styles and script are not checked" >&2
fi

(cd "$copy" && scripts/generate.sh)
rm "$copy/.tools"
rm -f "$copy/node_modules"
if ! diff -rq "$copy.before" "$copy"; then
	echo "Generated files are not fresh: run make generate and commit what it writes" >&2
	exit 1
fi
