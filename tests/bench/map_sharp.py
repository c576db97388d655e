"""View change to sharp picture in the window, against a bare QgsMapCanvas with the same layers.

Half of the changes follow at once on the picture before; half come after the window has rested, so
that the picture of the surroundings that it asks for meanwhile counts as well.
"""

from functools import partial

from map.protocol import View
from tests.bench.cities import Options
from tests.bench.line import Line, percentile
from tests.bench.map_stage import WIDTH, Stage, bare_canvas, map_stage
from tests.bench.waiting import rest

MOST_RATIO = 1.3
ROUNDS = 3
REST_MILLISECONDS = 400


def run(options: Options, width_metres: float) -> Line:
    """Measure a window so many metres wide."""
    count = options.repeats(14)
    ours: list[float] = []
    peer: list[float] = []
    with map_stage(options.wide_city()) as stage:
        for number in range(1 if options.small else ROUNDS):
            # The two take turns, so that a busy moment of the machine falls on both.
            views, times = _ours(stage, width_metres / WIDTH, count, number)
            ours += times
            peer += bare_canvas(stage.scene, views)[1:]
        components = stage.city.components
    mine, theirs = percentile(ours, 50), percentile(peer, 50)
    ratio = mine / theirs
    more = {
        "percentile": "p50",
        "ours_p95": percentile(ours, 95),
        "peer_p95": percentile(peer, 95),
        "window_m": width_metres,
        "components": components,
    }
    return Line(
        name=f"map-sharp-{width_metres:.0f}",
        ours=mine,
        peer=theirs,
        ratio=ratio,
        unit="ms",
        n=len(ours),
        bound=f"ratio <= {MOST_RATIO}",
        holds=ratio <= MOST_RATIO,
        more=more,
    )


def both(options: Options) -> Line:
    """The two windows that are promised; the line is the worse one's."""
    lines = [run(options, 600.0), run(options, 3000.0)]
    worse = max(lines, key=lambda line: line.ratio)
    details = {
        f"{line.more['window_m']:.0f} m": {
            "ours": round(line.ours, 1),
            "peer": round(line.peer, 1),
            "ratio": round(line.ratio, 3),
        }
        for line in lines
    }
    return Line(
        name="map-sharp",
        ours=worse.ours,
        peer=worse.peer,
        ratio=worse.ratio,
        unit="ms",
        n=sum(line.n for line in lines),
        bound=worse.bound,
        holds=all(line.holds for line in lines),
        more={**worse.more, "windows": details},
    )


def _ours(stage: Stage, mpp: float, count: int, seed: int) -> tuple[list[View], list[float]]:
    """The views that were shown, the first for warming up, and the times of all but that."""
    views, times = [], []
    for number, place in enumerate(stage.places(count + 1, seed)):
        if number % 2:
            rest(REST_MILLISECONDS)
        times.append(stage.sharp_after(partial(stage.canvas.set_view, *place, mpp)))
        views.append(stage.canvas.viewport.view())
    return views, times[1:]
