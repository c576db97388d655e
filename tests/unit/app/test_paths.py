"""Folders: one home moves them all, and sockets lie where nobody else reaches."""

import stat
from pathlib import Path

import pytest

from app import paths


def test_one_home_moves_every_folder(wanmi_home: Path) -> None:
    folders = [paths.data_dir(), paths.config_dir(), paths.runtime_dir()]
    assert [folder.relative_to(wanmi_home).as_posix() for folder in folders] == [
        "data",
        "config",
        "runtime",
    ]
    assert all(folder.is_dir() for folder in folders)


def test_without_a_home_the_xdg_folders_serve(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("WANMI_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert paths.data_dir() == tmp_path / "share/wanmi"
    assert paths.runtime_dir() == tmp_path / "wanmi"


def test_a_machine_without_sessions_gets_a_folder_of_the_users_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("WANMI_HOME")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(paths, "SHARED_MEMORY", tmp_path)
    folder = paths.runtime_dir()
    assert folder.parent == tmp_path
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_open_to_others_is_closed(wanmi_home: Path) -> None:
    (wanmi_home / "runtime").mkdir(mode=0o755)
    assert stat.S_IMODE(paths.runtime_dir().stat().st_mode) == 0o700


def test_a_link_laid_by_somebody_else_is_refused(wanmi_home: Path, tmp_path: Path) -> None:
    (wanmi_home / "runtime").symlink_to(tmp_path)
    with pytest.raises(paths.UnsafeFolder, match="belongs to somebody else"):
        paths.runtime_dir()


def test_a_folder_that_cannot_be_made_is_told_with_the_way_out(wanmi_home: Path) -> None:
    (wanmi_home / "data").write_text("a file in the way")
    with pytest.raises(paths.UnusableFolder, match="Set WANMI_HOME to a folder of your own"):
        paths.data_dir()


def test_a_session_folder_that_may_not_be_written_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("WANMI_HOME")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "gone"))
    monkeypatch.setattr(paths, "SHARED_MEMORY", tmp_path / "no-shared-memory")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert paths.runtime_dir().parent == tmp_path


def test_each_database_has_drafts_of_its_own_and_no_password_is_in_their_name(
    wanmi_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    here = paths.drafts_dir("demo.sqlite")
    assert here.parent == wanmi_home / "state/drafts"
    assert here == paths.drafts_dir(str(tmp_path / "demo.sqlite"))
    assert here != paths.drafts_dir(str(tmp_path / "other" / "demo.sqlite"))
    server = paths.drafts_dir("postgresql://zhou:secret@host/city")
    assert server == paths.drafts_dir("postgresql://zhou:changed@host/city")
    assert "secret" not in str(server)
    assert not here.exists()
