"""A command line that cannot be understood is a sentence, in either language."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app import cli
from app.arguments import BadArgument, any_database, database_file, usable_folder, window_size
from app.services import source_of
from db.engine import open_database
from db.errors import BadAddress


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANMI_LANGUAGE", "en")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("demo --cases 0", "0 is no count; give a number from 1."),
        ("demo --cases ９x", "９x is no count; give a number from 1."),
        ("demo --components -5", "-5 is no count; give a number from 1."),
        ("demo --components abc", "abc is no count; give a number from 1."),
        (f"demo --components {'9' * 5000}", f"{'9' * 5000} is no count; give a number from 1."),
        ("demo --seed -1", "-1 is no seed; give a number from 0."),
        ("demo --theme blue", "blue is no theme; there are light and dark."),
        ("demo --size big", "big is no window size. Write it like 1920x1080."),
        ("desk --size 0x0", "0x0 is no window size. Write it like 1920x1080."),
        ("demo --db postgresql://me:secret@server/x", "in a file, not at server/x."),
        ("demo --db", "The option --db wants one value behind it"),
        ("demo --componets 5", "does not know --componets. Did you mean --components?"),
        ("demo --bogus", "does not know --bogus; `./wanmi demo --help` shows what it takes."),
        ("demo extra", "`./wanmi demo` does not know extra"),
        ("verify --db=", "The name of the database is empty"),
        ("verify city.sqlite", "`./wanmi verify` does not know city.sqlite"),
    ],
)
def test_a_bad_argument_is_one_sentence_and_starts_nothing(
    words: str, said: str, capsys: pytest.CaptureFixture[str], wanmi_home: Path
) -> None:
    assert cli.main(words.split()) == 2
    answer = capsys.readouterr()
    assert answer.out == ""
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert list(wanmi_home.iterdir()) == []


def test_the_sentence_is_chinese_where_the_operator_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WANMI_LANGUAGE", "zh_CN")
    assert cli.main(["demo", "--componets", "5"]) == 2
    assert capsys.readouterr().err == (
        "`./wanmi demo` 不认识 --componets。您要的是 --components 吗？\n"
    )


def test_full_width_digits_are_numbers_too() -> None:
    assert window_size("１９２０x１０８０") == (1920, 1080)


def test_a_file_where_a_folder_is_wanted_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file/below"):
        with pytest.raises(BadArgument, match="cannot be made"):
            usable_folder(folder)


def test_a_server_has_a_name_of_its_own() -> None:
    assert any_database("postgresql://server/x") == "postgresql://server/x"
    assert database_file("city.sqlite") == Path("city.sqlite")


@pytest.mark.parametrize(
    ("use", "address"),
    [
        (source_of, "postgresql:/me:secret@x"),
        (open_database, "postgresql:/me:secret@x"),
        (open_database, "postgresql://me:secret@server:port/x"),
    ],
)
def test_an_address_that_is_none_is_told_without_its_password(
    use: Callable[[str], object], address: str
) -> None:
    with pytest.raises(BadAddress, match="is no address of a database server") as refused:
        use(address)
    assert "secret" not in str(refused.value)
