"""replylint: a linter for e-mail replies.

Reads a draft beside the client's message and says what a good editor would say before it is sent:

>>> from replylint import Linter, read
>>> report = Linter().check(read("draft.eml"), read("message.eml"))  # doctest: +SKIP
>>> report.score  # doctest: +SKIP
74
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from replylint.version import __version__

if TYPE_CHECKING:
    from replylint.config import Config
    from replylint.diagnostic import Diagnostic, Edit, Fix, Match, NotRun, Severity
    from replylint.linter import Linter, Report, lint
    from replylint.mail.message import Address, Block, Message, Span, Thread
    from replylint.mail.read import ReadError, read

_HOMES = {
    "Config": "config",
    "Diagnostic": "diagnostic",
    "Edit": "diagnostic",
    "Fix": "diagnostic",
    "Match": "diagnostic",
    "NotRun": "diagnostic",
    "Severity": "diagnostic",
    "Linter": "linter",
    "Report": "linter",
    "lint": "linter",
    "Address": "mail.message",
    "Block": "mail.message",
    "Message": "mail.message",
    "Span": "mail.message",
    "Thread": "mail.message",
    "PackError": "pack",
    "ReadError": "mail.read",
    "read": "mail.read",
}

__all__ = [
    "Address",
    "Block",
    "Config",
    "Diagnostic",
    "Edit",
    "Fix",
    "Linter",
    "Match",
    "Message",
    "NotRun",
    "PackError",
    "ReadError",
    "Report",
    "Severity",
    "Span",
    "Thread",
    "__version__",
    "lint",
    "read",
]


def __getattr__(name: str) -> Any:
    """Each name is imported when it is first used, so that `replylint --version` need not load a linter."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
