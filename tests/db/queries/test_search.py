"""Search over everything: whatever a case says is found, in every spelling, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db import guards, search_index
from db.engine import Database
from db.queries.names import read_names
from db.queries.queues import read_page
from db.record import SqlRecord
from db.tables import CaseRow, CaseSearchRow, DepartmentRow
from tests.helpers.stored_city import NOW
from tests.helpers.stored_walk import report, walk
from tests.helpers.trade import LEADER
from workflow.case import Case
from workflow.grams import document, plain
from workflow.ids import CaseId
from workflow.queries import Box, Found, QueueFilter, QueueQuery, QueueRow, QueueSort
from workflow.service import CaseService

EVERYTHING = Box(id="all", title="全部案卷")
NASTY = (
    "'", '"', '""', "%", "_", "*", "?", "\\", "/", ":", "-", "^", "~", "(", ")", "AND", "NOT",
    "OR", "NEAR(a b)", "a AND", '" OR "', "井*", "-井", "said:井", "井 AND", "&", "|", "!", "<->",
    "\x00", "\x00井", "\ud800", "\u200d", "😀", "👨‍👩‍👧", "。，、；：“”", "１２３", "　", "\t\n",
    "'; DROP TABLE cases; --", "x" * 100_000, "井" * 5_000, "井 " * 5_000, "é", "é", "ﬁ", "ß",
)  # fmt: skip


def found(record: SqlRecord, text: str) -> list[QueueRow]:
    """All cases that a text finds."""
    query = QueueQuery(box=EVERYTHING, seat=LEADER, filter=QueueFilter(text=text), limit=500)
    return list(record.page(query, NOW).rows)


def ids(record: SqlRecord, text: str) -> set[CaseId]:
    """Their ids."""
    return {row.case_id for row in found(record, text)}


@pytest.fixture(scope="module")
def told(city: Database) -> dict[CaseId, list[str]]:
    """What every case says, field by field, put together here anew."""
    with city.read() as connection:
        names = read_names(connection)
        rows = connection.execute(select(CaseRow.__table__)).mappings().all()
    return {
        CaseId(row["id"]): [
            *(str(row[name] or "") for name in search_index._WORDS),
            *(names.people.get(row[name] or 0, "") for name in search_index._PEOPLE),
            names.departments.get(row["department_id"] or 0, ""),
        ]
        for row in rows
    }


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_every_part_of_one_to_three_signs_of_whatever_a_case_says_finds_it(
    record: SqlRecord, told: dict[CaseId, list[str]], data: st.DataObject
) -> None:
    case_id = data.draw(st.sampled_from(sorted(told)))
    field = data.draw(st.sampled_from([field for field in told[case_id] if plain(field)]))
    start = data.draw(st.integers(0, len(field) - 1))
    part = field[start : start + data.draw(st.integers(1, 3))]
    assert not plain(part) or case_id in ids(record, part)


@pytest.mark.parametrize(
    "text",
    ["井", "盖", "路", "井盖", "积水", "街道", "滨江路", "路面积水", "12", "6111", "a_b", "张"],
)
def test_exactly_the_cases_that_say_it_are_found(
    record: SqlRecord, told: dict[CaseId, list[str]], text: str
) -> None:
    expected = {
        case_id
        for case_id, fields in told.items()
        if any(plain(text) in plain(field) for field in fields)
    }
    by_big_class = {row.case_id for row in found(record, text) if is_big_class(row.found)}
    assert ids(record, text) - by_big_class == expected - by_big_class


def is_big_class(seen: Found | None) -> bool:
    """Whether a case was found by the name of its big class."""
    return seen is not None and seen.field == "big_class"


@pytest.mark.parametrize("word", ["jg", "jinggai", "jingg", "井g", "JingGai"])
def test_pinyin_and_initials_find_the_class(
    record: SqlRecord, cases: tuple[Case, ...], word: str
) -> None:
    expected = {case.id for case in cases if "井盖" in case.class_name}
    assert expected
    assert expected <= ids(record, word)


def test_words_must_all_be_said_in_whatever_field(
    record: SqlRecord, told: dict[CaseId, list[str]]
) -> None:
    expected = {
        case_id
        for case_id, fields in told.items()
        if any("井盖" in field for field in fields) and any("积水" in field for field in fields)
    }
    assert expected
    assert ids(record, "井盖 积水") == ids(record, "积水　井盖") == expected
    assert expected <= ids(record, "jg 积水")


def test_the_case_of_a_whole_number_stands_first(
    record: SqlRecord, cases: tuple[Case, ...]
) -> None:
    for case in cases[::20]:
        rows = found(record, case.number)
        assert rows[0].case_id == case.id
        assert len({row.case_id for row in rows}) == len(rows)


def test_what_is_found_is_in_order_newest_first(record: SqlRecord) -> None:
    rows = found(record, "路")
    keys = [(row.reported_at, row.case_id) for row in rows]
    assert keys == sorted(keys, reverse=True)
    assert len(keys) > 20


@pytest.mark.parametrize("sort", QueueSort)
def test_paging_through_what_was_found_meets_each_case_once(
    record: SqlRecord, sort: QueueSort
) -> None:
    wanted = QueueFilter(text="路")
    query = QueueQuery(box=EVERYTHING, seat=LEADER, sort=sort, filter=wanted, limit=7)
    met: list[CaseId] = []
    while True:
        page = record.page(query, NOW)
        met += [row.case_id for row in page.rows]
        if page.next is None:
            break
        query = replace(query, after=page.next)
    assert len(met) == len(set(met))
    assert set(met) == ids(record, "路")


def test_a_row_says_where_the_words_stand_that_it_does_not_show(
    record: SqlRecord, cases: tuple[Case, ...]
) -> None:
    of_id = {case.id: case for case in cases}
    rows = found(record, "掉了")
    assert rows
    for row in rows:
        assert row.found is not None
        assert (row.found.field, row.found.words) == ("description", ("掉了",))
        assert row.found.text.strip("…") in plain(of_id[row.case_id].description)
    for row in found(record, "滨江路"):
        assert row.found is not None
        assert row.found.field == "address"


def test_pages_without_a_text_say_nothing_of_the_kind(record: SqlRecord) -> None:
    page = record.page(QueueQuery(box=EVERYTHING, seat=LEADER), NOW)
    assert {row.found for row in page.rows} == {None}


@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text[:12]))
def test_whatever_is_typed_gets_a_plain_answer(
    record: SqlRecord, told: dict[CaseId, list[str]], text: str
) -> None:
    rows = found(record, text)
    query = QueueQuery(box=EVERYTHING, seat=LEADER, filter=QueueFilter(text=text))
    total = record.total(query, NOW)
    assert total.count == len(rows)
    assert total.is_exact
    if not plain(text):
        assert {row.case_id for row in rows} == set(told)


def test_a_step_that_changes_what_a_case_says_changes_what_finds_it(
    database: Database, service: CaseService
) -> None:
    case_id, _ = report(service)
    other_id, _ = report(service)

    def holders(text: str) -> set[CaseId]:
        query = QueueQuery(box=EVERYTHING, seat=LEADER, filter=QueueFilter(text=text))
        with database.read() as connection:
            names = read_names(connection)
            return {row.case_id for row in read_page(connection, query, NOW, names).rows}

    said = select(CaseSearchRow.said).where(CaseSearchRow.case_id == case_id)
    with database.read() as connection:
        before = connection.execute(said).scalar_one()
    walk(service, case_id)
    with database.read() as connection:
        department = connection.execute(
            select(DepartmentRow.name)
            .join(CaseRow, CaseRow.department_id == DepartmentRow.id)
            .where(CaseRow.id == case_id)
        ).scalar_one()
        after = connection.execute(said).scalar_one()
    assert before != after
    assert holders(department) == {case_id}
    assert holders("井盖") == {case_id, other_id}


def test_building_the_index_anew_changes_nothing(database: Database, service: CaseService) -> None:
    first, _ = report(service)
    report(service)
    walk(service, first)
    with database.write_uncommitted() as connection:
        kept = connection.execute(select(CaseSearchRow.__table__)).all()
        with guards.suspended(connection):
            search_index.rebuild(connection)
        assert sorted(connection.execute(select(CaseSearchRow.__table__)).all()) == sorted(kept)
        names = read_names(connection)
        query = QueueQuery(box=EVERYTHING, seat=LEADER, filter=QueueFilter(text="井盖"))
        assert len(read_page(connection, query, NOW, names).rows) == 2


def test_no_word_reaches_from_one_field_into_the_next() -> None:
    assert "井盖滨江" not in document(["井盖", "滨江路"]).replace("\n", " ")
