# The commands of the project; `make help` lists them. Everything they need and the machine lacks, they install.

PREFIX ?= /usr/local
LATCHKEY = .build/release/latchkey
FUZZ ?= 600

.PHONY: help run build install test check fuzz tsan prove bench bench-all bench-copy bench-micro bench-pages docs format pictures tutorial

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## Build the release binary and start it on http://127.0.0.1:8080, with its data under ./data/
	@exec $(LATCHKEY) serve

build: ## Build the release binary, with the Swift libraries in it
	@Scripts/install-packages build
	swift build -c release --static-swift-stdlib --product latchkey

install: build ## Copy the binary to PREFIX/bin (PREFIX=/usr/local)
	install -D -m 755 $(LATCHKEY) "$(DESTDIR)$(PREFIX)/bin/latchkey"

test: ## Run every test; the last line is `N passed, N failed`
	@Scripts/install-packages build check proof test
	@Scripts/run-tests

check: ## Format, lint, layers and syntax: seconds, before every commit
	@Scripts/install-packages check
	@Scripts/check

fuzz: ## Send made-up bytes both ways for ten minutes, FUZZ=20 for so many seconds: the answers must not differ
	@Scripts/install-packages build
	@Scripts/run-fuzz $(FUZZ)

tsan: ## Let ThreadSanitizer watch verifying while keys, people, roles and the clock change
	@Scripts/install-packages build
	@Scripts/run-thread-sanitizer

prove: ## Break three nodes and their database, and check that a deleted key stays deleted (as root)
	@Scripts/run-proof $(PROVE)

bench: build ## Measure verify beside nginx, HAProxy, Redis, FastAPI and Django: 20 minutes, on two quiet cores
	@Scripts/install-packages bench
	@Scripts/install-python
	@Scripts/install-python Benchmarks/requirements.txt Benchmarks/.venv
	@cd Benchmarks && ../.venv/bin/python -m verify $(BENCH)

bench-all: BENCH = all
bench-all: bench ## The same, and what a million keys cost, and ten

bench-copy: build ## Measure how long a million keys take from SQLite to PostgreSQL, and back
	@Scripts/install-packages proof
	@Scripts/install-python
	@.venv/bin/python Benchmarks/copy $(COPY)

bench-pages: build ## Measure how long the pages take for a large company, and whether 20 ms are kept with 10,000 keys
	@Scripts/install-python
	@.venv/bin/python Benchmarks/pages $(PAGES)

bench-micro: ## Measure what the stages of a verify cost, one by one
	@Scripts/install-packages build
	swift build -c release --static-swift-stdlib --product micro
	@.build/release/micro $(MICRO)

pictures: ## Take the pictures of the README, of the help and of every page (docs/pictures) from the real pages
	@Scripts/install-packages build test
	@Scripts/install-python
	swift build --product latchkey
	@.venv/bin/python Scripts/make-pictures readme help
	@# Those of the help are part of the binary, and seen on a page.
	swift build --product latchkey
	@.venv/bin/python Scripts/make-pictures pages

tutorial: ## Record the video of the help from the real pages, in each language; it is part of the next build
	@Scripts/install-packages build test tutorial
	@Scripts/install-python
	swift build --product latchkey
	@.venv/bin/python Scripts/make-tutorial $(TUTORIAL)

docs: ## Write the reference of the Swift library LatchkeyClient
	@Scripts/install-packages build
	@Scripts/make-docs

format: ## Bring the Swift sources into the form that `make check` asks for
	swift format --in-place --parallel --recursive --configuration .swift-format Package.swift Sources Examples Tests Benchmarks
