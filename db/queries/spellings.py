"""Where a text holds another: SQLite and PostgreSQL spell it differently."""

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class position(FunctionElement[int]):
    """Where a text holds another, from 1 on; 0 where it does not."""

    type = Integer()
    inherit_cache = True


@compiles(position)
def _position_on_server(element: position, compiler: SQLCompiler, **how: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **how)})"


@compiles(position, "sqlite")
def _position_in_file(element: position, compiler: SQLCompiler, **how: Any) -> str:
    return f"instr({compiler.process(element.clauses, **how)})"
