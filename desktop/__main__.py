"""Starts the program: `python -m desktop`; --self-check tries the whole of it once, --verify-log checks the log."""

import sys

from desktop.app import chosen_folder, main, read_arguments


def start(arguments: list[str]) -> int:
    """The exit code of the program, or of its check of itself."""
    options = read_arguments(arguments)
    if options.verify_log:
        from desktop.verifylog import verify_log

        return verify_log(chosen_folder(options))
    if options.self_check:
        from desktop.selfcheck import check_everything

        return check_everything()
    return main(arguments)


if __name__ == "__main__":
    sys.exit(start(sys.argv[1:]))
