"""`./wanmi import cases`: take the cases of another system over, by a mapping of its file."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from app.arguments import Arguments, BadArgument, any_database
from app.console import say
from app.importing.agreement import EXPLANATIONS
from app.importing.mapping import read_mapping
from app.importing.report import Reporter, Tally, report_file
from app.importing.run import Task, build, needs_city, survey, take_over
from app.paths import data_dir
from resources.language import tr

MAPPINGS = Path(__file__).parent.parent / "resources" / "mappings"
CASES = "cases"
_EVERY = 5_000


def main(argv: Sequence[str]) -> int:
    """Answer 0 where the whole file was read, whatever rows stayed out: the report has them."""
    options = _options(argv)
    where = _mapping_file(options.mapping)
    mapping = read_mapping(where)
    into = options.into or str(data_dir() / f"{where.stem}.sqlite")
    task = Task(options.file, mapping, into, datetime.now(UTC))
    with report_file(options.report) as reporter:
        if needs_city(into):
            say(tr("{name} is not there yet: reading where the cases lie", name=Path(into).name))
            found = survey(task)
            say(tr("Building the city: divisions, cells, classes and seats"))
            build(task, found)
        take_over(task, reporter, _Teller())
        _say_sums(reporter, options.report, into)
    return 0


class _Teller:
    """Says now and then how far it is."""

    def __init__(self) -> None:
        self._next = _EVERY

    def __call__(self, share: float, rows: int, imported: int) -> None:
        if rows < self._next:
            return
        self._next = rows + _EVERY
        say(
            tr(
                "{percent} %: {rows} rows read, {imported} cases imported",
                percent=round(100 * share),
                rows=f"{rows:,}",
                imported=f"{imported:,}",
            )
        )


def _say_sums(reporter: Reporter, report: Path | None, into: str) -> None:
    tally = reporter.tally
    say(
        tr(
            "{rows} rows: {imported} imported, {known} known before, {refused} refused.",
            rows=f"{tally.rows:,}",
            imported=f"{tally.imported:,}",
            known=f"{tally.known:,}",
            refused=f"{tally.refused:,}",
        )
    )
    for sentence in tally.first:
        say(f"  {sentence}")
    if tally.refused > len(tally.first):
        _say_counts(tr("Refused rows by column"), tally.faults.most_common())
    notes = tally.notes.most_common()
    _say_counts(tr("Imported with a note"), [(tally.examples[one], n) for one, n in notes])
    _say_agreement(tally)
    if report is not None:
        say(tr("Every row that is worth a word stands in {file}.", file=report))
    say(tr("Open the desk with `./wanmi desk --db {db}`.", db=into))


def _say_agreement(tally: Tally) -> None:
    compared = tally.agree + tally.disagree
    if not compared and not tally.reasons:
        return
    say(
        tr(
            "On time or overdue: of {compared} rows that can be compared, {agree} agree with the "
            "file and {disagree} do not; {others} cannot be compared.",
            compared=f"{compared:,}",
            agree=f"{tally.agree:,}",
            disagree=f"{tally.disagree:,}",
            others=f"{tally.rows - tally.refused - compared:,}",
        )
    )
    for reason, count in tally.reasons.most_common():
        say(f"  {count:>8,}  {tr(EXPLANATIONS[reason])}")  # words of a table


def _say_counts(heading: str, counts: Sequence[tuple[str, int]]) -> None:
    if counts:
        say(heading)
    for word, count in counts:
        say(f"  {count:>8,}  {word or tr('the whole row')}")


def _mapping_file(name: str) -> Path:
    """The mapping meant: a file, or one of the shipped ones by its name. Raises BadArgument."""
    path, shipped = Path(name), MAPPINGS / f"{name}.toml"
    if path.is_file():
        return path
    if "/" not in name and shipped.is_file():
        return shipped
    raise BadArgument(
        "There is no mapping {name}. Give the path of a TOML file, or one of those shipped: "
        "{shipped}.",
        name=name,
        shipped=", ".join(sorted(one.stem for one in MAPPINGS.glob("*.toml"))),
    )


def _options(argv: Sequence[str]) -> argparse.Namespace:
    options = Arguments("import", tr("take cases over from the file of another system"))
    options.add_argument("what", choices=[CASES], help=tr("what the file holds"))
    options.add_argument("file", type=Path, metavar="FILE", help=tr("a CSV file, or one in gzip"))
    options.add_argument(
        "--mapping",
        required=True,
        metavar="MAPPING",
        help=tr("a TOML file that says what its columns mean, or the name of a shipped one"),
    )
    options.add_argument(
        "--into",
        type=any_database,
        metavar="DB",
        help=tr("the city's database; one that is not there is built as the mapping says"),
    )
    options.add_argument(
        "--report",
        type=Path,
        metavar="OUT.csv",
        help=tr("list every refused, odd and disagreeing row there"),
    )
    return options.read(argv)
