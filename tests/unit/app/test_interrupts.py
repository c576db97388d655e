"""Ctrl+C is heard even where it falls into a destructor, and only while somebody listens."""

import signal

import pytest

from app.interrupts import heard


class Loud:
    """Is interrupted while it dies: Python says so, and goes on as if nothing had come."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_that_fell_into_a_destructor_is_raised_at_the_next_look() -> None:
    with heard() as look:
        look()
        one = Loud()
        del one
        with pytest.raises(KeyboardInterrupt):
            look()


def test_an_interrupt_that_was_not_lost_is_raised_at_once() -> None:
    with heard(), pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_afterwards_the_interrupt_means_what_it_meant_before() -> None:
    before = signal.getsignal(signal.SIGINT)
    with heard():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
