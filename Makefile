# `make demo` shows a first result and `make test` runs the tests. Each installs what it needs into .venv.
# Requires make and Python 3.11 or newer. To use another interpreter: make demo PYTHON=python3.12

PYTHON ?= python3
VENV ?= .venv
ARGS ?=

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Stamp files: a step runs again only if something it depends on is newer than its stamp.
READY := $(VENV)/.termcheck-ready
DEMO := $(VENV)/.termcheck-demo
DEV := $(VENV)/.termcheck-dev
BENCH := $(VENV)/.termcheck-bench

.PHONY: help bench sizing demo docs test lint style types imports format clean

help:
	@echo 'make demo    check examples/briefing.md and show the findings'
	@echo 'make test    run the tests (ARGS="-k readme" to run some)'
	@echo 'make lint    run ruff, mypy and the import contracts'
	@echo 'make bench   measure performance against the budgets (ARGS="start briefing" to run some)'
	@echo 'make sizing  estimate the cost of corpora of millions of pairs'
	@echo 'make docs    build the documentation into docs/_build/html'
	@echo 'make format  format the code with ruff'
	@echo 'make clean   remove $(VENV) and all caches'

demo: $(DEMO)
	@echo '$$ termcheck check examples/briefing.md'
	@status=0; $(BIN)/termcheck check examples/briefing.md || status=$$?; \
	if [ $$status -eq 1 ]; then \
	  echo 'Exit code 1: termcheck found something, as expected here. In a hook or in CI, this stops the commit.'; \
	  echo 'To check your own texts: $(BIN)/termcheck check FILE, with a glossary.yaml in the same directory or above.'; \
	else \
	  echo "Expected exit code 1 (findings) but got $$status." >&2; exit 1; \
	fi

test: $(DEV)
	$(BIN)/python -m pytest $(ARGS)

docs: $(DEV)
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going docs docs/_build/html

bench: $(BENCH)
	@$(BIN)/python benchmarks/run.py $(ARGS)

sizing: $(DEV)
	@$(BIN)/python benchmarks/sizing.py $(ARGS)

lint: style types imports

style: $(DEV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(DEV)
	$(BIN)/mypy --strict

imports: $(DEV)
	$(BIN)/lint-imports

format: $(DEV)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:
	rm -rf $(VENV) build dist docs/_build docs/reference .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache .grimp_cache .benchmark_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY):
	@command -v '$(PYTHON)' >/dev/null || { \
	  echo 'There is no $(PYTHON) here. Install Python 3.11 or newer, or set PYTHON: make PYTHON=/path/to/python3.12' >&2; \
	  exit 1; }
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "termcheck needs Python 3.11 or newer; $(PYTHON) is $$('$(PYTHON)' -V 2>&1). Set PYTHON to another: make PYTHON=python3.12" >&2; \
	  exit 1; }
	@echo 'Setting up $(VENV) (once; this takes a minute)'
	@'$(PYTHON)' -m venv '$(VENV)' || { \
	  echo 'Cannot create the virtual environment. On Debian and Ubuntu: apt install python3-venv' >&2; \
	  exit 1; }
	@$(PIP) install --quiet --upgrade 'pip>=25.1'
	@touch $@

$(DEMO): $(READY) pyproject.toml
	@echo 'Installing termcheck'
	@$(PIP) install --quiet --editable .
	@touch $@

$(DEV): $(READY) pyproject.toml
	@echo 'Installing termcheck and its development tools'
	@$(PIP) install --quiet --editable . --group dev
	@touch $@ $(DEMO)

$(BENCH): $(READY) pyproject.toml
	@echo 'Installing termcheck and its benchmarks'
	@$(PIP) install --quiet --editable . --group bench
	@touch $@
