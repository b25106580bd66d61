"""`python -m solver`: the same verbs as `dialogdag`."""

import sys

from solver.terminal.leaving import started_as


def main() -> None:
    """Run the verb that the arguments name; it can be stopped from the first moment on."""
    started_as(sys.argv)
    from solver.cli import app

    app(prog_name="python -m solver")


if __name__ == "__main__":
    main()
