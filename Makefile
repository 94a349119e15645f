# A menu; every word here is also what .ci/run and README use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export OMP_WAIT_POLICY := PASSIVE
# Over two processes; tests/conftest.py says what stays together.
SHARED := --numprocesses 2 --dist loadfile --no-loadscope-reorder

# What keeps people safe: access, escape, disclosure, whole files, seals, releases. Every line and branch is run.
GUARDS := models/evaluation/disclosure.py register/atomic.py register/keys/*.py register/vault/*.py \
	watchlists/release/manifest.py watchlists/release/mirror.py watchlists/release/object_storage.py \
	watchlists/release/publication.py watchlists/release/store.py \
	watchlists/sheets/spreadsheet.py
GUARD_TESTS := tests/models/evaluation/test_disclosure.py tests/register/test_atomic.py \
	tests/register/test_os_errors.py tests/register/keys tests/register/vault tests/watchlists/release \
	tests/watchlists/sheets/test_spreadsheet.py
comma := ,
empty :=

.PHONY: help setup run test check lint types layers pytest stages docs laws fuzz kills lock clean guards coverage pictures images figures \
	test-rooms test-laws test-advice test-architecture test-whole

help:
	@echo 'make run    environment, then the whole pipeline on the simulated prefecture, to a release'
	@echo 'make test   environment, then lint, types, layers, tests, notebooks'
	@echo 'make check  lint, types, layers only'
	@echo 'make guards  the tests of what keeps people safe, every line and branch of it run'
	@echo 'make test-rooms, test-laws, test-advice, test-architecture, test-whole: one kind of tests'
	@echo 'make coverage  every test, lines and branches counted: long'
	@echo 'make laws   the future tampered with 510 times, at every date; CI runs a share'
	@echo 'make fuzz   1,000 spoilt deliveries through ingest (200 of them in make test)'
	@echo 'make kills  a worker killed at 50 points of the walks, of processes and of a cluster each; CI does it at two each'
	@echo 'make stages  write into dvc.yaml what code every stage is made of'
	@echo 'make docs   write generated pages, schemas and comments of parameters anew from declarations and dvc.yaml'
	@echo 'make figures  fill the figures that documents quote from finished runs: RUNS="FOLDER FOLDER", by default this folder'
	@echo 'make pictures  draw all that officers hold, in both languages, into PICTURES=FOLDER (needs Chromium, LibreOffice, poppler)'
	@echo 'make images  draw docs/images from the current release (needs Chromium and poppler)'
	@echo 'make lock   resolve requirements.lock anew from pyproject.toml'
	@echo 'make clean  remove the environment; artifacts and releases stay'

setup: $(READY)

# uv installs and compiles: without bytecode every stage would parse its libraries anew.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "huitou needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9'
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	$(BIN)/python -m pipelines.openmp
	@touch $@

run: $(READY)
	@$(BIN)/huitou run

test: $(READY) check guards
	$(BIN)/pytest $(SHARED) $(addprefix --ignore=,$(GUARD_TESTS))

check: lint types layers

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports

pytest: $(READY)
	$(BIN)/pytest $(SHARED)

# Tests by kind: CONTRIBUTING.md.
test-rooms: TESTS := tests/register tests/simulator tests/features tests/models tests/watchlists tests/pipelines tests/studies
test-laws: TESTS := tests/laws tests/contracts
test-advice: TESTS := tests/advice
test-architecture: TESTS := tests/architecture
test-whole: TESTS := tests/end_to_end
test-rooms test-laws test-advice test-architecture test-whole: $(READY)
	$(BIN)/pytest $(TESTS)

guards coverage: export COVERAGE_FILE := $(CURDIR)/.coverage
guards: $(READY)
	$(BIN)/pytest --cov --cov-report= $(GUARD_TESTS)
	$(BIN)/coverage report --include=$(subst $(empty) $(empty),$(comma),$(strip $(GUARDS))) --fail-under=100

coverage: $(READY)
	$(BIN)/pytest $(SHARED) --cov --cov-report= --timeout 3600
	$(BIN)/coverage report --fail-under=95

laws: $(READY)
	HUITOU_LAW_SEEDS=34 $(BIN)/pytest --timeout 3600 tests/laws/test_future.py

fuzz: $(READY)
	$(BIN)/python -m tests.fuzz.campaign 1000

kills: $(READY)
	HUITOU_KILLS=50 $(BIN)/pytest tests/end_to_end/test_schedulers.py -k killed

stages: $(READY)
	$(BIN)/python -m tests.architecture.closures

docs: $(READY)
	$(BIN)/python -m pipelines.docs

RUNS ?= .
figures: $(READY)
	$(BIN)/python -m studies.figures $(RUNS)

PICTURES ?= artifacts/pictures
pictures: $(READY)
	$(BIN)/python -m pipelines.pictures $(PICTURES)

# Those that README shows.
images: $(READY)
	$(BIN)/huitou print --output artifacts/print
	pdftoppm -png -r 85 -f 3 -singlefile artifacts/print/cards/530901/530901T02.pdf docs/images/cards
	pdftoppm -png -r 80 -f 1 -singlefile artifacts/print/boards/530901.pdf docs/images/board

lock: $(READY)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade --all-extras --group dev pyproject.toml --output-file requirements.lock

clean:
	rm -rf $(VENV)
