"""The whole city in one view: ours draws cells by count; the peer, QGIS drawing every point."""

from dataclasses import replace
from functools import partial

from map.scene import Scene
from tests.bench.cities import Options
from tests.bench.line import Line, percentile
from tests.bench.map_stage import Stage, bare_canvas, map_stage

MOST_MILLISECONDS = 150.0


def run(options: Options) -> Line:
    """Measure whole views, each a few pixels aside, so that none was drawn before."""
    with map_stage(options.wide_city()) as stage:
        stage.canvas.fit(*stage.city.bounds)
        times = [
            stage.sharp_after(partial(stage.canvas.pan, 7 - number % 15, 3))
            for number in range(options.repeats(31) + 1)
        ][1:]
        view = stage.canvas.viewport.view()
        views = [replace(view, x=view.x + 5 * step * view.mpp) for step in range(4)]
        peer = bare_canvas(_points(stage), views)[1:]
        components = stage.city.components
    ours, theirs = percentile(times, 50), percentile(peer, 50)
    return Line(
        name="city-view",
        ours=ours,
        peer=theirs,
        ratio=ours / theirs,
        unit="ms",
        n=len(times),
        bound=f"<= {MOST_MILLISECONDS:.0f} ms",
        holds=ours <= MOST_MILLISECONDS,
        more={
            "percentile": "p50",
            "ours_p95": percentile(times, 95),
            "mpp": view.mpp,
            "components": components,
        },
    )


def _points(stage: Stage) -> Scene:
    """The component layer alone, at every scale."""
    points = [layer for layer in stage.scene.layers if layer.id == "component"]
    return replace(stage.scene, layers=tuple(replace(one, max_mpp=0.0) for one in points))
