"""The Typer application, and how its faults become one line and an exit status."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer

from replylint.cli import check, settings, show
from replylint.cli.output import EXIT_ERROR, fail, use_utf8

app = typer.Typer(
    name="replylint",
    help="Reads a draft reply beside the client's message and says what a good editor would say before it is sent.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("check")(check.check)
app.command("zones")(show.zones)
app.command("rules")(show.rules)
app.command("rule")(show.rule)
app.command("config")(settings.config)
app.command("init")(settings.init)


#: Typer brings a click of its own in some versions and uses the installed one in others: this is its root of errors
#: in both.
_CLICK_ERROR: type[Any] = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")


def _version(value: bool) -> None:
    if value:
        from replylint.version import __version__

        typer.echo(f"replylint {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def run_app() -> int:
    """Run the command that the arguments name; what goes wrong is one line on standard error and exit status 2."""
    use_utf8()
    from replylint.config import ConfigError
    from replylint.mail.read import ReadError
    from replylint.pack import PackError
    from replylint.run import UsageError
    from replylint.strictyaml import StrictError

    try:
        status = app(standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except typer.Exit as fault:
        return fault.exit_code
    except _CLICK_ERROR as fault:
        if type(fault).__name__ == "NoArgsIsHelpError":
            print(fault.format_message())
            return EXIT_ERROR
        return fail(fault.format_message())
    except (ConfigError, PackError, StrictError, ReadError, UsageError) as fault:
        return fail(str(fault))
    except BrokenPipeError:  # the reader of a pipe has gone away: nothing to say, and nobody to say it to
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_ERROR
    except (KeyboardInterrupt, typer.Abort):
        return fail("stopped", 130)
    except RecursionError:
        return fail("an input is nested too deeply")
