# Python ≥ 3.11 et make suffisent ; le reste s'installe ici, dans .venv et .audit.

CANDIDATES := python3.14 python3.13 python3.12 python3.11 python3 python
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/pret
OUTPUT := sortie
AUDIT := .audit
DAY := 2026-11-21  # le jour des exemples : leurs taux sont connus

.PHONY: help demo test format versions sceller-exemples audit clean
.DELETE_ON_ERROR:

help:
	@echo "make demo    installe tout et construit les exemples dans $(OUTPUT)/"
	@echo "make test    installe tout et lance les vérifications et les tests"
	@echo "make format  met le code en forme et corrige ce qui peut l'être"
	@echo "make versions inscrit les lettres nouvelles dans letters/VERSIONS.sha256"
	@echo "make audit   contrôle les pages de $(OUTPUT)/ : HTML et accessibilité (Node, Java, Chromium)"
	@echo "make clean   efface .venv, .audit, $(OUTPUT) et les caches"

demo: $(READY)
	$(RUN) -m dument build --all --date $(DAY) -d $(OUTPUT)
	@echo
	@echo "Ouvrez $(OUTPUT)/index.html dans votre navigateur."

test: $(READY)
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m pytest -n auto --dist loadfile

format: $(READY)
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

# Redone only when what is installed has changed. The doctor goes first: without Pango, nothing
# else is worth doing.
$(READY): constraints.txt pyproject.toml
	@python=$$(for name in $(CANDIDATES); do \
	    "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	    && { command -v "$$name"; break; }; \
	done); \
	if [ -z "$$python" ]; then \
	    echo "Il faut Python 3.11 ou plus récent, et aucun n'a été trouvé ici."; exit 1; \
	fi; \
	"$$python" -m dument.doctor --installer || exit 1; \
	echo "Installation dans $(VENV) avec $$python"; \
	"$$python" -m venv --clear $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The example that shows a sealed letter, sealed again as today's kit writes it.
SEALED := data/exemples/garage-tilleul
sceller-exemples: $(READY)
	rm -rf $(SEALED)/envois $(SEALED)/dossier.lock
	$(RUN) -m dument send $(SEALED) relance-amiable --le 2026-04-15 --date $(DAY)
	$(RUN) -m dument send $(SEALED) mise-en-demeure --le 2026-06-08 --date $(DAY)
	$(RUN) -m dument send $(SEALED) facture-penalites --le 2026-07-06 --date $(DAY)
	$(RUN) -m dument verify $(SEALED) --date $(DAY)

# Publishes the versions of letters that are still being written: from then on they never change.
versions: $(READY)
	$(RUN) maintenance/versions.py

# Every page twice: contrasts are judged in the light theme and in the dark one. --no-sandbox is
# what lets Chromium run as root, in a container; it only ever opens our own pages here.
audit: demo $(AUDIT)/pret
	find $(OUTPUT) -name '*.html' -print0 | xargs -0 java -jar \
	    $(AUDIT)/node_modules/vnu-jar/build/dist/vnu.jar --lang fr --errors-only
	@$(RUN) -c 'import pathlib; [print(page.resolve().as_uri()) \
	    for page in sorted(pathlib.Path("$(OUTPUT)").rglob("*.html"))]' > $(AUDIT)/pages
	@for theme in clair sombre; do \
	    xargs -n 1 -P 2 $(AUDIT)/node_modules/.bin/pa11y --level error \
	        --config $(AUDIT)/$$theme.json < $(AUDIT)/pages || exit 1; \
	done
	@echo "Aucun défaut dans les pages de $(OUTPUT)/."

$(AUDIT)/pret: Makefile
	@for tool in node npm java; do \
	    command -v $$tool > /dev/null || { echo "L'audit a besoin de $$tool."; exit 1; }; \
	done
	@mkdir -p $(AUDIT)
	@chromium=$$(command -v chromium || command -v chromium-browser || command -v google-chrome); \
	if [ -z "$$chromium" ]; then echo "L'audit a besoin de Chromium."; exit 1; fi; \
	for theme in clair:1 sombre:0; do \
	    echo '{"chromeLaunchConfig": {"executablePath": "'"$$chromium"'", "args": ["--no-sandbox",' \
	        '"--blink-settings=preferredColorScheme='$${theme#*:}'"]}, "runners": ["axe", "htmlcs"],' \
	        '"levelCapWhenNeedsReview": "warning"}' \
	        > $(AUDIT)/$${theme%:*}.json; \
	done
	PUPPETEER_SKIP_DOWNLOAD=1 npm install --silent --no-save --no-audit --no-fund \
	    --prefix $(AUDIT) vnu-jar@26.9.27 pa11y@9.1.1
	@touch $@

clean:
	rm -rf $(VENV) $(AUDIT) $(OUTPUT) dist .hypothesis .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
