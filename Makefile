# make run   sets everything up and serves the app with the sample programme
# make test  sets everything up and passes the tests
.PHONY: run test check bench setup lock contract cassettes screenshots clean

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready
# Tests write thousands of small databases: in memory where there are 4 GB to spare, which halves their time.
SCRATCH = $(or $(TMPDIR),$(shell free=$$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 {print $$4}'); [ "$${free:-0}" -gt 4000000 ] && echo /dev/shm || echo /tmp))

run: setup
	@$(BIN)/coach serve --sample

test: setup
	@TMPDIR=$(SCRATCH) $(BIN)/pytest -n 2 -p no:cacheprovider $(ARGS)

check: setup
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: export OPENBLAS_NUM_THREADS ?= 1
bench: setup
	@$(BIN)/python benchmarks/agenda.py && $(BIN)/python -m benchmarks.first_draft_on_screen && $(BIN)/python -m benchmarks.pages && $(BIN)/python -m benchmarks.first_programme && $(BIN)/python -m benchmarks.masking && $(BIN)/python -m benchmarks.notes && $(BIN)/python -m benchmarks.long_notes
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group bench || echo "LangChain could not be installed, so it is left out of the comparison."
	@$(BIN)/python -m benchmarks.retrieval $(ARGS) && $(BIN)/python -m benchmarks.retrieval_scale

contract: setup
	@$(BIN)/python -m coach.contract > docs/contract.json && echo "Wrote docs/contract.json."

cassettes: setup
	@rm -f tests/cassettes/test_cassettes/*.yaml  # a recording is added to what is there
	@COACH_TEST_RECORD=1 $(BIN)/pytest -q -p no:cacheprovider -p no:randomly tests/test_cassettes.py -k recorded

screenshots: setup
	@$(BIN)/python docs/make_screenshots.py

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with its venv module is missing; on Debian or Ubuntu: apt-get install python3 python3-venv"; exit 1; }
	@echo "Setting up .venv with $(PYTHON) (once; about a minute) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1' || { echo "pip could not reach a package index; check the network and run make again."; exit 1; }
	@echo "Installing the pinned packages ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable . --group dev || { echo "The pinned packages could not be installed; the lines above say which."; exit 1; }
	@touch $(READY)
	@echo "Ready."

# Resolves the newest versions that pyproject.toml allows, in an environment of its own.
lock:
	@rm -rf .venv-lock && $(PYTHON) -m venv .venv-lock
	@.venv-lock/bin/python -m pip install --quiet --upgrade 'pip>=25.1' && .venv-lock/bin/python -m pip install --quiet --editable . --group dev --group bench
	@.venv-lock/bin/python -m pip freeze --exclude-editable > constraints.txt && rm -rf .venv-lock
	@echo "Wrote constraints.txt."

clean:
	@rm -rf .venv .venv-lock .mypy_cache .ruff_cache .pytest_cache .hypothesis
