"""A row of a foreign file: read as the mapping says, or refused with a sentence for each fault."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.importing.foreign_case import ForeignCase, RowReader
from app.importing.foreign_file import BadRow, UnreadableFile, foreign_rows
from app.importing.mapping import read_mapping
from app.importing.wall_clock import Doubt, WallClock
from tests.helpers.foreign_cases import (
    EXTRACT,
    altered_mapping,
    boston,
    extract,
    lamp_row,
    write_rows,
)
from workflow.case import CaseKind

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def read(**changes: str) -> ForeignCase | tuple[BadRow, ...]:
    return RowReader(boston(), NOW).read(2, lamp_row(**changes))


def whole(**changes: str) -> ForeignCase:
    case = read(**changes)
    assert isinstance(case, ForeignCase), [str(fault) for fault in case]
    return case


def faults(**changes: str) -> list[tuple[str, str]]:
    found = read(**changes)
    assert not isinstance(found, ForeignCase)
    return [(fault.column, str(fault)) for fault in found]


def test_a_row_is_read_as_the_mapping_says() -> None:
    case = whole()
    assert case.number == "101000295613"
    assert case.times.opened.at == datetime(2011, 7, 1, 5, 32, 33, tzinfo=UTC)
    assert (case.what.kind, case.what.small_name) == (CaseKind.COMPONENT, "路灯不亮")
    assert (case.department, case.source) == ("公共工程局", "工作人员上报")
    assert case.address == "INTERSECTION of Groveland St & River St Mattapan MA"
    assert case.on_time is True
    assert case.description == "Street Light Outages"
    assert case.remark == "队列：PWDx_Street Light Outages；街区：Greater Mattapan"
    assert case.notes == ()


@pytest.mark.parametrize(
    ("column", "text", "says"),
    [
        ("case_enquiry_id", " ", "The number is empty"),
        ("open_dt", "", "The time of opening is empty."),
        ("open_dt", "01.07.2011", "“01.07.2011” is no time"),
        ("open_dt", "2011-02-30 10:00:00", "is no time"),
        ("open_dt", "1999-12-31 23:59:59", "older than 2005-08-01"),
        ("open_dt", "2091-07-01 00:00:00", "lies in the future"),
        ("target_dt", "soon", "“soon” is no time"),
        ("target_dt", "2011-06-30 00:00:00", "lies before the opening 2011-07-01 01:32:33"),
        ("target_dt", "2311-07-01 00:00:00", "further off than any limit"),
        ("closed_dt", "2011-06-30 23:59:59", "before it was opened at 2011-07-01 01:32:33"),
        ("closed_dt", "2029-01-01 00:00:00", "lies in the future"),
        ("case_status", "Pending", "The status “Pending” is not in the mapping"),
        ("case_status", "Open", "says open, and there is a time of closing"),
        ("type", "Moon Landing", "“Street Lights / Moon Landing” is not in the mapping's list"),
        ("department", "XYZ", "The department “XYZ” is not in the mapping"),
        ("longitude", "", "The coordinate is empty"),
        ("longitude", "-71,08", "“-71,08” is no coordinate"),
        ("latitude", "942.27", "is no coordinate in degrees from −90 to 90"),
        ("latitude", "nan", "is no coordinate"),
    ],
)
def test_a_bad_cell_is_a_sentence_with_its_column(column: str, text: str, says: str) -> None:
    assert column in [one for one, sentence in faults(**{column: text}) if says in sentence]


def test_a_closed_case_without_a_time_of_closing_is_refused() -> None:
    assert faults(closed_dt="") == [
        ("case_status", "The status “Closed” says closed, and the time of closing is empty.")
    ]


def test_null_island_is_no_place() -> None:
    ((column, sentence),) = faults(longitude="0", latitude="0.0")
    assert column == "longitude"
    assert "no place but a missing one" in sentence


def test_a_row_tells_all_its_faults_at_once() -> None:
    found = faults(target_dt="never", type="", longitude="east")
    assert [column for column, _ in found] == ["target_dt", "type", "longitude"]


def test_an_empty_deadline_is_a_note_where_the_mapping_gives_a_limit() -> None:
    case = whole(target_dt="")
    assert case.times.deadline is None
    assert [str(note) for note in case.notes] == [
        "The deadline is empty; the clock has the mapping's own limit of 36500 自然日."
    ]


def test_an_empty_deadline_is_refused_where_the_mapping_gives_none(tmp_path: Path) -> None:
    strict = altered_mapping(tmp_path, ('if_empty = "36500 natural_day"', 'if_empty = "refuse"'))
    (fault,) = RowReader(read_mapping(strict), NOW).read(2, lamp_row(target_dt=""))  # type: ignore[misc]
    assert str(fault) == "The deadline is empty; no clock can run without one."


def test_a_row_without_address_at_the_stand_in_has_no_place_of_its_own() -> None:
    case = whole(location=" ", longitude="-71.0587", latitude="42.3594")
    assert ["no place of its own" in str(note) for note in case.notes] == [True]
    assert whole(longitude="-71.0587", latitude="42.3594").notes == ()


def test_a_flag_of_no_meaning_is_a_note_and_not_compared() -> None:
    case = whole(ontime="PERHAPS")
    assert case.on_time is None
    assert ["is not in the mapping's words" in str(note) for note in case.notes] == [True]


@pytest.mark.parametrize(
    ("written", "at", "doubt"),
    [
        ("2011-07-01 12:00:00", (2011, 7, 1, 16), Doubt.NONE),
        ("2011-12-01 12:00:00", (2011, 12, 1, 17), Doubt.NONE),
        ("2011-11-06 00:59:59", (2011, 11, 6, 4, 59, 59), Doubt.NONE),
        ("2011-11-06 01:30:00", (2011, 11, 6, 5, 30), Doubt.TWICE),
        ("2011-11-06 02:00:00", (2011, 11, 6, 7), Doubt.NONE),
        ("2011-03-13 02:30:00", (2011, 3, 13, 7, 30), Doubt.NEVER),
        ("2011-03-13 03:00:00", (2011, 3, 13, 7), Doubt.NONE),
    ],
)
def test_clock_changes_are_seen(written: str, at: tuple[int, ...], doubt: Doubt) -> None:
    clock = WallClock(boston().zone, boston().time_format)
    found = clock.read(written)
    assert (found.at, found.doubt) == (datetime(*at, tzinfo=UTC), doubt)  # type: ignore[arg-type,misc]
    assert str(found.written) == written


def test_a_time_that_came_twice_is_noted() -> None:
    case = whole(closed_dt="2011-11-06 01:30:00")
    assert [note.column for note in case.notes] == ["closed_dt"]
    assert "came twice" in str(case.notes[0])


def test_rows_stream_with_their_numbers_and_the_share_that_was_read() -> None:
    rows = list(foreign_rows(EXTRACT, boston()))
    assert [row.number for row in rows] == list(range(2, len(extract()) + 2))
    assert all(row.fault is None for row in rows)
    assert rows[-1].share == 1.0


def test_a_row_with_too_few_fields_is_bad_and_the_next_is_read(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "cases.csv", [lamp_row(), lamp_row(), lamp_row()])
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[2] = "1,2,3"
    path.write_text("\n".join(lines), encoding="utf-8")
    bad = [row.fault for row in foreign_rows(path, boston())]
    assert [str(fault) for fault in bad if fault] == [
        "The row has 3 fields and the header has 27; a separator is missing or stands in a text "
        "without quotation marks."
    ]
    assert bad[0] is bad[2] is None


def test_bytes_of_another_encoding_are_bad_in_their_row_only(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "cases.csv", [lamp_row(location="Straße"), lamp_row()])
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))
    first, second = foreign_rows(path, boston())
    assert first.fault is not None
    assert first.fault.column == "location"
    assert second.fault is None


def test_a_file_of_another_mapping_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="does not have the column case_enquiry_id once"):
        list(foreign_rows(path, boston()))


def test_an_empty_file_and_a_missing_one_are_sentences(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    with pytest.raises(UnreadableFile, match="is empty"):
        list(foreign_rows(empty, boston()))
    with pytest.raises(UnreadableFile, match="cannot be read"):
        list(foreign_rows(tmp_path / "nowhere.csv", boston()))


def test_a_packed_file_that_is_cut_off_says_after_which_row(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv.gz"
    packed = gzip.compress(EXTRACT.read_bytes())
    path.write_bytes(packed[: len(packed) // 2])
    rows = foreign_rows(path, boston())
    assert next(rows).number == 2
    with pytest.raises(UnreadableFile, match="is damaged after row"):
        list(rows)
