"""A finding about rules in words for a table or a form, which say the place in their own way."""

from collections.abc import Mapping

from resources.language import tr
from ui.notices import sentence
from workflow.errors import WanmiError
from workflow.profile_findings import ProfileFinding


def bare_sentence(finding: WanmiError, names: Mapping[str, str] | None = None) -> str:
    """The sentence of a finding without its place in a file.

    Args:
        names: what keys of settings are called on the form.
    """
    key = str(finding.values.get("key", ""))
    if names and key in names:
        finding = ProfileFinding(finding.template, **{**finding.values, "key": names[key]})
    said = sentence(finding)
    if not {"file", "row", "field"} <= finding.values.keys():
        return said
    place = tr(
        "{file}, row {row}, {field}: ",
        file=finding.values["file"],
        row=finding.values["row"],
        field=finding.values["field"],
    )
    return said.removeprefix(place)
