# Needs Python 3.11 or newer and make; without make: python bootstrap.py run
ifeq ($(OS),Windows_NT)
PYTHON ?= python
else
PYTHON ?= python3
endif
HOST ?= 127.0.0.1
PORT ?= 8000
BOOTSTRAP = @$(PYTHON) bootstrap.py

.PHONY: help run test test-faults setup lint types check bench lock

help:     ## list what can be made
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*##/ -/'

run:      ## serve Dateline; HOST=0.0.0.0 for a classroom, PORT=8080 for another port
	$(BOOTSTRAP) run --host $(HOST) --port $(PORT)

test:     ## run every test that this machine can run
	$(BOOTSTRAP) test -n auto -rfEs --durations=10 $(ARGS)

test-faults: ## run the long tests: kill -9, races in forty rounds, full disks, lost databases
	$(BOOTSTRAP) test -n auto -m faults -rfEs --durations=10 $(ARGS)

setup:    ## only install what run and test need
	$(BOOTSTRAP) setup

lint:     ## look for slips of style and for imports that go up
	$(BOOTSTRAP) python -m ruff check
	$(BOOTSTRAP) python -m ruff format --check
	$(BOOTSTRAP) python -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

types:    ## check the types
	$(BOOTSTRAP) python -m mypy

check: lint types test    ## all three

bench:    ## measure pages and answers beside a reference, and the build of the bank; about six minutes
	$(BOOTSTRAP) python tests/bench/speed.py $(ARGS)
	$(BOOTSTRAP) python tests/bench/build_times.py

lock:     ## pin the newest allowed version of every package
	$(BOOTSTRAP) lock
