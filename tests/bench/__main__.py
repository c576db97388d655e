"""`python -m tests.bench [NAME…]`: what `./wanmi bench` runs; without a name, all in turn."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial

from tests.bench.cities import ROOT, Options
from tests.bench.line import Line


def _desk_start(options: Options) -> Line:
    from tests.bench import desk_start

    return desk_start.run(options)


def _map_sharp(options: Options, width: float | None = None) -> Line:
    from tests.bench import map_sharp

    return map_sharp.both(options) if width is None else map_sharp.run(options, width)


def _map_pan(options: Options) -> Line:
    from tests.bench import map_pan

    return map_pan.run(options)


def _city_view(options: Options) -> Line:
    from tests.bench import city_view

    return city_view.run(options)


def _queue_open(options: Options) -> Line:
    from tests.bench import queue_open

    return queue_open.run(options)


def _queue_filter(options: Options) -> Line:
    from tests.bench import queue_filter

    return queue_filter.run(options)


def _search(options: Options) -> Line:
    from tests.bench import search

    return search.run(options)


def _memory(options: Options) -> Line:
    from tests.bench import memory

    return memory.run(options)


def _clocks(options: Options) -> Line:
    from tests.bench import clocks

    return clocks.run(options)


def _transition(options: Options) -> Line:
    from tests.bench import transition

    return transition.run(options)


def _replay(options: Options) -> Line:
    from tests.bench import replay

    return replay.run(options)


BENCHES: dict[str, Callable[[Options], Line]] = {
    "desk-start": _desk_start,
    "map-sharp": _map_sharp,
    "map-sharp-600": partial(_map_sharp, width=600.0),
    "map-sharp-3000": partial(_map_sharp, width=3000.0),
    "map-pan": _map_pan,
    "city-view": _city_view,
    "queue-open": _queue_open,
    "queue-filter": _queue_filter,
    "search": _search,
    "transition": _transition,
    "replay": _replay,
    "memory": _memory,
    "clocks": _clocks,
}
PARTS = {"map-sharp-600", "map-sharp-3000"}
"""Measured by another one as well; not run again when everything is."""


def main(argv: list[str]) -> int:
    """Run the benchmarks named, each in a process of its own where there are several."""
    asked = _asked(argv)
    names = asked.names or [name for name in BENCHES if name not in PARTS]
    options = Options(asked.components, asked.cases, asked.small)
    if len(names) == 1:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        sys.stdout.write(BENCHES[names[0]](options).text() + "\n")
        return 0
    passed_on = [word for word in argv if word not in names]
    ends = [_in_a_process(name, passed_on) for name in names]
    return max(ends)


def _in_a_process(name: str, words: list[str]) -> int:
    sys.stderr.write(f"-- {name}\n")
    sys.stderr.flush()
    command = [sys.executable, "-P", "-m", "tests.bench", name, *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=environment, check=False).returncode


def _asked(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="wanmi bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--components", type=int, metavar="N")
    parser.add_argument("--cases", type=int, metavar="N")
    parser.add_argument("--small", action="store_true", help="seconds; proves that they work")
    asked = parser.parse_args(argv)
    for name in asked.names:
        if name not in BENCHES:
            parser.error(f'there is no benchmark "{name}"; there are: {", ".join(BENCHES)}')
    return asked


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
