# Shortcuts for people who work on Tongmun. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup run test check format types translations lock adr

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' Makefile | while IFS="	" read -r name words; do printf '%-14s%s\n' "$$name" "$$words"; done

setup: ## make .venv with everything for development
	scripts/environment test

run: ## serve this checkout with the worked example
	./run

test: ## run all the tests this machine can run
	./test

check: ## formats, lint, types, floors, migrations, translations, then the tests
	scripts/check
	./test

format: setup ## format Python and templates
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .
	find src -name '*.html' -exec .venv/bin/djade {} +

types: setup ## check the types only
	PYTHONPATH=src TONGMUN_SECRET_KEY=only-to-check-never-to-serve-anything .venv/bin/mypy

translations: setup ## gather new strings and compile the translations
	scripts/translations update
	scripts/translations compile

lock: setup ## resolve the dependencies anew into requirements/*.lock
	scripts/lock

adr: ## begin the next decision: make adr TITLE="one sentence"
	@scripts/new-adr "$(TITLE)"
