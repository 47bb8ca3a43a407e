# What a person types. `make help` lists it.

# Packages whose tests race on purpose; the rest runs without the race detector, which costs several times as much.
RACED := $(addsuffix /...,$(wildcard ./db ./holds ./idempotency ./live ./localserver ./waitlist ./outbox ./mail ./jobs ./ratelimit ./webhooks))
GO_FILES := $(wildcard $(shell git ls-files -co --exclude-standard '*.go' 2>/dev/null))
# Such as TESTFLAGS=-v, or TESTFLAGS='-run Confirm -count 10'.
TESTFLAGS ?=
# Such as SCREENSHOTFLAGS='-language en-AU', when it is night in Europe: the demo is set in the language's country.
SCREENSHOTFLAGS ?=

.PHONY: help run demo dev build test check lint generate bench screenshot
.DEFAULT_GOAL := help

help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## install what is missing, build, and run the program on http://localhost:3000
	@scripts/install.sh run
	@$(MAKE) --no-print-directory build
	@exec bin/waitlist

# paused, slow, normal or fast
PACE ?= normal

demo: ## install what is missing, build, and run a made-up business whose customers act by themselves (PACE=fast)
	@scripts/install.sh run
	@$(MAKE) --no-print-directory build
	@exec bin/waitlist demo --pace $(PACE)

build: ## build bin/waitlist
	@go build -o bin/waitlist ./cmd/waitlist

dev: .tools/templ ## run with live reload on http://localhost:7331
	@scripts/install.sh run
	.tools/templ generate --watch --proxy=http://localhost:$${PORT:-3000} --open-browser=false --cmd='go run ./cmd/waitlist'

test: ## install what is missing and run all tests
	@scripts/install.sh test
	@$(MAKE) --no-print-directory node_modules
	@failed=0; \
	go test -race $(TESTFLAGS) $(RACED) || failed=1; \
	go test $(TESTFLAGS) $$(go list ./... | grep -vxF "$$(go list $(RACED))") || failed=1; \
	exit $$failed

check: lint ## formatting, lint, house rules, and that generated files are fresh
	@unformatted=$$(gofmt -l $(GO_FILES)); [ -z "$$unformatted" ] || { echo "not formatted (gofmt -w):"; echo "$$unformatted"; exit 1; }
	go test -count=1 .
	scripts/check-fresh.sh

lint: .tools/golangci-lint ## look for what .golangci.yml names (the first time it builds the linter: minutes)
	.tools/golangci-lint run ./...

generate: .tools/templ .tools/sqlc .tools/oapi-codegen node_modules ## write everything that is generated (needs Node for the front end)
	scripts/generate.sh
	go run ./cmd/waitlist config example >.env.example
	go run ./cmd/waitlist config docs >docs/configuration.md

bench: ## install what is missing, measure how fast the program is, and write docs/performance.md (ten minutes)
	@scripts/install.sh test
	go test -count=1 -timeout 30m -run '^$$' -bench . -benchtime 1x $(TESTFLAGS) ./e2e/bench -args -write ../../docs/performance.md

screenshot: build ## take the README's picture of the board anew (needs Chromium)
	go run ./e2e/screenshot $(SCREENSHOTFLAGS) bin/waitlist docs/board.png

node_modules: package-lock.json
	npm ci --no-audit --no-fund
	@touch node_modules

# Tools live in modules of their own, so that their libraries don't become the program's, nor the linter's the generators'.
.tools/oapi-codegen: TOOL = github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen
.tools/templ: TOOL = github.com/a-h/templ/cmd/templ
.tools/sqlc: TOOL = github.com/sqlc-dev/sqlc/cmd/sqlc
.tools/templ .tools/sqlc .tools/oapi-codegen: tools/go.mod tools/go.sum
	$(call build-tool,tools/go.mod)
.tools/golangci-lint: TOOL = github.com/golangci/golangci-lint/v2/cmd/golangci-lint
.tools/golangci-lint: tools/lint/go.mod tools/lint/go.sum
	$(call build-tool,tools/lint/go.mod)

define build-tool
@mkdir -p .tools
CGO_ENABLED=0 go build -modfile=$(1) -o $@ $(TOOL)
endef
