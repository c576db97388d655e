"""What a record needs now and then so that its reads stay quick while it grows."""

import logging
from typing import Final

from db.database import Database
from workflow.errors import WanmiError

_ROWS_LOOKED_AT: Final = 1_000
"""Of each index; a sample says as much, and the whole of a large city takes half a minute."""

_EVERY_TABLE: Final = 0xFFFE
_PATIENCE_MS: Final = 100

logger = logging.getLogger(__name__)


def refresh_statistics(database: Database) -> None:
    """Count anew what the planner goes by, of tables that have grown much since it was counted.

    A moment's work, mostly none. SQLite does it when told; PostgreSQL does it by itself. Where
    another desk is just writing it is left for the next time.
    """
    if database.path is None:
        return
    with database.engine.connect().execution_options(begin="") as connection:
        patience = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
        try:
            connection.exec_driver_sql(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}")
            connection.exec_driver_sql(f"PRAGMA optimize = {_EVERY_TABLE}")
        except WanmiError:
            logger.debug("the statistics stay as they are", exc_info=True)
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {patience}")
