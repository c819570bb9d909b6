# `make demo` and `make test` do all the set-up themselves; they need Python 3.11 or newer and nothing else.

VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c '$(NEW_ENOUGH)' 2> /dev/null && echo $$p && break; done)
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: demo test constraints clean

demo: $(VENV)/installed
	$(BIN)/analyser demo

test: $(VENV)/installed-for-tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile $(PYTEST)

$(VENV)/installed: $(VENV)/made setup.cfg constraints.txt
	@echo "Installing analyser into $(VENV) …"
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/installed-for-tests: $(VENV)/made setup.cfg constraints.txt
	@echo "Installing analyser and its tests' libraries into $(VENV) …"
	$(PIP) install --constraint constraints.txt --editable '.[test]'
	@touch $@ $(VENV)/installed

$(VENV)/made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; install it and run make again." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# Pin the newest versions that setup.cfg allows; run it before a release, then the tests.
constraints:
	rm -rf build/pins && $(PYTHON) -m venv build/pins
	build/pins/bin/python -m pip --quiet install '.[test]'
	{ head -n 2 constraints.txt; \
	  { build/pins/bin/python -m pip freeze --all --exclude pip --exclude analyser; echo colorama==0.4.6; } | sort -f; \
	} > build/constraints.txt && mv build/constraints.txt constraints.txt

clean:
	rm -rf $(VENV) build dist demo-report *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
