"""What the map has to say to the person before it, in sentences."""

from map.client.engine_process import EXIT_NO_QGIS, EXIT_OLD_QGIS, NOT_STARTED
from map.protocol import Notice
from resources.language import tr


def restarting() -> str:
    """The engine died and comes back by itself."""
    return tr("The map engine has stopped and is being started again…")


def starting() -> str:
    """The first start."""
    return tr("Starting the map…")


def gave_up(times: int) -> str:
    """The engine dies again and again."""
    return tr(
        "The map cannot be drawn: QGIS, which draws it, stopped {times} times in a row. "
        "Everything else goes on working; start the map again, or run ./wanmi doctor.",
        times=times,
    )


def silent_start(seconds: int) -> str:
    """QGIS was started and has not said a word."""
    return tr(
        "The map cannot be drawn: QGIS did not answer within {seconds} s of its start. "
        "Everything else goes on working; start the map again, or run ./wanmi doctor.",
        seconds=seconds,
    )


def no_room(path: str) -> str:
    """Not even a socket can be made."""
    return tr(
        "The map cannot be drawn: the folder {path} cannot be written. "
        "Free some space there, then start the map again.",
        path=path,
    )


def beyond_restart(code: int) -> str | None:
    """Why starting again would not help; None where it may."""
    if code == EXIT_NO_QGIS:
        return tr(
            "The map cannot be drawn: QGIS is missing. Everything else goes on working; "
            "run ./wanmi doctor to see what to install."
        )
    if code == EXIT_OLD_QGIS:
        return tr(
            "The map cannot be drawn: QGIS is older than 3.22. Everything else goes on working; "
            "run ./wanmi doctor to see what to install."
        )
    if code == NOT_STARTED:
        return tr(
            "The map cannot be drawn: QGIS cannot start without the system's Python, which is "
            "missing. Everything else goes on working; run ./wanmi doctor to see what to install."
        )
    return None


def notice(heard: Notice) -> str:
    """A notice of the engine about one layer."""
    if heard.code == "layer-slow":
        return tr(
            "Map layer “{layer}” takes too long and is left out for a minute.", layer=heard.layer
        )
    if heard.code == "layer-dead":
        return tr(
            "Map layer “{layer}” could not be opened and is left out: {reason}",
            layer=heard.layer,
            reason=heard.detail,
        )
    return tr(
        "Map layer “{layer}” could not be drawn completely: {reason}",
        layer=heard.layer,
        reason=heard.detail,
    )
