"""300 steps of a pan over a busy engine with 5,000 live markers; it is stopped for the last half.

A step is one movement until its frame is painted, with everything that the window had to do
meanwhile. The peer paints a picture of the same size and as many markers with bare Qt calls.
"""

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from time import perf_counter

import numpy as np
from PySide6.QtCore import QEventLoop, QPoint
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from map.client.markers import Markers
from tests.bench.cities import Options
from tests.bench.line import Line, percentile
from tests.bench.map_stage import HEIGHT, WIDTH, Stage, map_stage
from tests.bench.waiting import Paints, application, until
from ui.map_view.case_markers import CaseSprites
from ui.map_view.case_table import CaseTable
from ui.session import china_now
from ui.theme.tokens import LIGHT
from workflow.ids import CaseId
from workflow.queries import CaseMarker

STEPS, MARKERS = 300, 5_000
MOST_MILLISECONDS = 16.0
FRAME_SECONDS = 1 / 60
MPP = 0.8
"""Metres per pixel at which every component in the window is drawn: the engine has work."""

STRIDE = 80
"""Steps in one direction before the pan turns back, so that all markers stay in the window."""


@dataclass
class Pan:
    """What a pan took, in milliseconds: its steps, and the longest work between two of them."""

    steps: list[float]
    between: float
    frames: int


def run(options: Options) -> Line:
    """Measure p95 of the steps."""
    steps = options.repeats(STEPS, few=30)
    with map_stage(options.wide_city()) as stage:
        middle = stage.places(1, 0)[0]
        stage.sharp_after(lambda: stage.canvas.set_view(*middle, MPP))
        markers = _cases(stage)
        stage.canvas.set_markers("cases", markers)
        moving = _pan(stage, steps // 2, is_stopped=False)
        stopped = _pan(stage, steps - steps // 2, is_stopped=True)
        pictures = [QPixmap.fromImage(markers.images[sprite]) for sprite in markers.sprites]
        picture = stage.canvas.grab().toImage()
        components = stage.city.components
    peer = _bare(picture, pictures, steps)
    times = moving.steps + stopped.steps
    ours, theirs = percentile(times, 95), percentile(peer, 95)
    return Line(
        name="map-pan",
        ours=ours,
        peer=theirs,
        ratio=ours / theirs,
        unit="ms",
        n=len(times),
        bound=f"<= {MOST_MILLISECONDS:.0f} ms, no step waits for the engine",
        holds=ours <= MOST_MILLISECONDS and moving.frames > 0,
        more={
            "percentile": "p95",
            "ours_p50": percentile(times, 50),
            "ours_max": max(times),
            "engine_busy_p95": percentile(moving.steps, 95),
            "engine_stopped_p95": percentile(stopped.steps, 95),
            "engine_stopped_max": max(stopped.steps),
            "between_steps_max": max(moving.between, stopped.between),
            "frames_meanwhile": moving.frames,
            "markers": MARKERS,
            "components": components,
        },
    )


def _cases(stage: Stage) -> Markers:
    """Cases all over the middle of the window, in every lamp."""
    chance, now = Random(5), china_now()
    canvas = stage.canvas
    cases = []
    for number in range(MARKERS):
        lon, lat = canvas.place_at(chance.uniform(560, WIDTH - 560), chance.uniform(200, 880))
        kind = chance.choice(("component", "event"))
        due_at = chance.choice((None, now, now.replace(year=2099)))
        is_urgent = chance.random() < 0.1
        cases.append(CaseMarker(CaseId(number), lon, lat, kind, due_at, due_at, False, is_urgent))
    table = CaseTable()
    table.put_all(cases)
    return CaseSprites(LIGHT, canvas.devicePixelRatio()).place(table, now)


def _pan(stage: Stage, count: int, *, is_stopped: bool) -> Pan:
    canvas, engine = stage.canvas, stage.engine
    before = engine.frames
    paints = Paints(canvas)
    steps: list[float] = []
    between = 0.0
    if is_stopped:
        os.kill(engine.pid, signal.SIGSTOP)
    try:
        for step in range(count):
            started, painted = perf_counter(), paints.count
            canvas.pan(4 if step // STRIDE % 2 else -4, 1 if step % 2 else -1)
            while paints.count == painted:
                application().processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            steps.append((perf_counter() - started) * 1000)
            while perf_counter() - started < FRAME_SECONDS:
                turn = perf_counter()
                application().processEvents()
                between = max(between, (perf_counter() - turn) * 1000)
    finally:
        if is_stopped:
            os.kill(engine.pid, signal.SIGCONT)
            until(lambda: canvas.is_sharp, "a sharp picture after the engine went on")
    return Pan(steps, between, engine.frames - before)


class _Bare(QWidget):
    def __init__(self, picture: QImage, pictures: Sequence[QPixmap]) -> None:
        super().__init__()
        self.resize(WIDTH, HEIGHT)
        self._picture = QPixmap.fromImage(picture)
        rng = np.random.default_rng(5)
        places = rng.integers((560, 200), (WIDTH - 560, 880), (len(pictures), 2)).tolist()
        self._markers = [(QPoint(*place), one) for place, one in zip(places, pictures, strict=True)]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        for place, picture in self._markers:
            painter.drawPixmap(place, picture)
        painter.end()


def _bare(picture: QImage, pictures: Sequence[QPixmap], steps: int) -> list[float]:
    widget = _Bare(picture, pictures)
    paints = Paints(widget)
    widget.show()
    until(lambda: paints.count > 0, "a painted window")
    times = []
    for _ in range(steps + 1):
        started = perf_counter()
        widget.repaint()
        times.append((perf_counter() - started) * 1000)
    widget.close()
    return times[1:]
