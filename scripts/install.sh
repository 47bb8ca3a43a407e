#!/usr/bin/env bash
# Installs what is missing, and nothing else:
#   scripts/install.sh run    what `make run` needs: a database server and Redis
#   scripts/install.sh test   that, and what `make test` needs: Chromium, Node to judge pages with, and a C
#                              compiler for the race detector
# On Debian and Ubuntu it uses apt-get, on macOS brew; elsewhere it names what is missing.
set -euo pipefail

purpose=${1:-run}
# Servers are often off an ordinary user's PATH.
PATH="$PATH${INSTALL_SEARCH-:/usr/sbin:/usr/local/sbin:/usr/libexec:/opt/homebrew/bin:/opt/homebrew/opt/mariadb/bin}"

have() { # have NAME...: is one of these programs here?
	local name
	for name in "$@"; do
		command -v "$name" >/dev/null 2>&1 && return 0
	done
	return 1
}

have_chromium() {
	have chromium chromium-browser google-chrome google-chrome-stable chrome || [ -d "/Applications/Chromium.app" ] || [ -d "/Applications/Google Chrome.app" ]
}

# An older Node is not replaced: Debian 12 has no newer one (18), and somebody may need the old one here.
require_new_node() {
	local version
	have node || return 0
	version=$(node --version)
	version=${version#v}
	[ "${version%%.*}" -ge 20 ] 2>/dev/null && return 0
	echo "Node $version is here, but the checks of pages need 20 or later. Get one from https://nodejs.org/en/download," >&2
	echo "unpack it anywhere, and put its bin folder first on your PATH. On macOS: brew upgrade node" >&2
	exit 1
}

if ! have go; then
	echo "Go is missing. Get it from https://go.dev/dl/ (1.21 or later: it fetches the version this project names by itself)," >&2
	echo "unpack it to /usr/local, and put /usr/local/go/bin on your PATH. On macOS: brew install go" >&2
	exit 1
fi

# What is missing, as "what people call it|Debian package|brew package".
missing=()
have mariadbd mysqld || missing+=("MariaDB (mariadbd)|mariadb-server|mariadb")
have redis-server valkey-server || missing+=("Redis (redis-server)|redis-server|redis")
if [ "$purpose" = test ]; then
	chromium=chromium
	grep -qs '^ID=ubuntu' /etc/os-release && chromium=chromium-browser
	have_chromium || missing+=("Chromium, for the browser tests|$chromium|--cask chromium")
	require_new_node
	have npm || missing+=("Node 20 or later with npm, for the checks of pages|nodejs npm|node")
	have curl || missing+=("curl, for the first steps with the API|curl|curl")
	have "${CC:-gcc}" cc clang || missing+=("a C compiler, for the race detector|gcc libc6-dev|")
fi
[ ${#missing[@]} -eq 0 ] && exit 0

field() { # field N: the Nth part of everything missing, one per line
	printf '%s\n' "${missing[@]}" | cut -d'|' -f"$1" | sed '/^$/d'
}

echo "Missing:" >&2
field 1 | sed 's/^/  /' >&2

if have apt-get; then
	sudo=()
	if [ "$(id -u)" -ne 0 ]; then
		have sudo || { echo "Ask an administrator to run: apt-get install --no-install-recommends $(field 2 | xargs)" >&2; exit 1; }
		sudo=(sudo)
	fi
	echo "Running: ${sudo[*]:+${sudo[*]} }apt-get update" >&2
	"${sudo[@]}" apt-get update -qq
	packages=$(field 2 | xargs)
	# Where the server comes apart from its system service, the service is left out: the program runs servers of its own.
	if apt-cache show mariadb-server-core mariadb-client-core >/dev/null 2>&1; then
		packages=${packages/mariadb-server/mariadb-server-core mariadb-client-core}
	fi
	# shellcheck disable=SC2086 # one argument per package is what is wanted
	set -- $packages
	echo "Running: ${sudo[*]:+${sudo[*]} }apt-get install --no-install-recommends $*" >&2
	"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
elif have brew; then
	field 3 | while read -r package; do
		echo "Running: brew install $package" >&2
		# shellcheck disable=SC2086 # "--cask chromium" is two arguments
		brew install $package
	done
else
	echo "This machine has neither apt-get nor brew: install these with its package manager, or run the program against" >&2
	echo "servers of your own (DATABASE_URL and REDIS_URL; see docs/configuration.md)." >&2
	exit 1
fi
# The system's own Node may be an old one.
[ "$purpose" != test ] || require_new_node
