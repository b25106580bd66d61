# Two commands: `make run` shows the main job done, `make test` proves it. Nothing need be installed before them
# but Python ≥ 3.11, make and a package index.
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
UV_VERSION := 0.13.9
NPM := $(shell command -v npm 2>/dev/null || echo $(BIN)/npm)
VENDOR := app/static/vendor
export PYTHONDONTWRITEBYTECODE :=
export UV_NO_PROGRESS := 1

.PHONY: run demo-reset serve test check format lint types contracts migrations browser mailbox bench faults bench-test crowd journey mutants lock clean help

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: .venv/.synced $(VENDOR)/.filled ## play the example on a first start, then serve it on PORT (8000)
	@$(BIN)/dialogdag demo --port $(PORT)

demo-reset: .venv/.synced ## throw the example away; the next `make run` plays it afresh
	@$(BIN)/dialogdag demo --forget

serve: .venv/.synced $(VENDOR)/.filled ## serve without the example
	@$(BIN)/dialogdag serve --port $(PORT)

test: .venv/.synced $(VENDOR)/.filled browser mailbox ## all tests, on SQLite and on a real PostgreSQL, with a real browser
	@$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

check: .venv/.synced format lint types contracts migrations test ## what CI runs

format: .venv/.synced
	@$(BIN)/ruff format --check .

lint: .venv/.synced
	@$(BIN)/ruff check .
	@$(BIN)/deptry .

types: .venv/.synced
	@$(BIN)/mypy

contracts: .venv/.synced
	@$(BIN)/lint-imports

migrations: .venv/.synced ## up, down, up, and no difference between tables and models
	@$(BIN)/pytest -q tests/kernel/test_migrations.py

browser:
	@tests/install-chromium

mailbox:
	@tests/install-dovecot

bench: .venv-bench/.synced ## the solver and its peers on the same days; INSTANCES=folder names published ones, BENCH="--only days" a part
	@.venv-bench/bin/python -m bench $(if $(INSTANCES),--instances $(INSTANCES)) $(BENCH)

faults: .venv-bench/.synced ## five thousand letters through a mail server that fails, and twenty kills (takes minutes)
	@.venv-bench/bin/python -m bench --only faults $(BENCH)

bench-test: .venv-bench/.synced ## the tests of what only the bench installs
	@.venv-bench/bin/pytest bench/tests

crowd: .venv/.synced ## two hundred suppliers book at once on a real server: how long the answers take
	@$(BIN)/python -m tests.booking.crowd

journey: .venv/.synced $(VENDOR)/.filled browser ## how long a registration takes: the median of five, typed by a script in a real browser
	@$(BIN)/python -m tests.browser.timing

mutants: .venv/.synced ## each statement of the rules left out in turn: a test must miss it (takes minutes)
	@$(BIN)/python -m tests.mutants

.venv/.synced: requirements-dev.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Dialogdag needs Python 3.11 or newer (PYTHON=… names another)."; rm -rf .venv; exit 1; }
	@$(BIN)/python -m pip --quiet --disable-pip-version-check install uv==$(UV_VERSION)
	@$(UV) pip sync --quiet --require-hashes --python $(BIN)/python requirements-dev.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@touch $@

.venv-bench/.synced: requirements-bench.lock | .venv/.synced
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@$(UV) pip sync --quiet --require-hashes --python .venv-bench/bin/python requirements-bench.lock
	@touch $@

$(VENDOR)/.filled: package-lock.json | .venv/.synced
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --silent
	@mkdir -p $(VENDOR)/fonts
	@cp node_modules/@digdir/designsystemet-css/dist/theme/designsystemet.css $(VENDOR)/theme.css
	@cp node_modules/@digdir/designsystemet-css/dist/src/index.css $(VENDOR)/designsystemet.css
	@cp node_modules/@digdir/designsystemet-css/LICENSE $(VENDOR)/designsystemet-css.LICENSE
	@cp node_modules/@digdir/designsystemet-web/dist/umd/index.js $(VENDOR)/designsystemet-web.js
	@cp node_modules/@digdir/designsystemet-web/LICENSE $(VENDOR)/designsystemet-web.LICENSE
	@cp node_modules/@fontsource/inter/files/inter-latin-400-normal.woff2 node_modules/@fontsource/inter/files/inter-latin-500-normal.woff2 node_modules/@fontsource/inter/files/inter-latin-600-normal.woff2 $(VENDOR)/fonts/
	@cp node_modules/@fontsource/inter/LICENSE $(VENDOR)/fonts/inter.LICENSE
	@touch $@

lock: ## renew the locks from pyproject.toml
	@$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 pyproject.toml -o requirements.lock
	@$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 pyproject.toml --group dev -o requirements-dev.lock
	@$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 pyproject.toml --group dev --group bench -o requirements-bench.lock
	@npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund --silent

clean: ## all that was made, but not the data under var/
	@rm -rf .venv .venv-bench node_modules $(VENDOR) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
