"""The sheet as rich text for a QTextDocument: tables with thin lines, black on white."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from string import Template

from resources.language import tr
from ui.case_form.case_blocks import Block
from ui.case_form.fact import Fact
from ui.photo_viewer.pairs import SeenPhoto
from ui.printing.deadline_words import ClockLine
from ui.printing.sheet import Sheet, StepLine

LINE, QUIET, LATE = "#9AA5B1", "#566575", "#C62F2F"
PHOTO_WIDTH = 320
"""Of a photo, in pixels of 1/96 inch; two stand beside each other."""

PHOTO_SCHEME = "photo:"
"""Before a photo's hash, where the document asks for its picture."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
"""An instant in full; forms say it without what goes without saying today."""

_GAP = '<p style="font-size:3pt; margin:0">&nbsp;</p>'
"""Before a table: it does not keep the margin of the paragraph above it."""

_PAGE = Template("""
<p style="font-size:16pt; font-weight:bold; margin:0">$heading</p>
<p style="color:$quiet; margin:2px 0 12px">$city</p>
<p style="font-size:13pt; font-weight:bold; margin:0">$title</p>
<p style="margin:3px 0 0"><b>$number</b> &nbsp; $state <span style="color:$quiet">$marks</span></p>
$gap
$facts
$clocks
$steps
$photos
""")


def markup(sheet: Sheet) -> str:
    """The whole sheet but for what stands on every page."""
    city = " · ".join(word for word in (sheet.city, sheet.synthetic) if word)
    return _PAGE.substitute(
        quiet=QUIET,
        gap=_GAP,
        heading=escape(tr("Case sheet")),
        city=escape(city),
        title=escape(sheet.title),
        number=escape(tr("Case number {number}", number=sheet.number)),
        state=escape(sheet.state),
        marks=escape(f"· {sheet.marks}" if sheet.marks else ""),
        facts=_facts(sheet.blocks),
        clocks=_clocks(sheet.clocks, sheet.provisional),
        steps=_steps(sheet.steps),
        photos=_photos(sheet.photos),
    )


def _facts(blocks: Sequence[Block]) -> str:
    rows: list[Sequence[str]] = []
    for block in blocks:
        if block.title:
            rows.append([f"<b>{_text(block.title)}</b>"])
        rows += [[_quiet(fact.label), _said(fact)] for fact in block.facts]
    return _table(rows, ("18%", "82%"))


def _said(fact: Fact) -> str:
    """What a fact says, and below it what it says on hover; a time on paper needs its year."""
    if _MOMENT.fullmatch(fact.tip):
        short = next((part for part in (fact.tip[5:], fact.tip[11:]) if part in fact.text), "")
        if short and fact.tip not in fact.text:
            return _text(fact.text.replace(short, fact.tip, 1))
    is_more = fact.tip and fact.tip not in fact.text
    return _text(fact.text) + (f"<br/>{_small(fact.tip)}" if is_more else "")


def _clocks(clocks: Sequence[ClockLine], provisional: bool) -> str:
    if not clocks:
        return ""
    head = [tr("Clock"), tr("Limit and rule"), tr("From start to due"), tr("Used"), tr("Outcome")]
    rows = []
    for clock in clocks:
        notes = "".join(f"<br/>{_small(note)}" for note in clock.notes)
        outcome = _late(clock.outcome) if clock.overdue else _text(clock.outcome)
        rule = f"{_text(clock.limit)}<br/>{_small(clock.rule)}"
        row = [_text(clock.name), rule, _text(clock.span) + notes, _text(clock.used), outcome]
        rows.append(row)
    note = tr("Provisional: no official holiday notice for that year yet, the time may still move")
    after = f"<p>{_small(note)}</p>" if provisional else ""
    widths = ("14%", "31%", "22%", "12%", "21%")
    return _GAP + _table(rows, widths, head, title=tr("Deadlines")) + after


def _steps(steps: Sequence[StepLine]) -> str:
    head = [tr("Time"), tr("Step"), tr("By"), tr("Opinion"), tr("Took")]
    rows = []
    for step in steps:
        took = tr("{time} · overdue", time=step.took) if step.overdue else step.took
        said = _late(took) if step.overdue else _text(took)
        rows.append(
            [
                _text(step.time),
                f"<b>{_text(step.step)}</b>",
                _text(step.who),
                _text(step.opinion),
                said,
            ]
        )
    widths = ("18%", "12%", "19%", "36%", "15%")
    return _GAP + _table(rows, widths, head, title=tr("Process record"))


def _photos(photos: Sequence[SeenPhoto]) -> str:
    if not photos:
        return ""
    cells = [_photo(photo) for photo in photos]
    if len(cells) % 2:
        cells.append("")
    rows = [cells[place : place + 2] for place in range(0, len(cells), 2)]
    return _GAP + _table(rows, ("50%", "50%"), title=tr("Photos"), lined=False)


def _photo(photo: SeenPhoto) -> str:
    picture = f'<img src="{PHOTO_SCHEME}{photo.sha256}" width="{PHOTO_WIDTH}"/>'
    lines = "".join(f"<br/>{_small(line)}" for line in photo.lines)
    words = f"<b>{_text(photo.usage)}</b>{lines}"
    return f'<p style="margin:0">{picture}</p><p style="margin:4px 0 6px 0">{words}</p>'


def _table(
    rows: Iterable[Sequence[str]],
    widths: Sequence[str],
    head: Sequence[str] = (),
    *,
    title: str = "",
    lined: bool = True,
) -> str:
    """A table whose title and head come again on each page that it reaches.

    A title of its own paragraph could be left alone at the foot of a page. A row with a single cell
    goes from edge to edge.
    """
    edge = f"border:0.5px solid {LINE};" if lined else ""
    style = f"{edge} padding:{3 if lined else 4}px {5 if lined else 0}px"

    def row(cells: Sequence[str], looks: str = style) -> str:
        if len(cells) == 1:
            return f'<tr><td colspan="{len(widths)}" style="{looks}">{cells[0]}</td></tr>'
        sized = zip(cells, widths, strict=True)
        made = (
            f'<td width="{width}" valign="top" style="{looks}">{cell}</td>' for cell, width in sized
        )
        return f"<tr>{''.join(made)}</tr>"

    top = row([_title(title)], "border:none; padding:8px 0 3px") if title else ""
    top += row([_quiet(word) for word in head]) if head else ""
    body = "".join(row(cells) for cells in rows)
    table = 'width="100%" cellspacing="0" cellpadding="0"'
    thead = f"<thead>{top}</thead>" if top else ""
    return f'<table {table} style="border-collapse:collapse">{thead}{body}</table>'


def _title(words: str) -> str:
    return f'<span style="font-size:11pt; font-weight:bold">{escape(words)}</span>'


def _text(words: str) -> str:
    return escape(words).replace("\n", "<br/>")


def _quiet(words: str) -> str:
    return f'<span style="color:{QUIET}">{_text(words)}</span>'


def _small(words: str) -> str:
    return f'<span style="color:{QUIET}; font-size:8pt">{_text(words)}</span>'


def _late(words: str) -> str:
    return f'<span style="color:{LATE}; font-weight:bold">■ {_text(words)}</span>'
