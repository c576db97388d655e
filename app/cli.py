"""The commands of `./wanmi` by name; each module is loaded when its command is called."""

import difflib
import importlib
import os
import sys
import traceback
from dataclasses import dataclass

from app.arguments import BadArgument
from app.console import complain, say
from resources.language import tr, translatable
from workflow.errors import WanmiError

DEBUG = "--debug"


@dataclass(frozen=True)
class Command:
    """A command: its name, the module whose `main(argv) -> int` runs it, and what it does."""

    name: str
    module: str
    summary: str


COMMANDS = (
    Command("demo", "app.demo", translatable("build the demo city once and open the desk")),
    Command("desk", "app.desk", translatable("open the desk on a database")),
    Command(
        "verify", "app.verify", translatable("prove the chain of events and rebuild every case")
    ),
    Command("upgrade", "app.upgrade", translatable("bring an older database up to this program")),
    Command(
        "import",
        "app.import_command",
        translatable("take cases over from the file of another system"),
    ),
    Command(
        "check-profile", "app.check_profile", translatable("find the faults of a city profile")
    ),
    Command(
        "profile",
        "app.profile_command",
        translatable("show the city profiles, or change over to one"),
    ),
    Command(
        "calendar",
        "app.calendar_command",
        translatable("show the working calendar, or publish another one"),
    ),
    Command("doctor", "app.doctor", translatable("look at every part this program stands on")),
)


def main(argv: list[str]) -> int:
    """Run the command that `argv` names; the answer is the process's exit status.

    A refusal meant for people is one sentence; `--debug` shows where it came from as well.
    0 is success, 1 a refusal, 2 a command line that cannot be understood.
    """
    debug = DEBUG in argv
    words = [word for word in argv if word != DEBUG]
    if not words or words[0] in {"-h", "--help"}:
        list_commands()
        return 0
    command = next((command for command in COMMANDS if command.name == words[0]), None)
    if command is None:
        complain(unknown(words[0]))
        return 2
    try:
        return run(command, words[1:])
    except WanmiError as error:
        if debug:
            traceback.print_exc()
        complain(tr(error.template, **error.values))
        return 2 if isinstance(error, BadArgument) else 1
    except BrokenPipeError:
        # Whoever read the answer has gone; Python's own goodbye must not meet the broken pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


def run(command: Command, arguments: list[str]) -> int:
    """Load the command's module and hand it its arguments."""
    status = importlib.import_module(command.module).main(arguments)
    assert isinstance(status, int)
    return status


def list_commands() -> None:
    """One line a command."""
    width = max(8, *(len(command.name) for command in COMMANDS))
    for command in COMMANDS:
        summary = tr(command.summary)  # words of a table
        say(f"{command.name:<{width}} {summary}")


def unknown(name: str) -> str:
    """What to say to a word that is no command."""
    near = difflib.get_close_matches(name, [command.name for command in COMMANDS], n=1)
    if near:
        return tr('There is no command "{name}". Did you mean "{near}"?', name=name, near=near[0])
    return tr('There is no command "{name}". Without a command you get the list.', name=name)
