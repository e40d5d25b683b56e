"""Two real databases: a SQLite file, and a PostgreSQL server of this test run on a socket in a temporary folder."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_schemas = itertools.count(1)


def _programs() -> Path | None:
    """The folder of the newest PostgreSQL here."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parents[1].name))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def _as_server(*words: str) -> None:
    """Runs a program as somebody who may run the server: initdb refuses the administrator."""
    who = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.getuid() == 0 else []
    subprocess.run([*who, *words], check=True, capture_output=True, cwd="/", timeout=120)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of an empty database, without parameters but with a `?` at its end."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    programs = _programs()
    if programs is None or os.name == "nt" or (os.getuid() == 0 and shutil.which("setpriv") is None):
        pytest.skip("PostgreSQL is not installed here")
    # Not below pytest's own folder, which nobody but its owner may enter; and short, as sockets want it.
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        if os.getuid() == 0:
            shutil.chown(folder, "nobody", "nogroup")
        data, control = folder / "data", str(programs / "pg_ctl")
        _as_server(str(programs / "initdb"), "-D", str(data), "-U", "hotich", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        _as_server(control, "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql:///postgres?user=hotich&host={folder}"
        finally:
            _as_server(control, "-D", str(data), "-w", "-m", "immediate", "stop")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table of ours."""
    return new_database(request.param, request, tmp_path)


def new_database(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    """The URL of one more empty database."""
    number = next(_schemas)
    if kind == "sqlite":
        return f"sqlite:///{folder / f'dữ liệu {number}.sqlite'}"
    server: str = request.getfixturevalue("postgres")
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA nơi_nhận_{number}".encode())
    return f"{server}&options=-csearch_path%3Dnơi_nhận_{number}"
