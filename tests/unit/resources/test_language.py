"""Sentences come in the language in force, and in English where a row is missing."""

from collections.abc import Iterator

import pytest

from resources.language import language, set_language, tr


@pytest.fixture(autouse=True)
def no_choice(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("WANMI_LANGUAGE", raising=False)
    yield
    set_language(None)


def test_the_default_language_is_chinese() -> None:
    assert language() == "zh_CN"
    assert tr("Display") == "显示"


def test_places_are_filled_in_the_translation() -> None:
    assert tr("QGIS {version} is older than 3.22.", version="3.16") == "QGIS 3.16 低于 3.22。"


def test_a_missing_row_leaves_the_english() -> None:
    assert tr("No table holds case {number}.", number=5) == "No table holds case 5."


def test_a_sentence_without_values_keeps_its_braces() -> None:
    assert tr("{x}") == "{x}"


def test_the_environment_chooses_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANMI_LANGUAGE", "en")
    assert tr("Display") == "Display"


def test_a_language_set_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANMI_LANGUAGE", "en")
    set_language("zh_CN")
    assert tr("Display") == "显示"
