# Everything a fresh machine with Python 3.11+, git and make needs; the environment is .venv, from the hashed locks.
PYTHON ?= python3
BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)
ifneq ($(UV),)
INSTALL = $(UV) pip install --quiet --python $(BIN)/python --compile-bytecode
else
INSTALL = PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

.PHONY: release test rebuild check dev lock format clean
.DELETE_ON_ERROR:

release: .venv/core.stamp  ## build the release of seeds/
	$(BIN)/landscape build

test: .venv/dev.stamp  ## run the tests
	$(BIN)/python -m pytest -n auto

rebuild: .venv/core.stamp  ## build the newest committed release again from its inputs and compare all data files byte for byte
	$(BIN)/landscape rebuild

check: .venv/dev.stamp  ## lint, format, types, import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

dev: .venv/dev.stamp  ## the Dagster UI on loopback, schedule and sensor on
	$(BIN)/landscape dev

format: .venv/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock:  ## rewrite the locks after a change of pyproject.toml (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --extra build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --all-extras --constraint requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv build .pytest_cache .ruff_cache .mypy_cache .import_linter_cache

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/core.stamp: .venv/bin/python requirements.lock pyproject.toml
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev.stamp: .venv/core.stamp requirements-dev.lock
	$(INSTALL) --require-hashes -r requirements-dev.lock
	touch $@
