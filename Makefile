# make run opens the program on the sample documents; make help lists the rest.
# tools/prepare.py makes the environment in .venv, once, and then runs Python in it.

PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11 python,$(shell command -v $(name) 2>/dev/null)) python3)
RUN = @$(PYTHON) tools/prepare.py
DEV = @$(PYTHON) tools/prepare.py --dev
DEMO = build/demo.jiaozhu

# Without a display the window is drawn into a picture.
DISPLAYED = $(or $(filter-out Linux,$(shell uname -s)),$(DISPLAY),$(WAYLAND_DISPLAY))
RENDER = $(if $(DISPLAYED),,--render build/jiaozhu.png)

.PHONY: help run test soak lint bench train errors package messages

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1	/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18

run: $(DEMO) ## open the window on the sample documents; decisions made there are kept
	$(RUN) -m jiaozhu open $(DEMO) $(RENDER)

# Imported beside it and moved when complete, so that half an import is never taken for the demo. What
# was found is said here, or with the picture.
$(DEMO):
	@mkdir -p build/new && rm -f build/new/*
	$(RUN) -m jiaozhu import build/new/demo.jiaozhu sample_docs/*.txt $(if $(RENDER),> build/import.log)
	@mv build/new/* build/ && rmdir build/new

test: ## all tests, without a display
	$(DEV) -m pytest

soak: ## kill the program a thousand times, and give it two thousand spoilt projects
	$(DEV) tools/soak.py

lint: ## style, types, and who may import whom
	$(DEV) -m ruff check
	$(DEV) -m ruff format --check
	$(DEV) -m mypy
	$(DEV) -c 'from importlinter.cli import lint_imports_command as lint; lint()' --no-logo

bench: ## speed and memory, one line of JSON a figure; FILES=name for some of them
	$(DEV) tests/benchmarks $(FILES)

train: ## learn confidence from the gold; docs/calibration.md tells what it is worth
	$(DEV) tools/train.py

errors: ## how near extraction comes to all gold there is: docs/errors.md
	$(DEV) tools/errors.py

package: ## wheel and sdist in dist/, checked
	@rm -rf dist
	$(DEV) -m hatchling build -d dist
	@JIAOZHU_DIST=dist $(PYTHON) tools/prepare.py --dev -m pytest -q tests/test_packaging.py

messages: ## collect the texts of the screen for translation, and the keys for README
	$(DEV) tools/messages.py
	$(DEV) tools/key_table.py
