# Needs Python 3.11 to 3.14 and make, nothing else. `make` alone shows what there is.
.DEFAULT_GOAL := help
.PHONY: help run test check e2e fuzz bench faults faults-short year guide-pictures install install-dev stop clean

export PORT ?= 8000
python := .venv/bin/python
with_services := $(python) -m lafse.services exec --

help:  ## This list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name what; do printf '  make %-15s %s\n' "$$name" "$$what"; done

run: install  ## Everything on http://localhost:8000 (another port: PORT=8001 make run); Ctrl-C stops it
	@$(python) -m lafse.services run

test: install-dev  ## The tests, on both cores
	@$(with_services) $(python) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

check: install-dev  ## Lint, types, import contract, migrations, deployment checks, weaknesses, secrets
	$(python) -m ruff check
	$(python) -m ruff format --check
	$(with_services) $(python) -m mypy
	.venv/bin/python -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	$(python) manage.py makemigrations --check --dry-run
	SECRET_KEY=$$($(python) -c 'import secrets; print(secrets.token_urlsafe(64))') \
		DEBUG=0 DEV_MAILBOX=0 BASE_URL=https://hub.example.org ALLOWED_HOSTS=hub.example.org EMAIL_URL=smtp://localhost:25 \
		$(python) manage.py check --deploy --fail-level WARNING
	$(python) -m bandit --quiet --recursive -ll -ii --skip B703 lafse councils outbox staff enquiries ambassadors campaigns dashboards deploy
	$(python) deploy/audit.py requirements.txt
	$(python) deploy/committed_secrets.py

e2e: install-dev  ## Journeys in a real Chromium (Debian's: apt install chromium)
	@$(with_services) $(python) -m pytest tests/e2e -m e2e -n 2 $(ARGS)

faults: install-dev  ## Kill, fill and cut off everything, and ask afterwards what was lost (5 minutes)
	@$(python) -m tests.faults $(ARGS)

faults-short: install-dev  ## The same without the rows that say least (under 4 minutes)
	@$(python) -m tests.faults --short $(ARGS)

fuzz: install-dev  ## 50,000 generated requests of one council's people: does another's word show? (another number: FUZZ_REQUESTS=600)
	@FUZZ_REQUESTS=$${FUZZ_REQUESTS:-50000} $(with_services) $(python) -m pytest tests/test_canary.py -n 2 $(ARGS)

bench: install-dev  ## Speed, against the figures promised
	@$(with_services) $(python) -m benchmarks $(ARGS)

year: install-dev  ## A simulated year of the hub: 4,000 enquiries, and whether anybody was forgotten
	@$(with_services) $(python) -m tests.year $(ARGS)

guide-pictures: install-dev  ## Make the pictures of the first-day guide anew, from the demonstration
	@$(with_services) $(python) -m tests.guide

install:
	@deploy/venv.sh requirements.txt

install-dev:
	@deploy/venv.sh requirements-dev.txt

stop:  ## Stop PostgreSQL and Valkey if a crash left them running
	@$(python) -m lafse.services stop

clean:  ## Remove what was made here: virtual environment, databases, caches
	@if [ -x $(python) ]; then $(python) -m lafse.services forget; fi
	rm -rf .venv .run staticfiles .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
