"""Setting up: the decisions of run.py, its failures, and a whole set-up without libraries."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import run

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("windows", "end"), [(False, ("bin", "python")), (True, ("Scripts", "python.exe"))], ids=["posix", "windows"]
)
def test_python_of_an_environment(windows, end):
    assert run.venv_python(Path("place"), windows).parts == ("place", *end)


def test_stamp_changes_with_lock_and_python():
    stamps = {run.stamp_text(lock, version) for lock in (b"a", b"b") for version in ((3, 11, 7), (3, 12, 1))}
    assert len(stamps) == 4


@given(st.binary(), st.binary())
def test_environment_is_kept_only_for_the_same_lock(first, second):
    found, wanted = (run.stamp_text(lock, (3, 11, 7)) for lock in (first, second))
    assert run.next_step(found, wanted) == ("keep" if first == second else "update")


@pytest.mark.parametrize("found", [None, "", "3.11.7", run.stamp_text(b"lock", (3, 12, 1))])
def test_environment_of_no_use_is_made_anew(found):
    wanted = run.stamp_text(b"lock", (3, 11, 7))
    assert run.next_step(found, wanted) == ("update" if found == "3.11.7" else "remake")


def test_wheels_beside_the_project_replace_the_network(tmp_path):
    assert run.source_options(tmp_path / "wheels") == []
    assert run.source_options(tmp_path) == ["--no-index", "--find-links", str(tmp_path)]


def test_apt_line_can_be_typed():
    line = run.apt_line(run.SYSTEM_PACKAGES)
    assert line.startswith("sudo apt-get update && sudo apt-get install -y ")
    assert "libegl1" in line.split() and "libxcb-cursor0" in line.split()


def test_failing_command_gives_its_last_lines():
    program = "import sys; [print(number) for number in range(40)]; sys.exit(3)"
    assert run.succeeds([sys.executable, "-c", program]) == (False, "\n".join(map(str, range(28, 40))))


def test_absent_command_is_a_failure_not_an_exception(tmp_path):
    done, details = run.succeeds([str(tmp_path / "nothing")])
    assert not done and details


def test_only_root_installs_system_packages(monkeypatch):
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000, raising=False)
    assert run.install_system_packages(run.SYSTEM_PACKAGES) is False


def test_project_is_put_on_the_path_of_an_environment_with_a_vietnamese_name(tmp_path, monkeypatch):
    root = tmp_path / "sổ hộ tịch"
    (root / "hotich").mkdir(parents=True)
    (root / "hotich" / "__init__.py").write_text("place = 'sổ'", encoding="utf-8")
    monkeypatch.setattr(run, "ROOT", root)
    monkeypatch.setattr(run, "VENV", root / ".venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(root / ".venv")], check=True)
    python = run.venv_python(root / ".venv", run.WINDOWS)
    run.add_project(python)
    moved = tmp_path / "nơi khác"
    root.rename(moved)
    command = [str(run.venv_python(moved / ".venv", run.WINDOWS)), "-c", "import hotich; print(len(hotich.place))"]
    assert subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path).stdout == "2\n"


@pytest.fixture
def unreachable(tmp_path, monkeypatch):
    """run.py with an environment folder of its own and an empty folder in the place of the network."""
    (tmp_path / "wheels").mkdir()
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", run.os.devnull)
    for name, path in {"VENV": ".venv", "STAMP": ".venv/stamp", "WHEELS": "wheels"}.items():
        monkeypatch.setattr(run, name, tmp_path / path)
    return tmp_path


def test_set_up_without_libraries_says_so_and_leaves_no_stamp(unreachable, capsys):
    assert run.main(["test"]) == 1
    said = capsys.readouterr().err
    assert "Không tải được các thư viện" in said and "could not be fetched" in said
    assert run.venv_python(run.VENV, run.WINDOWS).is_file()
    assert not run.STAMP.exists()


def test_lacking_system_libraries_are_told_once_they_fail_and_not_asked_for_twice(unreachable, monkeypatch):
    monkeypatch.setattr(run, "install_system_packages", lambda packages: False)
    run.VENV.mkdir()
    python = Path(sys.executable)
    with pytest.raises(run.SetupError) as told:
        run.check_system(python, "some", "import nothing_of_this_name")
    assert "thiếu thư viện" in str(told.value)
    assert str(told.value).splitlines()[-1] == "ModuleNotFoundError: No module named 'nothing_of_this_name'"
    run.check_system(python, "some", "import json")
    run.check_system(python, "some", "import nothing_of_this_name")


def test_half_made_environment_is_emptied_first(unreachable, capsys):
    left_over = run.VENV / "half" / "made"
    left_over.mkdir(parents=True)
    assert run.main([]) == 1
    assert not left_over.exists()
    assert "could not be fetched" in capsys.readouterr().err


def test_old_python_is_told(monkeypatch, capsys):
    monkeypatch.setattr(run, "OLDEST", (9, 0))
    assert run.main([]) == 1
    assert "Python 3.11" in capsys.readouterr().err


def test_run_py_needs_no_library():
    command = [sys.executable, "-I", "-S", "-c", "import runpy; runpy.run_path('run.py')"]
    subprocess.run(command, check=True, cwd=ROOT)
