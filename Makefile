# The tools of the house. `make demo` and `make test` are all a reader needs; both set themselves up.
PYTHON := .venv/bin/python
export PYTHONDONTWRITEBYTECODE ?= 1

.PHONY: demo run test check long bench screens package set-up translations lock clean

demo: set-up            ## the main job on made-up samples, through the real screens; results in demo/
	$(PYTHON) -m tests.demo

run: set-up             ## open the program
	$(PYTHON) -m desktop

test: set-up            ## the whole suite, offscreen, on two cores
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n 2

check: set-up           ## lint, types, contracts, quick tests
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n 2 tests/rules tests/test_architecture.py

long: set-up            ## release-length tests, a line of figures each
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -m "long or figures" -s -p no:randomly --timeout=3600

bench: set-up           ## speed beside peers, as ratios
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m tests.bench

screens: set-up         ## photographs of every screen, in each look and both languages
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m tests.screens_photographed

package: set-up         ## the one-folder program, started once with --self-check
	$(PYTHON) -m PyInstaller --noconfirm --log-level WARN build.spec
	QT_QPA_PLATFORM=offscreen timeout 120 dist/wijkrecept/wijkrecept --self-check

translations: set-up    ## what has no Dutch yet, and Dutch that nothing shows
	$(PYTHON) -m tests.translations

lock:                   ## renew requirements.lock (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --group dev pyproject.toml -o requirements.lock

set-up:
	@.ci/set-up

clean:
	rm -rf .venv build dist demo screens
