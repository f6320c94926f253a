# `make run` and `make test` need Python 3.11 or newer and make; everything else they set up themselves.
PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
PLAN_LANGUAGE ?= en
BIN := $(VENV)/bin
WORKERS ?= auto
# --no-strip-extras: pip takes a hashed lock as whole only when it names the extras that others ask for (coverage[toml])
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --quiet pyproject.toml

.PHONY: run test check mutants format bench lock vendor translations clean help

help:  ## What there is to make
	@sed -n 's/^\([a-z]*\):.*  ## /\1\t/p' Makefile

run: $(VENV)/run.stamp  ## Start the app with its worker and scheduler: make run [PORT=8000] [OKRTRACK_DATA=folder] [PLAN_LANGUAGE=en|zh-hans]
	@exec $(BIN)/python manage.py run --port $(PORT) --language $(PLAN_LANGUAGE)

# A run starts a hundred Python processes: where bytecode may not lie beside the sources, it lies with the test data.
BYTECODE := $(if $(PYTHONDONTWRITEBYTECODE),PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX="$(CURDIR)/.okrtrack-test/bytecode")

test: $(VENV)/dev.stamp  ## Run all tests
	@OKRTRACK_DATA="$(CURDIR)/.okrtrack-test" $(BYTECODE) \
	  OKRTRACK_PG_OPTIONS="fsync=off synchronous_commit=off full_page_writes=off" \
	  $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)

check: $(VENV)/dev.stamp  ## Lint, format, types, ladder of apps, migrations, translations, vendored files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m scripts.translations --check
	$(BIN)/python -m scripts.vendor --check
	$(BIN)/python -m scripts.locks --check

mutants: $(VENV)/dev.stamp  ## Change the code in one place at a time: which changes does no test notice? make mutants [ARGS="--changed-since main"]
	@$(BIN)/python -m scripts.mutants $(ARGS)

format: $(VENV)/dev.stamp  ## Put code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/dev.stamp  ## Measure against bare references in the same run
	$(BIN)/python -m bench $(ARGS)

lock: $(VENV)/dev.stamp  ## Pin all dependencies with hashes
	$(LOCK) -o requirements/production.txt
	$(LOCK) --extra embedded -o requirements/run.txt
	$(LOCK) --extra embedded --group dev -o requirements/dev.txt

translations: $(VENV)/dev.stamp  ## Collect texts into locale/ (needs gettext) and compile them
	$(BIN)/python -m scripts.translations

vendor: $(VENV)/dev.stamp  ## Fetch the front-end files of static/vendor/vendor.lock.json anew (needs npm)
	$(BIN)/python -m scripts.vendor --update

clean:  ## Remove what make made, except the data folder
	rm -rf $(VENV) staticfiles .mypy_cache .ruff_cache .pytest_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "okrtrack needs Python 3.11 or newer; name one with make PYTHON=/path/to/python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "Python could not make a virtual environment; on Debian or Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/run.stamp: requirements/run.txt $(VENV)/bin/python
	@echo "Setting up (once): installing pinned dependencies into $(VENV) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/bin/python
	@echo "Setting up (once): installing pinned dependencies into $(VENV) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@ $(VENV)/run.stamp
