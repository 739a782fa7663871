"""The command line: the only place that exits or prints an error. One file a command."""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point of the `replylint` command."""
    if sys.argv[1:] == ["--version"]:  # answered before anything else is imported
        from replylint.version import __version__

        print(f"replylint {__version__}")
        return
    from replylint.cli.app import run_app

    sys.exit(run_app())
