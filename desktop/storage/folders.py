"""Where the data may lie, and how a small file is written whole. Must not know what is in the files."""

import ctypes
import errno
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath

import platformdirs

from desktop.errors import StorageProblem
from desktop.language import N_, _

PROGRAM = "Wijkrecept"
EXERCISE = "Oefenorganisatie"
BACKUPS = "backups"
SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mijn drive": "Google Drive",
    "icloud": "iCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "surfdrive": "SURFdrive",
}
NETWORK_KINDS = frozenset(
    (
        *("remote", "cifs", "smb", "smb2", "smb3", "smbfs", "nfs", "nfs4", "afs", "afpfs", "ncp", "ncpfs"),
        *("davfs", "webdav", "sshfs", "ceph", "glusterfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs2"),
        *("fuse.gvfsd-fuse", "fuse.smbnetfs", "fuse.glusterfs"),
    )
)
NETWORK = N_(
    "This folder is on the network ({where}). There the data can get damaged. "
    "Choose a folder on this computer for the data; backups may be kept there."
)
SYNC = N_(
    "This folder is kept in step by {where}. That can damage the data. "
    "Choose a folder outside it for the data; backups may be kept there."
)
DISK_FULL = N_("The disk is full. Make room and try again; nothing was replaced.")
NOT_ALLOWED = N_("This folder cannot be written to. Choose another one, or ask whoever looks after this computer.")
NOT_WRITTEN = N_("Writing to the disk failed. Look whether the disk is still connected; nothing was replaced.")
FULL = frozenset((errno.ENOSPC, errno.EFBIG, errno.EDQUOT))
FORBIDDEN = frozenset((errno.EACCES, errno.EPERM, errno.EROFS))


@dataclass(frozen=True)
class Mount:
    """A place in the file tree where another disk or share begins, and of what kind it is."""

    point: str
    kind: str


def data_folder(override: Path | None = None, exercise: bool = False) -> Path:
    """The local folder, outside roaming profiles; the made-up organisation has one of its own."""
    if override is not None:
        return override
    base = platformdirs.user_data_path(PROGRAM, appauthor=False, roaming=False)
    return base / EXERCISE if exercise else base / "Data"


def backup_folder(folder: Path) -> Path:
    """Where backups go as long as nobody chose another place."""
    return folder / BACKUPS


def make_folder(folder: Path) -> None:
    """The folder, for this account of the computer only."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageProblem(disk_sentence(error)) from error


def trouble_with(folder: Path, mounts: Callable[[], Iterable[Mount]] | None = None) -> str | None:
    """Why the live data may not lie here, as a sentence, or nothing when they may."""
    for path in _ways_to(folder):
        if _is_unc(str(path)):
            return _(NETWORK).format(where=path)
        service = _sync_service(path)
        if service:
            return _(SYNC).format(where=service)
        mount = mount_of(str(path), (mounts or _mounts_here())())
        if mount is not None and mount.kind.lower() in NETWORK_KINDS:
            return _(NETWORK).format(where=mount.point)
    return None


def linux_mounts(table: Path = Path("/proc/mounts")) -> list[Mount]:
    """The mount table of Linux; a blank in a name stands there as an octal number."""
    try:
        lines = table.read_text("utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    columns = [line.split(" ") for line in lines]
    return [Mount(_unoctal(parts[1]), parts[2]) for parts in columns if len(parts) > 2]


def windows_mounts() -> list[Mount]:
    """The drive letters of Windows that are mapped to a share. Written, not run."""
    kind_of: Callable[[str], int] = getattr(ctypes, "windll").kernel32.GetDriveTypeW  # noqa: B009 - not on Linux
    remote = 4
    letters = [f"{letter}:\\" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    return [Mount(drive, "remote") for drive in letters if kind_of(drive) == remote]


def mac_mounts() -> list[Mount]:
    """What macOS says is mounted. Written, not run."""
    said = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False).stdout
    found = re.findall(r"^.* on (/.*) \((\w+)[,)]", said, re.MULTILINE)
    return [Mount(point, kind) for point, kind in found]


def write_atomically(path: Path, content: bytes) -> None:
    """The new content is there whole, or the old file still stands; also when the power fails halfway."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
    try:
        _write_new(part, content)
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise StorageProblem(disk_sentence(error)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder last; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Make what another part of the program wrote in this file last."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def disk_sentence(error: OSError) -> str:
    """What happened and what now, for an error of the disk."""
    if error.errno in FULL:
        return _(DISK_FULL)
    if error.errno in FORBIDDEN:
        return _(NOT_ALLOWED)
    return _(NOT_WRITTEN)


def _write_new(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _ways_to(folder: Path) -> list[Path]:
    """The folder as named and as it really is: a harmless name may be a link into a share."""
    real = folder.expanduser().resolve()
    return [folder] if real == folder else [folder, real]


def _is_unc(path: str) -> bool:
    return path.startswith(("\\\\", "//")) and not path.startswith(("\\\\?\\", "\\\\.\\"))


def _sync_service(path: PurePath) -> str | None:
    parts = PureWindowsPath(path).parts if "\\" in str(path) else path.parts
    for part in parts:
        whole = part.casefold().strip()
        first = re.split(r" ?[-(]", whole, maxsplit=1)[0].strip()
        service = SYNCED.get(whole) or SYNCED.get(first)
        if service:
            return service
    return None


def mount_of(path: str, mounts: Iterable[Mount]) -> Mount | None:
    """The innermost mount that holds this path."""
    holding = [mount for mount in mounts if _lies_in(path, mount.point)]
    return max(holding, key=lambda mount: len(mount.point), default=None)


def _lies_in(path: str, point: str) -> bool:
    if point[1:2] == ":":
        return path.casefold().startswith(point.casefold())
    return path == point or path.startswith(point.rstrip("/") + "/")


def _mounts_here() -> Callable[[], Iterable[Mount]]:
    if sys.platform == "win32":
        return windows_mounts
    if sys.platform == "darwin":
        return mac_mounts
    return linux_mounts


def _unoctal(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match.group(1), 8)), text)
