"""The `yihu` command: finds the command, and says in one line what went wrong."""

from __future__ import annotations

import errno
import importlib
import sys
from typing import Final

import click

from bot import errors

# In the order of --help; each module has a `command`, and is imported only when it is asked for.
COMMANDS: Final = (
    "serve",
    "demo",
    "sandbox",
    "db",
    "org",
    "people",
    "groups",
    "campaign",
    "items",
    "token",
    "job",
    "ledger",
    "doctor",
    "clock",
    "bench",
)

_STOPPED: Final = 130


class _Commands(click.Group):
    """The commands by their modules."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"bot.commands.{cmd_name}").command
        return command


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="yihu", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """一呼: one call reaches a million through WeChat, and a million answers come back."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> None:
    """Run one command: exit 0, or exit 2 with what was wrong and what to do on stderr."""
    try:
        cli.main(prog_name="yihu", standalone_mode=False)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.ClickException as fault:
        _fail(_usage(fault))
    except (click.Abort, KeyboardInterrupt):
        sys.exit(_STOPPED)
    except errors.YihuError as fault:
        _fail(str(fault))
    except BrokenPipeError:
        sys.stderr.close()  # nobody reads any more; do not complain at exit either
    except OSError as fault:
        where = f"{fault.filename}: " if fault.filename else ""
        full = "; make room on the disk and try again" if fault.errno == errno.ENOSPC else ""
        _fail(f"{where}{fault.strerror or fault}{full}")


def _usage(fault: click.ClickException) -> str:
    """What click says, in one line, with where to read more."""
    message = " ".join(fault.format_message().split())
    message = message.replace("is not a valid integer range", "is not a whole number")
    if isinstance(fault, click.exceptions.NoArgsIsHelpError):
        message = "Missing command."  # its own message is the whole help
    context = getattr(fault, "ctx", None)
    return f"{message} (see `{context.command_path} --help`)" if context else message


def _fail(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(2)
