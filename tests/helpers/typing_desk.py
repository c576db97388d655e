"""A desk in a process of its own at which somebody types on and on, until it is killed.

`python -m tests.helpers.typing_desk DATABASE` writes an opinion with a photo on the first case of
the queue, then types the description of a report letter by letter. Each line of its output says
what is written by then: `case ID`, then `typed LENGTH MONOTONIC_MILLISECONDS`.
"""

import itertools
import sys
from time import monotonic

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.console import say
from app.desk import Desk
from app.paths import drafts_dir
from app.tour.hands import Hands
from ui.actions import ActionId
from ui.desk.layout_memory import DeskLayout

OPINION = "请先围护，再抢修。"
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
EVERY_MS = 20


def hands_of(desk: Desk) -> Hands:
    """Hands for the desk's window; they give up when the desk says an error."""
    return Hands(desk.window, lambda: "", lambda: "")


def half_write_a_step(desk: Desk, hands: Hands) -> None:
    """An opinion with a photo, on the case on top of the queue."""
    hands.wait("a case", lambda: desk.window.frame.case_panel.file is not None)
    file = desk.window.frame.case_panel.file
    assert file is not None
    hands.write("opinion", OPINION)
    say(f"case {file.case.id}")


def type_on(desk: Desk, hands: Hands) -> None:
    """A report's description, a letter every 20 ms, without end."""
    desk.window.table[ActionId.NEW_REPORT].trigger()
    hands.write("report-description", "")
    letters = enumerate(itertools.cycle(ALPHABET), start=1)

    def press() -> None:
        length, letter = next(letters)
        hands.write("report-description", letter)
        say(f"typed {length} {int(monotonic() * 1000)}")

    timer = QTimer(desk, interval=EVERY_MS)
    timer.timeout.connect(press)
    timer.start()


def main(where: str) -> int:
    """Type until killed."""
    application = QApplication(["wanmi"])
    desk = Desk(where, DeskLayout(), None, drafts_dir(where))
    desk.window.show()
    hands = hands_of(desk)
    half_write_a_step(desk, hands)
    type_on(desk, hands)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
