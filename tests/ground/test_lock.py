"""What is installed is fixed to the byte, and the locks fit the project they were made for."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import hotich

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-uv.lock", "requirements-samples.lock")
WANTED = {
    "requirements.lock": PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["test"],
    "requirements-uv.lock": PROJECT["dependency-groups"]["setup"],
    "requirements-samples.lock": PROJECT["dependency-groups"]["samples"],
}


def pins(lock: str) -> list[tuple[str, str, str]]:
    """(name, version, the rest of the entry with its hashes) of every library in a lock."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    return [re.match(r"([a-z0-9._-]+)==([^\s;]+)(.*)", entry, re.DOTALL).groups() for entry in entries]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes(lock):
    assert pins(lock)
    assert [name for name, _, rest in pins(lock) if "--hash=sha256:" not in rest] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_address(lock):
    assert not re.search(r"://|index-url|find-links", (ROOT / lock).read_text(encoding="utf-8"))


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_fits_the_project(lock):
    locked = {}
    for name, version, _ in pins(lock):
        locked.setdefault(canonicalize_name(name), []).append(version)
    for line in WANTED[lock]:
        wanted = Requirement(line)
        versions = locked.get(canonicalize_name(wanted.name), [])
        assert versions, f"{wanted.name} is not locked: run make lock"
        assert all(wanted.specifier.contains(version) for version in versions)


def test_the_lock_of_the_readers_by_others_has_hashes_and_names_no_address():
    text = (ROOT / "tools" / "node_readers" / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: package for name, package in json.loads(text)["packages"].items() if name}
    assert packages and all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert "://" not in text


def test_lock_leaves_out_the_other_opencv():
    names = {name for name, _, _ in pins("requirements.lock")}
    assert "opencv-python-headless" in names
    assert "opencv-python" not in names


def test_notices_name_every_library_the_program_uses():
    notices = (ROOT / "THIRD_PARTY_NOTICES").read_text(encoding="utf-8").lower().splitlines()
    names = {canonicalize_name(Requirement(line).name) for line in PROJECT["project"]["dependencies"]}
    locked = [f"{name} {version}" for name, version, _ in pins("requirements.lock") if name in names]
    # numpy is locked twice, for older and newer Pythons; one of the two versions is named.
    named = {line.split()[0] for line in locked if line in notices}
    assert named == names


def test_change_log_speaks_of_this_version():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in changes or f"## [{hotich.__version__}]" in changes
