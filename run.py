"""Sets HoTich up and starts it; needs nothing but Python.

    python3 run.py [arguments]         starts HoTich (on Windows: py run.py)
    python3 run.py test [arguments]    runs the tests; the arguments go to pytest

The first call makes .venv beside this file, installs the libraries named with their hashes in requirements.lock and
lets a marker file remember the lock, so that later calls start at once. A folder named "wheels" beside this file, if
there is one, is used instead of the network.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
UV_LOCK = ROOT / "requirements-uv.lock"
WHEELS = ROOT / "wheels"
STAMP = VENV / "hotich-stamp.txt"
WINDOWS = os.name == "nt"
OLDEST = (3, 11)

# What the libraries want from Debian 12 or Ubuntu 22.04 and later; PySide6 needs the xcb ones for a window on X11.
SYSTEM_PACKAGES = (
    "libdbus-1-3 libegl1 libfontconfig1 libgl1 libglib2.0-0 libxkbcommon0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 "
    "libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
)
PROBE_IMPORTS = "import PySide6.QtWidgets, cv2, tesserocr"
PROBE_WINDOW = (
    "import ctypes, pathlib, PySide6.QtWidgets as q; "
    "ctypes.CDLL(str(pathlib.Path(q.__file__).parent / 'Qt/plugins/platforms/libqxcb.so'))"
)


class SetupError(Exception):
    """Setting up stopped; the two sentences say what happened and what to do, in Vietnamese and in English."""

    def __init__(self, vietnamese: str, english: str, details: str = "") -> None:
        super().__init__("\n".join(part for part in (vietnamese, english, details) if part))


def say(vietnamese: str, english: str) -> None:
    """Tell the person at the keyboard what goes on, in both languages."""
    print(f"{vietnamese}\n{english}", file=sys.stderr, flush=True)


def venv_python(venv: Path, windows: bool) -> Path:
    """Path of the Python program inside a virtual environment."""
    return venv / ("Scripts/python.exe" if windows else "bin/python")


def stamp_text(lock: bytes, version: tuple[int, ...]) -> str:
    """What the stamp holds when the environment fits: the Python version and the hash of the lock."""
    return f"{'.'.join(map(str, version))} {hashlib.sha256(lock).hexdigest()}\n"


def next_step(found: str | None, wanted: str) -> str:
    """``keep``, ``update`` or ``remake`` the environment, from the stamp found (None: none) and the one wanted."""
    if found == wanted:
        return "keep"
    same_python = found is not None and found.split()[:1] == wanted.split()[:1]
    return "update" if same_python else "remake"


def source_options(wheels: Path) -> list[str]:
    """Options that make pip and uv take the libraries from ``wheels``, none where there is no such folder."""
    return ["--no-index", "--find-links", str(wheels)] if wheels.is_dir() else []


def apt_line(packages: str) -> str:
    """The line to type that installs system packages on Debian and Ubuntu."""
    return f"sudo apt-get update && sudo apt-get install -y {packages}"


def succeeds(command: list[str]) -> tuple[bool, str]:
    """Run a command out of sight; whether it went well, and the last lines it printed."""
    # Compiled files are wanted even where the environment forbids them: without them every start takes longer.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    try:
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
    except OSError as error:
        return False, str(error)
    return done.returncode == 0, "\n".join(done.stdout.decode("utf-8", "replace").splitlines()[-12:])


def install_system_packages(packages: str) -> bool:
    """Install Debian packages if this is root on a machine with apt-get; whether that went well."""
    apt = shutil.which("apt-get")
    if WINDOWS or apt is None or os.geteuid() != 0:
        return False
    say("Đang cài thư viện hệ thống...", "Installing system libraries...")
    succeeds([apt, "update", "-q"])
    command = [apt, "install", "-y", "-q", "--no-install-recommends", *packages.split()]
    return succeeds(["env", "DEBIAN_FRONTEND=noninteractive", *command])[0]


def make_environment() -> None:
    """Make an empty .venv, in the place of one that is broken or was made by another Python."""
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    done, details = succeeds(command)
    if not done and install_system_packages("python3-venv"):
        done, details = succeeds(command)
    if not done:
        raise SetupError(
            f"Không tạo được môi trường Python. Trên Debian, Ubuntu hãy gõ: {apt_line('python3-venv')}",
            f"The Python environment could not be made. On Debian or Ubuntu type: {apt_line('python3-venv')}",
            details,
        )


def install_libraries(python: Path) -> None:
    """Install exactly what the lock names: with uv, which is several times faster, else with pip."""
    pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--retries", "2"]
    common = ["--require-hashes", *source_options(WHEELS), "-r"]
    uv = [str(python), "-m", "uv", "pip", "install", "-q", "--python", str(python), "--compile-bytecode"]
    if succeeds([*pip, *common, str(UV_LOCK)])[0] and succeeds([*uv, *common, str(LOCK)])[0]:
        return
    done, details = succeeds([*pip, *common, str(LOCK)])
    if not done:
        raise SetupError(
            "Không tải được các thư viện. Kiểm tra kết nối mạng (chỉ cần cho lần cài đặt này) rồi chạy lại.",
            "The libraries could not be fetched. Check the network (needed for this set-up only) and run again.",
            details,
        )


def add_project(python: Path) -> None:
    """Put this folder on the environment's path; relative, hence in plain ASCII and right after a move."""
    done, printed = succeeds([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])
    if not done:
        raise SetupError(
            "Môi trường .venv bị hỏng. Xóa thư mục .venv rồi chạy lại.",
            "The environment .venv is broken. Delete the folder .venv and run again.",
            printed,
        )
    packages = Path(printed.strip())
    (packages / "hotich.pth").write_text(os.path.relpath(ROOT, packages.resolve()) + "\n", encoding="ascii")


def check_system(python: Path, name: str, probe: str) -> None:
    """Try the libraries, once; install what the system lacks for them, or say which line installs it."""
    mark = VENV / f"{name}-works.txt"
    if mark.is_file():
        return
    command = [str(python), "-c", probe]
    done, details = succeeds(command)
    if not done and install_system_packages(SYSTEM_PACKAGES):
        done, details = succeeds(command)
    if not done:
        advice = apt_line(SYSTEM_PACKAGES) if sys.platform == "linux" else "Microsoft Visual C++ Redistributable (x64)"
        raise SetupError(
            f"Hệ thống thiếu thư viện. Hãy cài rồi chạy lại: {advice}",
            f"The system lacks libraries. Install them and run again: {advice}",
            details.splitlines()[-1] if details else "",
        )
    mark.touch()


def prepare() -> Path:
    """Path of a Python that has every library and HoTich itself; makes or mends the environment when needed."""
    python = venv_python(VENV, WINDOWS)
    wanted = stamp_text(LOCK.read_bytes(), sys.version_info[:3])
    found = STAMP.read_text(encoding="ascii") if STAMP.is_file() and python.is_file() else None
    step = next_step(found, wanted)
    if step != "keep":
        say("Đang chuẩn bị HoTich, mất khoảng một phút...", "Setting HoTich up, this takes about a minute...")
        for mark in (STAMP, *VENV.glob("*-works.txt")):
            mark.unlink(missing_ok=True)
        if step == "remake":
            make_environment()
        install_libraries(python)
        add_project(python)
        # Written last: an environment without a stamp is half made and is made anew.
        STAMP.write_text(wanted, encoding="ascii")
    check_system(python, "libraries", PROBE_IMPORTS)
    return python


def on_x11() -> bool:
    """Whether a window would be opened through X11, for which PySide6 needs some more system libraries."""
    return sys.platform == "linux" and "DISPLAY" in os.environ and "WAYLAND_DISPLAY" not in os.environ


def run_tests(python: Path, arguments: list[str]) -> int:
    """Run pytest without a screen; its exit status."""
    settings = {"QT_QPA_PLATFORM": "offscreen", "OMP_THREAD_LIMIT": "1", "PYTHONUTF8": "1"}
    return subprocess.call([str(python), "-m", "pytest", *arguments], cwd=ROOT, env={**os.environ, **settings})


def start(python: Path, arguments: list[str]) -> int:
    """Start the program in the place of this one; on Windows, where that is not possible, wait for it."""
    command = [str(python), "-m", "hotich", *arguments]
    if WINDOWS:
        return subprocess.call(command)
    os.execv(command[0], command)


def main(arguments: list[str]) -> int:
    """Set up, then start the program or the tests; the exit status, 1 if setting up failed."""
    if sys.version_info < OLDEST:
        say("HoTich cần Python 3.11 trở lên.", "HoTich needs Python 3.11 or later.")
        return 1
    testing = arguments[:1] == ["test"]
    try:
        python = prepare()
        if on_x11() and not testing:
            check_system(python, "window", PROBE_WINDOW)
    except (SetupError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    if testing:
        return run_tests(python, arguments[1:])
    return start(python, arguments)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))
