"""Where a record is kept, told by its address alone: loads nothing, so that a start can ask it."""

from pathlib import Path

SERVER = ("postgresql:", "postgresql+psycopg:")


def is_server(where: str | Path) -> bool:
    """Whether this is the URL of a server rather than a file."""
    return isinstance(where, str) and where.startswith(SERVER)
