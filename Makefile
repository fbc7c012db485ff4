# The two commands: `make run` and `make test`. Everything else is beside them; `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help run test check bench package assets format clean

DATA ?= data/demo
PORT ?= 8080
SWIFT_FILES := Sources Tests Package.swift
RELEASE := .build/release/essaim
# One set of flags for all that is not a test: another one would compile everything again.
BUILD := swift build --configuration release --static-swift-stdlib --disable-local-rpath --product essaim

help: ## Lists these commands
	@sed -n 's/^\([a-z]*\): ## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16

run: ## Sets everything up and serves the demonstration on http://127.0.0.1:8080 (PORT=, DATA=)
	@scripts/setup
	@$(BUILD)
	@scripts/assets
	@mkdir -p $(dir $(DATA))
	@$(RELEASE) demo --data $(DATA)
	@exec $(RELEASE) serve --data $(DATA) --port $(PORT)

test: ## Runs all tests: rules, requests, browser
	@scripts/test

check: ## What the continuous integration runs: layout, warnings as errors, all tests
	@swift format lint --strict --parallel --recursive $(SWIFT_FILES)
	@scripts/test

bench: ## Crashes it 100 times; measures speed and how it grows to 100,000 resources; writes Benchmarks/results.md (BENCH=quick: to 10,000)
	@scripts/setup --bench
	@$(BUILD)
	@scripts/assets
	@ESSAIM_CRASH_ROUNDS=$(if $(filter quick,$(BENCH)),5,100) ESSAIM_BINARY=$(abspath $(RELEASE)) .build/tools/venv/bin/python3 -B -m pytest Tests/Browser/test_crash.py
	@BENCH=$(BENCH) .build/tools/venv/bin/python3 Benchmarks/run

package: ## Makes the Debian package of this machine's architecture: .build/package/essaim_….deb
	@scripts/setup --package
	@$(BUILD)
	@scripts/package

assets: ## Makes share/essaim: sentences, migrations, style sheets, scripts
	@scripts/setup
	@scripts/assets

format: ## Lays out the Swift files
	@swift format --in-place --parallel --recursive $(SWIFT_FILES)

clean: ## Removes what was built; keeps the tools and the data
	@swift package clean
