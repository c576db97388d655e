"""`./wanmi check-profile`: reads city profiles and names every fault by file, row and field."""

import argparse
from collections.abc import Sequence

from app.arguments import Arguments
from app.console import complain, say
from resources import profile, rulebook
from resources.language import tr
from resources.profile_rows import IncompleteProfile
from resources.profile_source import ProfileSource, UnreadableProfile, read_profile
from workflow.case import CaseKind
from workflow.catalog import Catalog, ClassEntry, FilingCondition
from workflow.errors import WanmiError
from workflow.limits import Limit, TimeUnit
from workflow.posts import Post
from workflow.profile_check import check_written
from workflow.profile_findings import ProfileDoubt
from workflow.states import State


def main(argv: Sequence[str]) -> int:
    """Answer 0 where every profile can be used, 1 where one has a fault."""
    names = _options(argv).profile or profile.profiles()
    catalog = shipped_catalog()
    told: set[str] = set()
    faults = 0
    for name in names:
        faults += _tell(name, catalog, told)
    return 1 if faults else 0


def sentence_of(finding: WanmiError) -> str:
    """A finding in the language in force; states and posts by their names."""
    values = {
        key: profile.name_of(value) if isinstance(value, State | Post) else value
        for key, value in finding.values.items()
    }
    return tr(finding.template, **values)


def shipped_catalog() -> Catalog:
    """The class list of the demo city with its filing conditions."""
    return Catalog(
        rulebook.DEMO_EDITION,
        [
            ClassEntry(
                kind=CaseKind(row.kind),
                edition=row.edition,
                big_code=row.big_code,
                big_name=row.big_name,
                small_code=row.small_code,
                small_name=row.small_name,
            )
            for row in rulebook.class_rows()
            if row.edition == rulebook.DEMO_EDITION
        ],
        [
            FilingCondition(
                id=row.id,
                kind=CaseKind(row.kind),
                class_code=row.class_code,
                text=row.text,
                limit=Limit(row.limit_amount, TimeUnit(row.limit_unit)),
                limit_text=row.limit_text,
                closing_condition=row.closing_condition,
            )
            for row in rulebook.condition_rows()
        ],
    )


def _tell(name: str, catalog: Catalog, told: set[str]) -> int:
    """Say what was found in one profile; how many faults it has. A doubt is said once."""
    try:
        source = read_profile(name)
    except UnreadableProfile as error:
        complain(str(error))
        return 1
    if source.problems:
        for problem in source.problems:
            complain(problem)
        complain(_faulty(name, len(source.problems)))
        return len(source.problems)
    faults = 0
    try:
        for finding in check_written(source, catalog):
            sentence = sentence_of(finding)
            if isinstance(finding, ProfileDoubt):
                if sentence not in told:
                    say(tr("Note: {sentence}", sentence=sentence))
                    told.add(sentence)
                continue
            complain(sentence)
            faults += 1
    except IncompleteProfile as error:
        complain(str(error))
        faults += 1
    if faults:
        complain(_faulty(name, faults))
    else:
        say(
            tr(
                "{name}: {steps} steps, no fault.",
                name=_titled(source),
                steps=len(source.written()),
            )
        )
    return faults


def _titled(source: ProfileSource) -> str:
    titles = [row["name"] for row in source.tables["profile"]]
    return f"{source.name}（{'、'.join(titles)}）" if titles else source.name


def _faulty(name: str, count: int) -> str:
    return tr(
        "The profile {name} has {count} faults and cannot be used as it is; correct them and "
        "check again.",
        name=name,
        count=count,
    )


def _options(argv: Sequence[str]) -> argparse.Namespace:
    options = Arguments("check-profile", tr("find the faults of a city profile"))
    options.add_argument(
        "profile",
        nargs="*",
        metavar="NAME|FOLDER",
        help=tr("a shipped profile or a folder of one; all shipped ones without it"),
    )
    return options.read(argv)
