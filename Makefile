# The commands for people and for CI are the same. Everything lives in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help try run test test-browser check bench format lock clean
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/runtime: requirements.lock pyproject.toml
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..." >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: $(VENV)/runtime requirements-dev.lock
	@echo "Adding the tools for tests and checks (once) ..."
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

try: $(VENV)/runtime ## the bot in your browser; no token needed
	@$(BIN)/python -m bot try $(ARGS)

run: $(VENV)/runtime ## the bot on Telegram, as config.toml says
	@$(BIN)/python -m bot run $(ARGS)

test: $(VENV)/dev ## all tests
	@$(BIN)/python -m pytest $(ARGS)

test-browser: $(VENV)/dev ## the chat page in Chromium, which must be installed
	@$(BIN)/python -m pytest tests/browser $(ARGS)

check: $(VENV)/dev ## ruff, mypy, import-linter and the bank's rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m bot check --config config.example.toml
	@XDG_CACHE_HOME=$(CURDIR)/.cache $(BIN)/python -m bot bank lint --config config.example.toml
	@XDG_CACHE_HOME=$(CURDIR)/.cache $(BIN)/python -m bot bank verify --config config.example.toml

bench: $(VENV)/dev ## timings, printed; never part of the tests
	@$(BIN)/python -m benchmarks $(ARGS)

format: $(VENV)/dev ## what ruff can mend by itself
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: ## write both lock files anew (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	  --group pyproject.toml:build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	  --constraint requirements.lock --group pyproject.toml:build --group pyproject.toml:dev --extra authors pyproject.toml -o requirements-dev.lock

clean: ## removes the environment and caches, never your data
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .cache build dist
