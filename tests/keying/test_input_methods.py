"""Finding out whether a program for typing Vietnamese is there."""

import sys

import pytest

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
