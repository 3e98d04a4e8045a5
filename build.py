"""Build dossiers from a clone: `python build.py DOSSIER` is `dument build DOSSIER`."""

import sys

from dument.cli import main

if __name__ == "__main__":
    main(["build", *sys.argv[1:]])
