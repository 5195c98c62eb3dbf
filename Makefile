# make run: everything from a fresh clone to http://127.0.0.1:8501. make test: everything checked.
.DEFAULT_GOAL := help
SHELL := /bin/bash
# Compiled modules are kept, whatever the environment says: every command here starts many processes.
export PYTHONDONTWRITEBYTECODE =
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed

help:
	@echo "make run    set up, build the warehouse if the data changed, serve http://127.0.0.1:8501"
	@echo "make test   set up, then lint, types and every test"
	@echo "make lint | build | bench | load | synthetic | soak | boundaries | clean"

$(INSTALLED): requirements.txt requirements-dev.txt constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-dev.txt
	touch $@

# Chromium makes the PNG, SVG and PDF downloads, and the browser tests need it.
browser:
	@deploy/install-browser.sh

build: $(INSTALLED)
	@$(BIN)/python -m etl build; code=$$?; [ $$code -eq 0 ] || [ $$code -eq 3 ]

run: $(INSTALLED)
	@deploy/install-browser.sh || true
	@$(BIN)/python -m etl build --if-changed; code=$$?; [ $$code -eq 0 ] || [ $$code -eq 3 ]
	@echo "http://127.0.0.1:8501"
	@exec $(BIN)/streamlit run app.py

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Three at a time, a file to one worker: its servers and warehouses are made once.
test: $(INSTALLED) browser lint
	$(BIN)/python -m pytest -n 3 --dist loadfile

soak: $(INSTALLED) browser
	TTDN_SOAK=10000 $(BIN)/python -m pytest -m soak

bench: $(INSTALLED) browser
	$(BIN)/python -m benchmarks

# Fifty people at once, three of them with a real browser.
load: $(INSTALLED) browser
	$(BIN)/python -m benchmarks.load

# The dashboard on made-up data of ten years, in a warehouse of its own; every page says so.
synthetic: $(INSTALLED)
	rm -rf data/synthetic
	$(BIN)/python -m benchmarks.synthetic data/synthetic/data
	$(BIN)/python -m etl build --data data/synthetic/data --warehouse data/synthetic/warehouse
	TTDN_WAREHOUSE=data/synthetic/warehouse exec $(BIN)/streamlit run app.py

boundaries: $(INSTALLED)
	$(BIN)/python -m etl.boundaries

clean:
	rm -rf .venv data/warehouse data/synthetic .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help browser build run lint test soak bench load synthetic boundaries clean
