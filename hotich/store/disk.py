"""What the disk under a workspace is and has room for."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path, PurePosixPath

NETWORK_TYPES = frozenset(
    """afs afpfs ceph cifs coda davfs fuse.davfs fuse.gluster fuse.glusterfs fuse.rclone fuse.s3fs fuse.smbnetfs
    fuse.sshfs gfs2 glusterfs lustre ncpfs nfs nfs4 ocfs2 smb3 smbfs""".split()
)
"""File systems of Linux on which SQLite's locks cannot be trusted (https://www.sqlite.org/useovernet.html)."""


def is_network_folder(folder: Path) -> bool:
    """Whether the folder lies on another machine, as far as can be told here; False where nothing is known."""
    if sys.platform == "win32":
        return is_share(str(folder)) or is_share(str(folder.resolve())) or _is_remote_drive(str(folder.resolve()))
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return file_system_type(folder.resolve().as_posix(), mounts) in NETWORK_TYPES


def file_system_type(folder: str, mounts: str) -> str:
    """The type of the file system that holds an absolute folder, from the text of /proc/mounts; '' when unknown."""
    best, found = -1, ""
    wanted = PurePosixPath(folder)
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = PurePosixPath(_without_octal(parts[1]))
        # A later line covers an earlier one on the same folder.
        if wanted.is_relative_to(point) and len(point.parts) >= best:
            best, found = len(point.parts), parts[2]
    return found


def _without_octal(text: str) -> str:
    """The mount table writes blanks and the like of a folder's name as backslash and three octal digits."""
    stored = text.encode("utf-8", "surrogateescape")
    plain = re.sub(rb"\\([0-7]{3})", lambda match: bytes((int(match[1], 8) & 0xFF,)), stored)
    return plain.decode("utf-8", "surrogateescape")


def is_share(folder: str) -> bool:
    """Whether a Windows path names a folder shared by another machine (UNC)."""
    plain = folder.replace("/", "\\")
    return (plain.startswith("\\\\") and not plain.startswith(("\\\\?\\", "\\\\.\\"))) or plain.upper().startswith(
        "\\\\?\\UNC\\"
    )


if sys.platform == "win32":
    import ctypes

    def _is_remote_drive(folder: str) -> bool:
        """Whether the drive letter stands for a share."""
        remote = 4
        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder[:2] + "\\") == remote)


def free_bytes(folder: Path) -> int:
    """Room left on the disk that holds an existing folder."""
    return shutil.disk_usage(folder).free
