"""Entry of the map engine: ``python3 -m map.engine --socket PATH --runtime DIR``.

Start-up in order: check QGIS, start it with a throw-away profile, connect to the window, draw
until the window goes away, stop. The window starts this with a clean environment; QT_FONT_DPI is
set to 96 there, because scales and sizes are reckoned at 96 dots an inch.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

EXIT_NO_QGIS = 3
EXIT_OLD_QGIS = 4
EXIT_NO_WINDOW = 5

NICENESS = 5
PATIENCE_SECONDS = 4.0


def main() -> int:
    """Run the engine until the window closes the socket; the exit code says what went wrong."""
    parser = argparse.ArgumentParser(prog="map.engine", description=__doc__)
    parser.add_argument("--socket", required=True, help="where the window listens")
    parser.add_argument("--runtime", required=True, type=Path, help="directory for the frames")
    parser.add_argument(
        "--patience", type=float, default=PATIENCE_SECONDS, help="seconds a view may take"
    )
    options = parser.parse_args()
    try:
        from map.engine import qgis_app
    except ImportError as error:
        sys.stderr.write(f"engine: QGIS cannot be imported: {error}\n")
        return EXIT_NO_QGIS
    # The window paints while the engine draws, and on two cores it must not wait for that.
    os.nice(NICENESS)
    if qgis_app.is_too_old():
        qgis_app.say("engine", f"QGIS {qgis_app.version()} is too old")
        return EXIT_OLD_QGIS
    with tempfile.TemporaryDirectory(prefix="profile-", dir=options.runtime) as profile:
        code, is_stuck = _run(options, Path(profile))
    if is_stuck:
        # A thread hangs in a data provider; the ordinary way out would wait for it.
        os._exit(code)
    return code


def _run(options: argparse.Namespace, profile: Path) -> tuple[int, bool]:
    """Serve the window until it goes; the exit code, and whether a layer hangs."""
    # Imported here: QGIS may be missing, and `main` has a sentence for that.
    from map.engine import qgis_app
    from map.engine.session import Session

    application = qgis_app.start(profile)
    session = Session(options.runtime, options.patience, application.quit)
    code = EXIT_NO_WINDOW
    if session.open(options.socket):
        code = int(application.exec())
    is_stuck = session.is_stuck
    session.close()
    if not is_stuck:
        del session
        qgis_app.stop(application)
    return code, is_stuck


if __name__ == "__main__":
    sys.exit(main())
