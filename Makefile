# Every target does all the set-up it needs. GNU make and Python 3.11 or later with venv are enough.
# Paths are relative throughout: the checkout may stand in a folder with spaces or a % in its name.

# The first that is new enough and really runs (a version manager may leave names that do not).
PYTHON ?= $(shell for candidate in python3.11 python3.12 python3.13 python3; do \
	"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& echo "$$candidate" && break; done)
RUN := .venv/bin/python
# Which measurements: make bench ONLY=a.post
ONLY ?=
# What pytest is given: make test TESTS='tests/ledger -k reserve'
TESTS ?=
# How many requests each operation gets from each role: make fuzz FUZZ_EXAMPLES=200, and FUZZ_SEED=... to repeat a run
FUZZ_EXAMPLES ?= 40
FUZZ_SEED ?=
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help
.PHONY: help demo demo-day run test check lint types sound bench fuzz pictures shell lock base dev clean

help: ## Say what can be made.
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 12

base:
	@test -n "$(PYTHON)" || { echo "stillage: Python 3.11 or later is needed (Debian: apt install python3 python3-venv). If it has another name: make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) scripts/bootstrap.py base

dev:
	@test -n "$(PYTHON)" || { echo "stillage: Python 3.11 or later is needed (Debian: apt install python3 python3-venv). If it has another name: make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) scripts/bootstrap.py dev

demo: base ## Play a working day on a demo company, then serve it until Ctrl-C.
	@$(RUN) -m config.runner demo

demo-day: base ## Play the day and check that it ended as it must.
	@$(RUN) -m config.runner demo-day

run: base ## Serve this checkout's own database, without the demo.
	@$(RUN) -m config.runner run

test: check ## Check everything, then run the tests.
	@$(RUN) -m pytest $(TESTS)

check: dev ## Lint, types, import contracts, migrations, system checks; two at a time.
	@$(MAKE) --no-print-directory -j2 types lint sound

sound: dev
	@$(RUN) -m config.runner check

lint: dev ## Style, formatting, import contracts, templates, spelling.
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -c 'from importlinter.cli import lint_imports_command as lint; lint()'
	@$(RUN) -m djlint templates apps --quiet --check --lint
	@$(RUN) -m codespell_lib

types: dev ## Types.
	@$(RUN) -m mypy

bench: dev ## Measure; ONLY=name for some.
	@$(RUN) -m config.runner bench $(ONLY)

fuzz: dev ## Fuzz the API for longer, with other requests each time; FUZZ_EXAMPLES=200, FUZZ_SEED=... to repeat.
	@seed="$(FUZZ_SEED)"; seed="$${seed:-$$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}"; echo "FUZZ_SEED=$$seed"; \
		FUZZ_SEED="$$seed" FUZZ_EXAMPLES="$(FUZZ_EXAMPLES)" FUZZ_NASTY=1000 \
		$(RUN) -m pytest tests/api/test_fuzz.py tests/api/test_nasty_input.py

pictures: dev ## Take the pictures in docs/images from the demo day; needs Chromium.
	@$(RUN) -m config.runner pictures

shell: base ## A Python shell on this checkout's database.
	@$(RUN) manage.py shell

lock: ## Write requirements/*.txt from requirements/*.in (UPGRADE=name, or --upgrade for all).
	@$(PYTHON) scripts/lock.py $(UPGRADE)

clean: ## Remove the environment and all run state, databases included.
	@$(PYTHON) scripts/clean.py
