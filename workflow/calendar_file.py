"""A calendar in one CSV file: holidays, make-up days, holiday notices and working hours.

Columns date, until, kind, name; kind is holiday, makeup, notice (date is the year, name the notice)
or hours (date and until are times of day). Chinese headings and kinds are read as well.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from workflow.calendar_cells import HOURS, LINE, NOTICES, Row, place
from workflow.calendar_rows import HOLIDAY, LONGEST_SPAN, MAKE_UP
from workflow.calendar_versions import DATE, HOURS_KIND, KIND, NAME, NOTICE, UNTIL, CalendarDraft
from workflow.day_hours import InvalidCalendar

LARGEST: Final = 1_000_000
"""Bytes; the calendar of a century has less."""

_HEADINGS: Final = {
    **dict.fromkeys(("date", "day", "日期"), DATE),
    **dict.fromkeys(("until", "至", "止"), UNTIL),
    **dict.fromkeys(("kind", "类别", "类型"), KIND),
    **dict.fromkeys(("name", "名称"), NAME),
}
_KINDS: Final = {
    **dict.fromkeys(("holiday", "节假日", "放假"), HOLIDAY),
    **dict.fromkeys(("makeup", "调休上班", "调休", "补班"), MAKE_UP),
    **dict.fromkeys(("notice", "放假通知", "通知"), NOTICE),
    **dict.fromkeys(("hours", "工作时段", "时段"), HOURS_KIND),
}
_COLUMNS: Final[Mapping[tuple[object, object], str]] = {
    (NOTICES, "year"): DATE,
    (NOTICES, "notice"): NAME,
    (HOURS, "start"): DATE,
    (HOURS, "end"): UNTIL,
}
"""Where a field of a table stands in the file."""

_FILE = "工作日历"


def read(data: bytes, in_force: CalendarDraft) -> CalendarDraft:
    """The calendar in force with what a file says.

    A year whose notice the file has is given anew, as a whole. Days of other years are added to
    what is there, or take a day's place. Working hours stay unless it gives some.

    Args:
        in_force: the draft that changes nothing.

    Raises:
        InvalidCalendar: it is no CSV file of this kind. What its rows say is not checked yet.
    """
    days: list[Row] = []
    notices: list[Row] = []
    hours: list[Row] = []
    for line in _lines(data):
        where = {LINE: line[LINE]}
        if line[KIND] == NOTICE:
            notices.append({"year": line[DATE], "notice": line[NAME], **where})
        elif line[KIND] == HOURS_KIND:
            hours.append({"start": line[DATE], "end": line[UNTIL], **where})
        else:
            _refuse_another_year(line)
            days.append(line)
    noticed = {row["year"] for row in notices}
    given = {day for row in days for day in _span(row)}
    kept = (
        {DATE: day, UNTIL: "", KIND: row[KIND], NAME: row[NAME], LINE: row[LINE]}
        for row in in_force.days
        if row[DATE][:4] not in noticed
        for day in _span(row)
        if day not in given
    )
    return CalendarDraft(
        base=in_force.base,
        days=(*days, *kept),
        notices=(*notices, *(row for row in in_force.notices if row["year"] not in noticed)),
        hours=tuple(hours) or in_force.hours,
    )


def faults(draft: CalendarDraft) -> tuple[InvalidCalendar, ...]:
    """The faults of a draft by the rows and columns of its file, from top to bottom."""
    found = [_in_file(fault) for fault in draft.faults()]
    return tuple(sorted(found, key=lambda fault: _number(fault.values.get("row"))))


def write(draft: CalendarDraft) -> bytes:
    """The draft as a file that `read` takes back, for a spreadsheet too."""
    out = io.StringIO()
    table = csv.DictWriter(out, (DATE, UNTIL, KIND, NAME), lineterminator="\n")
    table.writeheader()
    for row in draft.notices:
        table.writerow({DATE: row["year"], KIND: NOTICE, NAME: row["notice"]})
    for row in draft.hours:
        table.writerow({DATE: row["start"], UNTIL: row["end"], KIND: HOURS_KIND, NAME: HOURS})
    for row in draft.days:
        table.writerow({name: row.get(name, "") for name in (DATE, UNTIL, KIND, NAME)})
    return out.getvalue().encode("utf-8-sig")


def _lines(data: bytes) -> Iterator[dict[str, str]]:
    """Every row that is not blank, under our own headings, with its line."""
    reader = csv.reader(io.StringIO(_text(data), newline=""), strict=True)
    try:
        columns = _columns(next(reader, []))
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(columns):
                raise InvalidCalendar(
                    "{table}, row {row}, {field}: there are more cells than headings; "
                    "put text with a comma into quotes.",
                    **place(_FILE, reader.line_num, NAME),
                )
            row = dict.fromkeys((DATE, UNTIL, KIND, NAME), "")
            row |= {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
            row[KIND] = _KINDS.get(row[KIND], row[KIND])
            yield {**row, LINE: str(reader.line_num)}
    except csv.Error as error:
        raise InvalidCalendar(
            "{table}, row {row}, {field}: this cannot be read as a CSV file ({detail}); "
            "save it as CSV again.",
            **place(_FILE, reader.line_num, DATE),
            detail=str(error),
        ) from error


def _columns(headings: list[str]) -> list[str]:
    """Our name of each column; a column that is not ours has none."""
    columns = [_HEADINGS.get(heading.strip().lower(), "") for heading in headings]
    for wanted in (DATE, KIND, NAME):
        if columns.count(wanted) != 1:
            raise InvalidCalendar(
                "{table}, row {row}, {field}: the first row must name the columns date, until, "
                "kind and name, each once.",
                **place(_FILE, 1, wanted),
            )
    return columns


def _text(data: bytes) -> str:
    """UTF-8, or what spreadsheets in China save."""
    if len(data) > LARGEST:
        raise InvalidCalendar(
            "{table}, row {row}, {field}: the file has {size} bytes, far more than a calendar; "
            "choose the right one.",
            **place(_FILE, 1, DATE),
            size=f"{len(data):,}",
        )
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).replace("\0", "�")
        except UnicodeDecodeError:
            continue
    raise InvalidCalendar(
        "{table}, row {row}, {field}: the file is no text in UTF-8 or GB 18030; save it as CSV.",
        **place(_FILE, 1, DATE),
    )


def _span(row: Row) -> Iterator[str]:
    """The days that a row means, as they are written; one that is no day is none."""
    try:
        first = date.fromisoformat(row[DATE])
        last = date.fromisoformat(row[UNTIL]) if row[UNTIL] else first
    except ValueError:
        return
    for number in range(min((last - first).days + 1, LONGEST_SPAN)):
        yield (first + timedelta(days=number)).isoformat()


def _refuse_another_year(line: Row) -> None:
    """A year may be given as a whole: a row into the next one would be that whole year."""
    if line[UNTIL] and line[UNTIL][:4] != line[DATE][:4]:
        raise InvalidCalendar(
            "{table}, row {row}, {field}: a row ends in the year in which it begins; write the "
            "days of each year in a row of their own.",
            **place(_FILE, int(line[LINE]), UNTIL),
        )


def _in_file(fault: InvalidCalendar) -> InvalidCalendar:
    column = _COLUMNS.get((fault.values.get("table"), fault.values.get("field")))
    return InvalidCalendar(fault.template, **{**fault.values, "field": column}) if column else fault


def _number(row: object) -> int:
    return row if isinstance(row, int) else 0
