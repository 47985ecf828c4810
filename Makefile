# Two commands set the program up: "make demo" to try it, "make test" to change it. Each target works alone.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.PHONY: help demo serve install test check messages lock clean

help:
	@echo "make demo     set up, import the demo stories, make an editor account"
	@echo "make serve    serve the site on http://localhost:$(PORT)/"
	@echo "make install  prepare $(VENV) with all development dependencies"
	@echo "make test     run the whole suite, on SQLite and on PostgreSQL, and in Chromium where it is present"
	@echo "make check    lint, format, types, what bandit finds, templates"
	@echo "make messages bring the catalogues of translations up to date; CATALOGUE=de begins one"

# What the program needs to run.
$(VENV)/installed: pyproject.toml requirements.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable .
	@touch $@

# What is needed to change it, too.
$(VENV)/installed-dev: pyproject.toml requirements.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[dev]'
	@! pkg-config --exists icu-i18n 2>/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[exports]'
	@touch $@ $(VENV)/installed

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Newsroom needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.13 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "No virtual environment could be made (on Debian: apt install python3-venv)."; exit 1; }

install: $(VENV)/installed-dev

demo: $(VENV)/installed
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py load_authority articles/demo/authority.csv
	$(BIN)/python manage.py import_article articles/demo/stories
	$(BIN)/python manage.py prepare_demo --address http://localhost:$(PORT)/

serve: $(VENV)/installed
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py runserver $(PORT)

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal
	$(BIN)/python -m tests.with_postgresql --careless $(BIN)/python -m pytest --numprocesses 2 --dist worksteal -m "database and not browser and not one_database"

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@# Beside its findings it warns of marks that it needed for another finding of the same line.
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml articles newsroom manage.py 2>/dev/null
	git ls-files -z -- 'templates/*.html' | xargs -0r $(BIN)/djade --target-version 5.2 --check
	$(BIN)/python manage.py makemigrations --check --dry-run

# Collect what is to be translated, and compile what is. Needs nothing but Python.
messages: $(VENV)/installed-dev
	$(BIN)/python -m tests.messages $(CATALOGUE)

# Pin what pyproject.toml allows, for every Python version at once.
lock: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra exports --extra production --universal --upgrade --no-header --no-emit-index-url --output-file requirements.lock

clean:
	rm -rf $(VENV) var
