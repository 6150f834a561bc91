# `make demo` shows a first result and `make test` runs the tests. Each installs what it needs into .venv.
# Requires make and Python 3.11 or newer. To use another interpreter: make demo PYTHON=python3.12

PYTHON ?= python3
VENV ?= .venv
ARGS ?=

BIN := $(VENV)/bin
# Python compiles a module when it is first imported; most of what is installed never is.
INSTALL := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-compile
# One process for each processor. The tests of a file stay in one process, because they share fixtures; files
# start in the order of their names, so that those with many quick tests are not all first.
PYTEST := $(BIN)/python -m pytest --numprocesses=logical --dist=loadfile --no-loadscope-reorder
# Stamp files: a step runs again only if something it depends on is newer than its stamp.
READY := $(VENV)/.termcheck-ready
DEMO := $(VENV)/.termcheck-demo
# A dependency group of pyproject.toml has the stamp $(GROUP)NAME.
GROUP := $(VENV)/.termcheck-group-

.PHONY: help bench sizing demo dev docs fuzz package pictures release test test-all lint style types imports format clean
# pip must not install into one environment from two processes.
.NOTPARALLEL:

help:
	@echo 'make demo      check examples/briefing.md and show the findings'
	@echo 'make test      run all tests except the slow ones (ARGS="-k readme" to run some)'
	@echo 'make test-all  run all tests'
	@echo 'make lint      run ruff, mypy and the import contracts'
	@echo 'make bench     measure performance against the budgets (ARGS="start briefing" to run some)'
	@echo 'make sizing    estimate the cost of corpora of millions of pairs'
	@echo 'make fuzz      look for inputs that break something (ARGS="read-md --seconds 600" for one target)'
	@echo 'make docs      build the documentation into docs/_build/html'
	@echo 'make pictures  draw the pictures of README.md anew'
	@echo 'make package   build the packages into dist/ and check them'
	@echo 'make release   make a release (ARGS="--dry-run 1.2.0" to see what it would do)'
	@echo 'make dev       install the tools for all of these'
	@echo 'make format    format the code with ruff'
	@echo 'make clean     remove $(VENV) and all caches'

demo: $(DEMO)
	@echo '$$ termcheck check examples/briefing.md'
	@status=0; $(BIN)/termcheck check examples/briefing.md || status=$$?; \
	if [ $$status -eq 1 ]; then \
	  echo 'Exit code 1: termcheck found something, as expected here. In a hook or in CI, this stops the commit.'; \
	  echo 'To check your own texts: $(BIN)/termcheck check FILE, with a glossary.yaml in the same directory or above.'; \
	else \
	  echo "Expected exit code 1 (findings) but got $$status." >&2; exit 1; \
	fi

test: $(GROUP)test
	@echo 'Running all tests except the slow ones; `make test-all` runs them too.'
	$(PYTEST) -m 'not slow' $(ARGS)

test-all: $(GROUP)dev
	$(PYTEST) $(ARGS)

dev: $(GROUP)dev

docs: $(GROUP)docs
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going docs docs/_build/html

pictures: $(GROUP)test
	$(BIN)/python tools/make_picture.py

package: $(GROUP)package
	rm -rf dist
	$(BIN)/python -m build --outdir dist
	$(BIN)/twine check --strict dist/*
	$(BIN)/check-wheel-contents dist

release: $(GROUP)package
	@$(BIN)/python tools/release.py $(ARGS)

bench: $(GROUP)bench
	@$(BIN)/python benchmarks/run.py $(ARGS)

sizing: $(GROUP)bench $(GROUP)spark
	@$(BIN)/python benchmarks/sizing.py $(ARGS)

fuzz: $(GROUP)fuzz
	$(BIN)/python tests/fuzz/run.py $(ARGS)

lint: style types imports

style: $(GROUP)lint
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(GROUP)lint
	$(BIN)/mypy --strict

imports: $(GROUP)lint
	$(BIN)/lint-imports

format: $(GROUP)lint
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:
	rm -rf $(VENV) build dist docs/_build docs/reference .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache .grimp_cache .benchmark_cache .fuzz
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
	@$(INSTALL) --upgrade 'pip>=25.1'
	@touch $@

$(DEMO): $(READY) pyproject.toml
	@echo 'Installing termcheck'
	@$(INSTALL) --editable .
	@touch $@

$(GROUP)dev: $(READY) pyproject.toml
	@echo 'Installing termcheck and all development tools'
	@$(INSTALL) --editable . --group dev
	@touch $@ $(DEMO) $(addprefix $(GROUP),test lint docs bench spark package)

$(GROUP)%: $(READY) pyproject.toml
	@echo 'Installing termcheck and the tools of the group “$*”'
	@$(INSTALL) --editable . --group $*
	@touch $@ $(DEMO)
