"""Starts the program: `python -m desktop`; with --self-check it tries the whole of it once."""

import sys

from desktop.app import main, read_arguments


def start(arguments: list[str]) -> int:
    """The exit code of the program, or of its check of itself."""
    if read_arguments(arguments).self_check:
        from desktop.selfcheck import check_everything

        return check_everything()
    return main(arguments)


if __name__ == "__main__":
    sys.exit(start(sys.argv[1:]))
