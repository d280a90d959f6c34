# Two commands for a newcomer: `make site` and `make test`. Both set up what they need in .venv first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := PATH="$(CURDIR)/$(BIN):$$PATH"
SITE_DIR ?= site
JOBS ?= 2

.PHONY: help site pdf serve test lint format bench docs golden catalogs reference clean

help:
	@echo "make site       build the English and German site into $(SITE_DIR)/"
	@echo "make pdf        make the books of the same articles, in pdf/"
	@echo "make serve      look at it while you write; reloads on every change"
	@echo "make test       lint, types, import contract and all tests"
	@echo "make lint       lint, types and import contract alone"
	@echo "make format     format the code"
	@echo "make docs       build the user manual into build/docs/"
	@echo "make reference  write the generated reference pages and schemas anew"
	@echo "make catalogs   extract the texts and update all catalogs"
	@echo "make golden     write the golden files of the tests anew; review them in the diff"
	@echo "make bench      measure the build; benchmarks/ has more"
	@echo "make clean      remove what was built"

site: $(VENV)/.site
	@$(BIN)/kb-gen build --site-dir $(SITE_DIR)
	@echo "Open $(SITE_DIR)/index.html in a browser, or host the folder on any web server."

pdf: $(VENV)/.dev
	@$(BIN)/kb-gen pdf

serve: $(VENV)/.site
	@$(BIN)/kb-gen serve

# The tests' own needs: development packages, Chromium and gettext, axe-core and the HTML validator.
# What the tests of a file share is made by one process alone.
test: lint
	@sh tools/system-packages.sh
	@$(RUN) pytest -n $(JOBS) --dist loadfile

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(RUN) lint-imports

format: $(VENV)/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.dev
	@$(BIN)/python benchmarks/build.py

docs: $(VENV)/.site
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --config-file tools/manual.yml
	@echo "Open build/docs/index.html in a browser."

reference: $(VENV)/.dev
	@$(BIN)/python tools/reference.py

catalogs: $(VENV)/.site
	@$(BIN)/kb-gen i18n extract
	@$(BIN)/kb-gen i18n update

golden: $(VENV)/.dev
	@KB_GEN_GOLDEN=write $(RUN) pytest -m golden

clean:
	rm -rf site pdf build .cache

$(VENV)/.venv:
	@sh tools/create-venv.sh "$(PYTHON)" "$(VENV)"
	@touch $@

$(VENV)/.site: $(VENV)/.venv pyproject.toml constraints.txt
	@echo "Installing kb_gen and what it needs into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.venv pyproject.toml constraints.txt
	@echo "Installing kb_gen and what its tests need into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev,articles,cluster,logs,pdf,search,spreadsheet,store,zensical]"
	@touch $@ $(VENV)/.site
