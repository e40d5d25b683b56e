"""The supervisor's certainty for what is accepted together, kept in the workspace's own file."""

from __future__ import annotations

import errno

import pytest

from hotich.errors import PolicyError, SetupError
from hotich.messages import explain
from hotich.pipeline import tuning
from hotich.pipeline.tuning import SETTINGS_FILE, set_target, settings_of
from tests.pipeline.conftest import CLERK, REVIEWER


def test_a_supervisor_sets_it_and_it_holds_at_once(workspace):
    assert settings_of(workspace).accept_rest_above == 0.99
    assert set_target(workspace, 0.955, REVIEWER).accept_rest_above == 0.955
    assert settings_of(workspace).accept_rest_above == 0.955
    set_target(workspace, 1.0, REVIEWER)
    assert (workspace.folder / SETTINGS_FILE).read_text(encoding="utf-8") == "accept_rest_above = 1\n"


def test_a_clerk_does_not(workspace):
    with pytest.raises(PolicyError) as refused:
        set_target(workspace, 0.5, CLERK)
    assert "người kiểm tra" in explain(refused.value)
    assert not (workspace.folder / SETTINGS_FILE).exists()


def test_other_lines_of_the_file_stay(workspace):
    file = workspace.folder / SETTINGS_FILE
    file.write_text('# của xã\nprinted_engine = "blank"\naccept_rest_above = 0.9 # cũ\n', encoding="utf-8")
    set_target(workspace, 0.97, REVIEWER)
    assert file.read_text(encoding="utf-8") == '# của xã\nprinted_engine = "blank"\naccept_rest_above = 0.97\n'
    file.write_text("doubtful_below = 0.9\n", encoding="utf-8")
    assert set_target(workspace, 0.98, REVIEWER).doubtful_below == 0.9


@pytest.mark.parametrize("target", [-0.1, 1.5, float("nan")])
def test_a_number_that_is_no_certainty_is_refused(workspace, target):
    with pytest.raises(SetupError, match="settings-wrong"):
        set_target(workspace, target, REVIEWER)


def test_a_broken_file_is_told_and_left_alone(workspace):
    file = workspace.folder / SETTINGS_FILE
    file.write_text("accept_rest_above = nhiều\n", encoding="utf-8")
    with pytest.raises(SetupError, match="settings-unreadable"):
        set_target(workspace, 0.9, REVIEWER)
    assert file.read_text(encoding="utf-8") == "accept_rest_above = nhiều\n"


def test_a_disk_without_room_is_told_and_the_old_number_stays(workspace, monkeypatch):
    def full(target, data):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tuning, "write_whole", full)
    with pytest.raises(SetupError, match="settings-not-written"):
        set_target(workspace, 0.9, REVIEWER)
    assert settings_of(workspace).accept_rest_above == 0.99
