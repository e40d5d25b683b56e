"""Finding out whether a program for typing Vietnamese is there."""

import sys

import pytest

from hotich.keying import input_methods
from hotich.keying.input_methods import found_input_method, running_programs


@pytest.mark.parametrize(
    ("environment", "running", "platform", "found"),
    [
        ({"QT_IM_MODULE": "ibus"}, (), "linux", "ibus"),
        ({"XMODIFIERS": "@im=fcitx5"}, (), "linux", "fcitx"),
        ({"QT_IM_MODULE": "compose"}, ("bash", "ibus-daemon"), "linux", "ibus-daemon"),
        ({}, ("bash",), "linux", ""),
        ({}, ("explorer.exe", "UniKeyNT.exe"), "win32", "UniKeyNT.exe"),
        ({}, ("EVKey64.exe",), "win32", "EVKey64.exe"),
        ({"QT_IM_MODULE": "ibus"}, ("explorer.exe",), "win32", ""),
        ({}, (), "darwin", "macOS"),
    ],
)
def test_found(environment, running, platform, found) -> None:
    assert found_input_method(environment, lambda: running, platform) == found


def test_programs_are_not_asked_for_in_vain() -> None:
    def never() -> tuple[str, ...]:
        raise AssertionError("asked")

    assert found_input_method({"GTK_IM_MODULE": "ibus"}, never, "linux") == "ibus"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_this_program_runs() -> None:
    assert any("py" in name.lower() for name in running_programs())


@pytest.mark.skipif(sys.platform == "win32", reason="stands in for the program that Windows has")
def test_the_list_of_windows_is_read(tmp_path, monkeypatch) -> None:
    stand_in = tmp_path / "tasklist"
    stand_in.write_text('#!/bin/sh\nprintf \'"System","4"\\r\\n"UniKeyNT.exe","77"\\r\\n\'\n')
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert input_methods._windows_programs() == ("System", "UniKeyNT.exe")
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert input_methods._windows_programs() == ()
