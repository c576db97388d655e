"""Reading a command's arguments: what cannot be understood is a sentence, as everything else."""

import argparse
import difflib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from resources.reasons import reason
from workflow.errors import WanmiError

LONGEST_NUMBER = 18
"""Digits; longer ones are slips of the keyboard, and Python refuses to read the longest."""


class BadArgument(WanmiError):
    """A word on the command line that cannot be meant as it stands there."""


class Arguments(argparse.ArgumentParser):
    """argparse with sentences: options may not be shortened, and nothing ends the process.

    Args:
        command: as it is typed, "demo".
        description: what it does.
    """

    def __init__(self, command: str, description: str) -> None:
        super().__init__(
            prog=f"wanmi {command}",
            description=description,
            allow_abbrev=False,
            exit_on_error=False,
        )
        self._command = command

    def read(self, argv: Sequence[str]) -> argparse.Namespace:
        """The options in `argv`. Raises BadArgument."""
        try:
            options, unknown = self.parse_known_args(argv)
        except argparse.ArgumentError as error:
            raise BadArgument(
                "The option {option} wants one value behind it; "
                "`./wanmi {command} --help` shows how it is written.",
                option=error.argument_name,
                command=self._command,
            ) from error
        if unknown:
            self._refuse(unknown[0])
        return options

    def error(self, message: str) -> NoReturn:
        """What argparse says in English of its own, for whatever has no sentence here."""
        raise BadArgument(
            "`./wanmi {command}` cannot be run like this: {detail}. "
            "`./wanmi {command} --help` shows what it takes.",
            command=self._command,
            detail=message,
        )

    def _refuse(self, word: str) -> NoReturn:
        near = difflib.get_close_matches(word.partition("=")[0], self._option_string_actions, n=1)
        if near:
            raise BadArgument(
                "`./wanmi {command}` does not know {word}. Did you mean {near}?",
                command=self._command,
                word=word,
                near=near[0],
            )
        raise BadArgument(
            "`./wanmi {command}` does not know {word}; "
            "`./wanmi {command} --help` shows what it takes.",
            command=self._command,
            word=word,
        )


def count(text: str) -> int:
    """A whole number from 1. Raises BadArgument."""
    if not (_is_number(text) and int(text) >= 1):
        raise BadArgument("{text} is no count; give a number from 1.", text=text)
    return int(text)


def seed(text: str) -> int:
    """A whole number from 0. Raises BadArgument."""
    if not _is_number(text):
        raise BadArgument("{text} is no seed; give a number from 0.", text=text)
    return int(text)


def theme(text: str) -> str:
    """Light or dark. Raises BadArgument."""
    if text not in ("light", "dark"):
        raise BadArgument("{text} is no theme; there are light and dark.", text=text)
    return text


def window_size(text: str) -> tuple[int, int]:
    """ "1920x1080" as width and height in pixels. Raises BadArgument."""
    width, _, height = text.lower().partition("x")
    if not (_fits(width) and _fits(height)):
        raise BadArgument("{text} is no window size. Write it like 1920x1080.", text=text)
    return int(width), int(height)


def database_file(text: str) -> Path:
    """A file, where a server will not do. Raises BadArgument."""
    if not text:
        raise BadArgument("The name of the database is empty; give the path of a file.")
    if "://" in text:
        raise BadArgument(
            "The demo city is built in a file, not at {url}. "
            "Give the path of a file; `./wanmi desk` opens a database on a server.",
            url=text.rpartition("@")[2],
        )
    return Path(text)


def any_database(text: str) -> str:
    """A file, or a server's URL. Raises BadArgument."""
    if not text:
        raise BadArgument("The name of the database is empty; give the path of a file.")
    return text


def usable_folder(folder: Path) -> Path:
    """The folder, made if it was not there, and writable. Raises BadArgument."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadArgument(
            "The folder {folder} cannot be made: {reason}. Choose another folder.",
            folder=folder,
            reason=reason(error),
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BadArgument(
            "Nothing can be written to the folder {folder}: you do not have the right to. "
            "Choose another folder.",
            folder=folder,
        )
    return folder


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= LONGEST_NUMBER


def _fits(pixels: str) -> bool:
    return _is_number(pixels) and 200 <= int(pixels) < 20_000
