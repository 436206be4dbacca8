# 一呼: what one does with it. `make` alone lists the targets.
#
# Paths here are relative and quoted, so the project may live under any directory name.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
.PHONY: help install run test pythons chaos lint check test-browser conformance fuzz format lock clean

VENV := .venv
PY := $(VENV)/bin/python
# Stories wait for processes, clocks and servers half of their time: one more than two cores have to do.
WORKERS ?= 3
PYTEST := $(PY) -m pytest --numprocesses $(WORKERS) --dist worksteal
VECTORS ?= ../shared/wechat-vectors

# The first Python that is new enough; tried, because a name on PATH may lead nowhere.
FIND_PYTHON = for p in "$$PYTHON" python3 python3.14 python3.13 python3.12 python3.11; do \
  [ -n "$$p" ] && "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; p=; done; \
  [ -n "$$p" ] || { echo "yihu needs Python 3.11 or newer, and none was found; install it, or name it: make PYTHON=/path/to/python3" >&2; exit 2; }

# Debian may lack ensurepip: then the environment has no pip, and that Python's own pip fills it.
define PIP
if $(PY) -m pip --version >/dev/null 2>&1; then set -- $(PY) -m pip; \
  else $(FIND_PYTHON); set -- "$$p" -m pip --python $(PY); fi; \
"$$@" install --quiet --disable-pip-version-check --no-input
endef

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r target what; do \
	  printf '%-20s %s\n' "$$target" "$$what"; done

install: $(VENV)/.installed  ## make .venv from the hash-locked requirements

run: $(VENV)/.installed  ## start the demo: the whole loop on one machine (ARGS="--port 9000")
	@$(VENV)/bin/yihu demo $(ARGS)

test: $(VENV)/.tested-with  ## the tests, stories of the whole program included, on SQLite and PostgreSQL
	@$(PYTEST) -m "not browser and not chaos" --ignore tests/conformance $(ARGS)

PYTHONS ?= python3.11 python3.12 python3.13
pythons:  ## the tests with every Python there is of PYTHONS="python3.11 python3.12 python3.13"
	@for p in $(PYTHONS); do "$$p" -c '' 2>/dev/null || { echo "$$p is not here"; continue; }; \
	  $(MAKE) VENV="var/$$p" PYTHON="$$p" test || exit; echo "$$p is fine"; done

chaos: $(VENV)/.tested-with  ## the longest stories: many processes, restarts and dying tokens in the middle of a notice
	@$(PY) -m pytest -m chaos $(ARGS)

lint: $(VENV)/.tested-with  ## style, types, layers, and the architecture as tests
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check --quiet . || { echo "run: make format" >&2; exit 1; }
	@$(VENV)/bin/mypy & types=$$!; { $(VENV)/bin/lint-imports --no-logo && $(PY) -m pytest -q tests/shape; }; \
	  shape=$$?; wait $$types && exit $$shape

check: lint  ## what must hold before a commit: lint, and the quick tests on SQLite
	@$(PYTEST) -q -m "not browser and not slow" -k "not postgresql" --ignore tests/stories --ignore tests/shape --ignore tests/conformance $(ARGS)

test-browser: $(VENV)/.tested-with  ## the pages in a real Chromium (Debian: apt install chromium)
	@if command -v chromium >/dev/null || [ -n "$$YIHU_CHROMIUM" ]; then \
	  $(PY) -m pytest --numprocesses 2 --dist worksteal -m browser $$(grep -rl --include='*.py' 'mark\.browser' tests) $(ARGS); \
	  else echo "test-browser skipped: no chromium on PATH (or name it with YIHU_CHROMIUM)"; fi

conformance: $(VENV)/.tested-with  ## WeChat's own examples, if there are any in VECTORS=directory
	@if [ -d "$(VECTORS)" ] && [ -d tests/conformance ]; then VECTORS="$(VECTORS)" $(PY) -m pytest tests/conformance $(ARGS); \
	  else echo "conformance skipped: it needs tests/conformance and the examples in VECTORS=$(VECTORS)"; fi

SECONDS ?= 60
fuzz: $(VENV)/.tested-with  ## throw bytes at the callback, guided by coverage (SECONDS=300; needs pip install atheris)
	@if $(PY) -c 'import atheris' 2>/dev/null; then mkdir -p var/fuzz && $(PY) -m tests.fuzz.wire -max_total_time=$(SECONDS) \
	  -max_len=4096 -timeout=10 -print_final_stats=1 -artifact_prefix=var/fuzz/crash- var/fuzz; \
	  else echo "fuzz skipped: $(VENV)/bin/python -m pip install atheris (wheels for Linux, Python 3.11 to 3.13)"; fi

format: $(VENV)/.tested-with  ## let ruff arrange the code
	@$(VENV)/bin/ruff check --fix-only --quiet .
	@$(VENV)/bin/ruff format --quiet .

# Tests and the program share versions: the small lock is cut from the large one.
LOCK = uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" --extra install
lock:  ## resolve pyproject.toml into the two lock files (needs uv; UPGRADE=--upgrade for new versions)
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 2; }
	@$(LOCK) $(UPGRADE) --extra dev pyproject.toml --output-file requirements-dev.lock
	@$(LOCK) $(UPGRADE) --constraint requirements-dev.lock pyproject.toml --output-file requirements.lock

clean:  ## remove what can be made again (the data in var/ stay)
	rm -rf $(VENV) build ./*.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is newer than the lock it was made from, so the second run does nothing.
$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PY) -c '' 2>/dev/null || { $(FIND_PYTHON); rm -rf $(VENV); \
	  "$$p" -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); "$$p" -m venv --without-pip $(VENV); }; }
	@echo "installing into $(VENV) (once, about half a minute) ..."
	@$(PIP) --require-hashes --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.tested-with: $(VENV)/.installed requirements-dev.lock
	@echo "installing what the tests need ..."
	@$(PIP) --require-hashes --requirement requirements-dev.lock
	@touch $@
