# Thin: run.py does the work and needs no make.
PYTHON ?= python3
UV = .venv/bin/uv
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command 'make lock'

.PHONY: run test check lock

run:
	$(PYTHON) run.py

test:
	$(PYTHON) run.py test

check:
	bash .ci/run

lock:
	$(COMPILE) pyproject.toml --extra test -o requirements.lock
	$(COMPILE) --group setup -o requirements-uv.lock
	$(COMPILE) --group samples -o requirements-samples.lock
	npm install --prefix tools/node_readers --package-lock-only --omit-lockfile-registry-resolved --no-fund --silent
	$(PYTHON) tools/without_addresses.py tools/node_readers/package-lock.json
