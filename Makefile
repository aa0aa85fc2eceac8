# Two commands on a fresh machine with Python 3.11 or newer, git and make:
#   make run    starts the assistant: on Telegram with BOT_TOKEN set, else in the preview in your browser
#   make test   runs every check and every test
#   make drill  kills, floods and cuts off real processes, and prints what became of it (about an hour)
#   make coverage  runs the tests once more, much slower, and says which lines they reach
#   make model  trains the question classifier anew (after questions changed)
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: run test drill coverage check format model lock

run: .venv/run.done
	@exec $(BIN)/visabot run

test: check
	@.ci/browser
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

coverage: .venv/test.done
	$(BIN)/python -m pytest --cov --cov-report=term

drill: .venv/test.done
	$(BIN)/python -m tests.drill

check: .venv/test.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/visabot check

format: .venv/test.done
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

model: .venv/test.done
	$(PIP) install --require-hashes --requirement requirements-train.lock
	$(BIN)/python -m knowledge.asking.training

# Locks carry hashes; uv writes no package addresses into them unless asked to.
LOCK = UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-strip-extras --extra build pyproject.toml

lock: .venv/made
	$(PIP) install uv
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra dev --output-file requirements-dev.lock
	$(LOCK) --extra bench --output-file requirements-bench.lock
	$(LOCK) --extra train --output-file requirements-train.lock

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "visabot needs Python 3.11 or newer; name one: make PYTHON=python3.12 run")'
	$(PYTHON) -m venv .venv
	@touch $@

.venv/run.done: .venv/made requirements.lock pyproject.toml
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test.done: .venv/made requirements-dev.lock pyproject.toml
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
