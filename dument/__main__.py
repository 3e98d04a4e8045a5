"""`python -m dument` is the command `dument`."""

from dument.cli import main

if __name__ == "__main__":
    main(prog_name="dument")
