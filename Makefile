# Everything needs only Python 3.11 or newer, make and a package index.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Tests marked browser drive a Chromium, which no package index has.
CHROMIUM := $(wildcard /usr/bin/chromium)
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadscope -q
UNTESTED = @echo "NOT TESTED: what people see of the report and the desk (tests marked browser); there is no /usr/bin/chromium here"
RUN ?= samples/run.yaml

.DEFAULT_GOAL := help
.PHONY: help install demo test test-all check bench profile chaos engines test-engines eval-language eval-pii docs wheel clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install: $(READY) ## Make .venv from the hash-locked requirements; leaves the command at .venv/bin/endonym

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

demo: install ## Curate samples/ with live progress, validate, and say where everything lies
	rm -rf out/demo
	$(BIN)/endonym curate $(RUN)

test: install ## The test suite, under 10 minutes on two cores
	$(PYTEST) -m "not slow$(if $(CHROMIUM),, and not browser)"
	$(if $(CHROMIUM),,$(UNTESTED))

test-all: install ## The tests of `test` and the slow ones
	$(PYTEST) $(if $(CHROMIUM),,-m "not browser")
	$(if $(CHROMIUM),,$(UNTESTED))

check: install ## Lint, format, types, import contracts, generated schemas
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m schemas.generate --check

bench: install ## Compare with datatrove and with fastText alone; writes docs/benchmarks.md
	$(BIN)/python -m tests.benchmarks.bench $(if $(DATA),--data $(DATA)) $(if $(MB),--mb $(MB)) $(if $(PEER_PYTHON),--peer-python $(PEER_PYTHON))

profile: install ## Show where the time of a run goes, stage by stage
	$(BIN)/python -m tests.benchmarks.profile $(if $(DATA),--data $(DATA)) $(if $(MB),--mb $(MB))

chaos: install ## Throw FAULTS=200 random faults at runs; each must end as if nothing had been
	$(BIN)/python -m tests.chaos --faults $(or $(FAULTS),200) --seed $(or $(SEED),1)

engines: install ## Fetch Prism, Flink and Spark with Beam's job servers into .engines/, by digest
	$(BIN)/python -m tests.engines.fetch

test-engines: install ## Run the samples on real clusters on loopback; each must make the local release
	$(BIN)/python -m tests.engines.check $(ENGINES)

eval-language: install ## Print the goals of language identification beside what is measured on DATA=folder
	$(BIN)/python -m tests.benchmarks.language_goals $(DATA) $(if $(MODEL),--model $(MODEL)) $(if $(WITHOUT),--without $(WITHOUT)) $(if $(TRAINING),--training $(TRAINING))

eval-pii: install ## Print the goals of finding personal data beside what is measured on DATA=folder, TEXT=jsonl
	$(BIN)/python -m tests.benchmarks.pii_goals $(DATA) $(if $(TEXT),--text $(TEXT)) $(if $(OUT),--out $(OUT))

docs: install ## Write the generated pages and schemas again
	$(BIN)/python -m schemas.generate

wheel: install ## Build the wheel into dist/
	$(BIN)/python -m build --no-isolation --wheel --outdir dist

clean: ## Remove what was made here, but not releases outside out/
	rm -rf $(VENV) out dist build *.egg-info .mypy_cache .ruff_cache .venv-bench .pytest_cache .hypothesis .import_linter_cache samples/.endonym
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
