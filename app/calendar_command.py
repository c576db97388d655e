"""`./wanmi calendar`: the versions of the working calendar, and publishing another one."""

import argparse
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from app.arguments import Arguments, BadArgument, any_database
from app.console import complain, say
from app.paths import data_dir
from db.address import is_server
from db.media import MediaStore
from db.record import SqlRecord, open_record
from resources.language import tr
from resources.reasons import reason
from workflow.calendar_file import faults, read, write
from workflow.calendar_versions import CalendarDraft, CalendarVersion, changed_days, draft_of
from workflow.errors import NotFound
from workflow.instants import epoch_ms, from_epoch_ms, readable
from workflow.posts import Post, Seat
from workflow.recounting import DeadlineChange

AT_ONCE: Final = 100
"""Cases that are counted anew before the next word about how far it is."""

SHOWN: Final = 40
"""Deadlines that are listed; how many there are in all is said anyway."""


def main(argv: Sequence[str]) -> int:
    """Answer 0 when it is done, 1 where the file has faults; nothing is published then."""
    options = _options(argv)
    action = _ACTIONS.get(options.action)
    if action is None:
        raise BadArgument(
            "`./wanmi calendar` cannot {word}; it can list, export FILE, preview FILE, apply FILE "
            "or recount.",
            word=options.action,
        )
    if options.action in _WITH_FILE and options.file is None:
        raise BadArgument("`./wanmi calendar {word}` wants a CSV file.", word=options.action)
    where = options.db or str(data_dir() / "demo.sqlite")
    media = data_dir() / "media" if is_server(where) else MediaStore.beside(Path(where)).folder
    with open_record(where, media) as record:
        return action(record, options)


def _list(record: SqlRecord, options: argparse.Namespace) -> int:
    for version in record.calendars():
        say(_line(version))
    return 0


def _export(record: SqlRecord, options: argparse.Namespace) -> int:
    in_force = _in_force(record)
    try:
        options.file.write_bytes(write(draft_of(in_force)))
    except OSError as error:
        raise BadArgument(
            "{file} cannot be written: {reason}.", file=options.file, reason=reason(error)
        ) from error
    say(
        tr(
            "Version {version} of the working calendar was written to {file}.",
            version=in_force.version,
            file=options.file,
        )
    )
    return 0


def _preview(record: SqlRecord, options: argparse.Namespace) -> int:
    draft = _draft(record, options.file)
    if draft is None:
        return 1
    _say_preview(record, draft)
    return 0


def _apply(record: SqlRecord, options: argparse.Namespace) -> int:
    draft = _draft(record, options.file)
    if draft is None:
        return 1
    seat = _admin(record, options.seat)
    _say_preview(record, draft)
    version = record.publish_calendar(draft, seat, _now())
    say(
        tr(
            "{name} published version {version} of the working calendar.",
            name=seat.person_name,
            version=version,
        )
    )
    return _count_anew(record, seat)


def _recount(record: SqlRecord, options: argparse.Namespace) -> int:
    return _count_anew(record, _admin(record, options.seat))


def _count_anew(record: SqlRecord, seat: Seat) -> int:
    after, recounted, refused = None, 0, list[str]()
    while True:
        progress = record.recount_next(seat, _now(), AT_ONCE, after)
        recounted += progress.recounted
        refused += progress.refused
        after = progress.after
        if after is None:
            break
        say(
            tr(
                "{n} cases counted anew, {left} to look at",
                n=f"{recounted:,}",
                left=f"{progress.left:,}",
            )
        )
    for number in refused:
        complain(
            tr("Case {number} keeps its deadlines: its rules do not count anew.", number=number)
        )
    say(
        tr(
            "{n} cases were counted anew on version {version} of the working calendar.",
            n=f"{recounted:,}",
            version=progress.version,
        )
    )
    return 0


def _draft(record: SqlRecord, file: Path) -> CalendarDraft | None:
    """What the file says on top of the calendar in force; None where it has faults, all told."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise BadArgument(
            "{file} cannot be read: {reason}.", file=file, reason=reason(error)
        ) from error
    draft = read(data, draft_of(_in_force(record)))
    found = faults(draft)
    for fault in found:
        complain(tr(fault.template, **fault.values))
    if not found:
        return draft
    complain(tr("The calendar stays as it is: {n} faults in {file}.", n=len(found), file=file.name))
    return None


def _say_preview(record: SqlRecord, draft: CalendarDraft) -> None:
    old = _in_force(record).calendar
    changed = [day.isoformat() for day in changed_days(old, draft.calendar(old.version))]
    days = "、".join([*changed[:SHOWN], *("…" for _ in changed[SHOWN:][:1])])
    say(tr("{n} days change: {days}", n=len(changed), days=days or "—"))
    preview = record.preview_calendar(draft, _now())
    for change in preview.changes[:SHOWN]:
        say(_change(change))
    if len(preview.changes) > SHOWN:
        say(tr("… and {n} more", n=f"{len(preview.changes) - SHOWN:,}"))
    say(
        tr(
            "{n} deadlines of {cases} cases change; {open} open cases were looked at.",
            n=f"{len(preview.changes):,}",
            cases=f"{preview.cases:,}",
            open=f"{preview.looked_at:,}",
        )
    )


def _change(change: DeadlineChange) -> str:
    words = f"{change.number}  {change.kind.label:<4}  {readable(change.old_due)}"
    if change.moves:
        words += f" → {readable(change.new_due)}"
    if change.is_provisional:
        words += tr(" (provisional)")
    elif change.was_provisional:
        words += tr(" (no longer provisional)")
    return words


def _line(version: CalendarVersion) -> str:
    calendar = version.calendar
    mark = "●" if version.in_force else " "
    years = "、".join(str(year) for year in sorted(calendar.notice_years))
    published = (
        tr("as shipped")
        if version.published_at is None
        else f"{readable(version.published_at)} {version.published_by}"
    )
    return mark + tr(
        " version {version}  {published}  years with a notice: {years}; {holidays} holidays, "
        "{makeup} make-up days; {n} open clocks",
        version=version.version,
        published=published,
        years=years,
        holidays=len(calendar.holidays),
        makeup=len(calendar.make_up_days),
        n=f"{version.open_clocks:,}",
    )


def _in_force(record: SqlRecord) -> CalendarVersion:
    return next(one for one in record.calendars() if one.in_force)


def _admin(record: SqlRecord, name: str | None) -> Seat:
    """The administrator who answers for it; several must be told apart by `--as`."""
    admins = [seat for seat in record.seats() if seat.post is Post.ADMIN]
    found = [seat for seat in admins if name in (None, seat.person_name)]
    if not found:
        raise NotFound("There is no administrator here who could publish a calendar.")
    if len(found) > 1:
        names = "、".join(seat.person_name for seat in found)
        raise BadArgument("Say who publishes it: --as NAME, one of {names}.", names=names)
    return found[0]


def _now() -> datetime:
    return from_epoch_ms(epoch_ms(datetime.now().astimezone()))


_ACTIONS: Final[dict[str, Callable[[SqlRecord, argparse.Namespace], int]]] = {
    "list": _list,
    "export": _export,
    "preview": _preview,
    "apply": _apply,
    "recount": _recount,
}
_WITH_FILE: Final = frozenset({"export", "preview", "apply"})


def _options(argv: Sequence[str]) -> argparse.Namespace:
    options = Arguments("calendar", tr("show the working calendar, or publish another one"))
    options.add_argument("action", metavar="list|export|preview|apply|recount")
    options.add_argument("file", nargs="?", type=Path, metavar="FILE")
    options.add_argument("--as", dest="seat", metavar="NAME")
    options.add_argument("--db", type=any_database, metavar="PATH")
    return options.read(argv)
