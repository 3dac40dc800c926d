# Two commands for a fresh machine with python3 (3.11 or newer) and make: `make bibliography` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: bibliography test search docs format clean

bibliography: $(VENV)/installed
	$(BIN)/alliancebib build

test: $(VENV)/tested-with
	$(BIN)/ruff check src tests training
	$(BIN)/ruff format --check src tests training
	$(BIN)/mypy
	$(BIN)/lint-imports
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest  # they start the program often: compiled once, it starts twice as fast

# Properties tried on examples that no earlier run has seen: what fails here becomes a case of its own.
search: $(VENV)/tested-with
	$(BIN)/python -m pytest tests/property --hypothesis-profile=default

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "alliancebib needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/tested-with: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

format: $(VENV)/tested-with
	$(BIN)/ruff format src tests training
	$(BIN)/ruff check --fix src tests training

docs: $(VENV)/tested-with
	$(BIN)/python -m pip install --quiet --group docs
	$(BIN)/sphinx-build -W -b html docs docs/_build/html

clean:
	rm -rf $(VENV) docs/_build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
