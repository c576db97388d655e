"""``python -m tests.bench.desk_at_work FILE``: a desk that works for a while and says its memory.

Views of all scales are drawn, every box of a post is opened, and some cases. One JSON line says in
megabytes what window and engine hold: now (`rss`, `pss`) and at most so far (`peak`).
"""

import json
import os
import sys
from pathlib import Path

from app.desk import Desk
from map.client.map_canvas import MapCanvas
from tests.bench.waiting import application, rest, until
from ui.desk.layout_memory import DeskLayout
from workflow.posts import Post

WIDTHS = (600.0, 1_500.0, 3_000.0)
VIEWS, CASES = 6, 8


def main(words: list[str]) -> int:
    """Work, and say what was used."""
    application()
    layout = DeskLayout(width=1920, height=1080, post=Post.ACCEPTOR)
    desk = Desk(words[0], layout)
    desk.window.show()
    until(lambda: desk.map_view.canvas is not None, "a map")
    canvas = desk.map_view.canvas
    assert canvas is not None
    until(lambda: canvas.is_sharp and desk.session.door.idle, "a calm desk")
    _look_around(desk, canvas)
    _open_boxes(desk)
    engine = desk.services.engine.pid
    said = {"window": memory(os.getpid()), "engine": memory(engine)}
    desk.window.close()
    desk.close()
    sys.stdout.write(json.dumps(said) + "\n")
    return 0


def memory(process: int) -> dict[str, float]:
    """Megabytes of a process: resident now, its share of what is shared, and the most so far."""
    status = _fields(Path(f"/proc/{process}/status"))
    shares = _fields(Path(f"/proc/{process}/smaps_rollup"))
    return {"rss": status["VmRSS"], "pss": shares["Pss"], "peak": status["VmHWM"]}


def _fields(path: Path) -> dict[str, float]:
    found = {}
    for line in path.read_text("utf-8").splitlines():
        name, _, value = line.partition(":")
        if value.endswith(" kB"):
            found[name] = int(value.split()[0]) / 1024
    return found


def _look_around(desk: Desk, canvas: MapCanvas) -> None:
    west, south, east, north = desk.session.reference.city.bounds
    for number in range(VIEWS):
        share = (number + 1) / (VIEWS + 1)
        for width in WIDTHS:
            lon, lat = west + (east - west) * share, south + (north - south) * (1 - share)
            canvas.set_view(lon, lat, width / canvas.width())
            until(lambda: canvas.is_sharp, "a sharp picture")
    rest(600)
    desk.map_view.show_whole_city()
    until(lambda: canvas.is_sharp, "the whole city")
    rest(600)


def _open_boxes(desk: Desk) -> None:
    boxes, queue = desk.window.frame.boxes, desk.window.frame.queue
    for place in range(boxes.model.rowCount()):
        boxes.choose(place)
        until(lambda: desk.session.door.idle, "an open box")
        for row in range(min(CASES, queue.model.rowCount())):
            queue.view.setCurrentIndex(queue.model.index(row))
            until(lambda: desk.session.door.idle, "an open case")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
