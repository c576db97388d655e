"""The doorway lists what there is, and copies source entries as they are."""

import importlib.util
import subprocess
from pathlib import Path

import pytest

from app.cli import COMMANDS

ROOT = Path(__file__).parents[2]
LAUNCHER = ROOT / "wanmi"
OF_ITS_OWN = {"test", "check", "bench"}

ONE_LINE = """\
# deb http://first.example/debian bookworm main
deb [arch=amd64 signed-by=/k.gpg] http://else.example/docker bookworm stable
deb-src http://first.example/debian bookworm main
deb [ signed-by=/usr/share/k.gpg ] http://first.example/debian  bookworm main contrib
deb http://first.example/debian bookworm-updates main
"""
STANZAS = """\
Types: deb
URIs: http://first.example/debian-security
Suites: bookworm-security
Components: main

Types: deb
# a remark of the machine's owner
URIs: http://first.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments, capture_output=True, text=True, timeout=60, check=False, cwd="/"
    )


def call(function: str, sources: Path) -> str:
    """What a function of the launcher says about the apt settings in this folder."""
    script = f'source "$1"; suite=bookworm apt_sources=$2; {function}'
    answer = run("bash", "-c", script, "test", str(LAUNCHER), str(sources))
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "sources.list.d").mkdir()
    return tmp_path


def listed() -> set[str]:
    lines = run(str(LAUNCHER)).stdout.splitlines()
    return {line.split()[1] for line in lines if line.startswith("  ./wanmi ")}


def test_alone_it_lists_every_command() -> None:
    assert listed() == {command.name for command in COMMANDS} | OF_ITS_OWN


def test_every_command_of_the_program_has_its_module() -> None:
    missing = [name for name in COMMANDS if importlib.util.find_spec(name.module) is None]
    assert missing == []


def test_an_unknown_command_gets_the_list_and_installs_nothing() -> None:
    answer = run(str(LAUNCHER), "dance")
    assert answer.returncode == 2
    assert 'no command "dance"' in answer.stderr
    assert "./wanmi doctor" in answer.stderr


def test_a_one_line_source_is_copied_with_the_suite_changed(sources: Path) -> None:
    (sources / "sources.list").write_text(ONE_LINE, encoding="utf-8")
    assert call("copied_source_line", sources) == (
        "deb [ signed-by=/usr/share/k.gpg ] http://first.example/debian  bookworm-backports"
        " main contrib\n"
    )


def test_a_stanza_is_copied_with_the_suite_changed(sources: Path) -> None:
    (sources / "sources.list.d/debian.sources").write_text(STANZAS, encoding="utf-8")
    stanza = STANZAS.partition("\n\n")[2]
    assert call("copied_source_stanza", sources) == stanza.replace(
        "Suites: bookworm bookworm-updates", "Suites: bookworm-backports"
    )


def test_a_machine_without_an_entry_for_its_release_gets_none(sources: Path) -> None:
    (sources / "sources.list.d/debian.sources").write_text(
        STANZAS.replace("Suites: bookworm bookworm-updates", "Suites: stable"), encoding="utf-8"
    )
    assert call("copied_source_line; copied_source_stanza", sources) == ""


def test_a_switched_off_stanza_is_not_copied(sources: Path) -> None:
    (sources / "sources.list.d/debian.sources").write_text(
        STANZAS.replace("Types: deb\n#", "Enabled: no\nTypes: deb\n#"), encoding="utf-8"
    )
    assert call("copied_source_stanza", sources) == ""


@pytest.mark.parametrize("suite", ["bookworm", "trixie"])
@pytest.mark.parametrize("group", ["run", "test"])
def test_the_package_lists_name_each_package_once(suite: str, group: str) -> None:
    text = (ROOT / f"packaging/apt/{suite}/{group}.list").read_text(encoding="utf-8")
    names = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert names
    assert len(names) == len(set(names))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A prepared checkout as the launcher sees it: lists, locks, an interpreter and its stamp."""
    (tmp_path / "packaging/apt/bookworm").mkdir(parents=True)
    (tmp_path / "packaging/apt/bookworm/run.list").write_text("python3-venv\n", encoding="utf-8")
    (tmp_path / "requirements.lock").write_text("numpy==2\n", encoding="utf-8")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to("/bin/true")
    in_checkout(tmp_path, 'fingerprint >"$venv/.prepared-run"')
    return tmp_path


def in_checkout(checkout: Path, words: str) -> int:
    """The status of these words of bash, said inside the launcher about that checkout."""
    script = f'source "$1"; suite=bookworm root=$2 venv=$2/.venv; {words}'
    return run("bash", "-c", script, "test", str(LAUNCHER), str(checkout)).returncode


def test_a_prepared_checkout_is_left_alone(checkout: Path) -> None:
    assert in_checkout(checkout, "is_prepared run") == 0


def test_what_was_prepared_for_running_is_not_prepared_for_tests(checkout: Path) -> None:
    assert in_checkout(checkout, "is_prepared test") == 1


@pytest.mark.parametrize("name", ["requirements.lock", "packaging/apt/bookworm/run.list"])
def test_a_changed_list_asks_for_preparation(checkout: Path, name: str) -> None:
    with (checkout / name).open("a", encoding="utf-8") as file:
        file.write("more\n")
    assert in_checkout(checkout, "is_prepared run") == 1


def test_a_lost_interpreter_asks_for_preparation(checkout: Path) -> None:
    (checkout / ".venv/bin/python").unlink()
    assert in_checkout(checkout, "is_prepared run") == 1


def test_an_environment_that_was_interrupted_does_not_count(checkout: Path) -> None:
    complete = 'contents_of requirements.lock >"$venv/.complete"'
    assert in_checkout(checkout, 'venv_holds "$venv" requirements.lock') == 1
    assert in_checkout(checkout, complete + '; venv_holds "$venv" requirements.lock') == 0


def told(checkout: Path, words: str) -> tuple[int, str]:
    """The status of these words of bash and what they said beside the answer."""
    script = f'source "$1"; suite=bookworm root=$2 venv=$2/.venv; {words}'
    answer = run("bash", "-c", script, "test", str(LAUNCHER), str(checkout))
    return answer.returncode, answer.stderr


def test_another_system_is_told_what_wanmi_runs_on(checkout: Path) -> None:
    status, said = told(checkout, "suite_name() { printf arch; }; prepare run")
    assert status == 1
    assert 'this machine says it is "arch"' in said
    assert "Debian 12 (bookworm) and 13 (trixie)" in said


@pytest.mark.parametrize(("failing", "said"), [("update", "read the"), ("install", "install the")])
def test_without_a_network_apt_stops_the_start_with_a_way_out(
    checkout: Path, failing: str, said: str
) -> None:
    no_network = (
        'missing_packages() { echo python3-venv; }; as_root() { "$@"; };'
        f"apt_get() {{ [[ $1 != {failing} ]] || return 100; }}; install_packages run; echo on"
    )
    status, words = told(checkout, no_network)
    assert status == 1
    assert f"apt-get could not {said} package" in words
    assert "run this again" in words


def test_without_a_network_pip_stops_the_start_and_the_environment_does_not_count(
    checkout: Path,
) -> None:
    python = checkout / "python"
    python.write_text(
        '#!/bin/sh\n[ "$2" != pip ] || { echo "no route to host" >&2; exit 1; }\n'
        'for last; do :; done\nmkdir -p "$last/bin"; cp "$0" "$last/bin/python"\n'
    )
    python.chmod(0o755)
    status, words = told(
        checkout, f'system_python={python}; make_venv "$venv" "" requirements.lock'
    )
    assert status == 1
    assert "no route to host" in words
    assert "pip could not install the packages of requirements.lock" in words
    assert "Check the network, then run this again." in words
    assert not (checkout / ".venv/.complete").exists()
