"""Live data on a share or in a synchronised folder are refused with the reason; small files are written whole."""

import errno
import os
import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.errors import StorageProblem
from desktop.storage import folders
from desktop.storage.folders import Mount, data_folder, linux_mounts, trouble_with, write_atomically


def no_mounts() -> list[Mount]:
    return []


@pytest.mark.parametrize(
    ("path", "where"),
    [
        (r"\\server\welzijn\data", "server"),
        ("//server/welzijn/data", "server"),
        ("/home/fatma/OneDrive - Welzijn Dorpstad/data", "OneDrive"),
        (r"C:\Users\fatma\OneDrive\wijkrecept", "OneDrive"),
        ("/home/fatma/Dropbox (Persoonlijk)/data", "Dropbox"),
        ("/home/fatma/Google Drive/data", "Google Drive"),
        ("/home/fatma/Library/Mobile Documents/data", "iCloud"),
        (r"C:\Users\fatma\iCloudDrive\data", "iCloud"),
        ("/home/fatma/Nextcloud/data", "Nextcloud"),
    ],
)
def test_share_or_synchronised_folder_is_refused_by_name(path: str, where: str) -> None:
    sentence = trouble_with(Path(path), no_mounts)

    assert sentence is not None
    assert where in sentence


@pytest.mark.parametrize(
    "path",
    [
        "/home/fatma/.local/share/Wijkrecept/Data",
        r"C:\Users\fatma\AppData\Local\Wijkrecept",
        "/srv/dropboxes/data",
    ],
)
def test_folder_on_this_computer_is_fine(path: str) -> None:
    assert trouble_with(Path(path), lambda: [Mount("/", "ext4"), Mount("/mnt", "cifs")]) is None


@pytest.mark.parametrize("kind", ["cifs", "nfs4", "smb3", "fuse.sshfs", "remote"])
def test_mounted_share_is_refused_also_below_a_local_disk(kind: str) -> None:
    mounts = [Mount("/", "ext4"), Mount("/mnt/share", kind), Mount("/mnt/shared-disk", "ext4")]

    assert "/mnt/share" in (trouble_with(Path("/mnt/share/data"), lambda: mounts) or "")
    assert trouble_with(Path("/mnt/shared-disk/data"), lambda: mounts) is None


def test_local_disk_inside_a_share_counts_as_local() -> None:
    mounts = [Mount("/", "nfs"), Mount("/home", "ext4")]

    assert trouble_with(Path("/home/fatma/data"), lambda: mounts) is None


def test_mapped_drive_of_windows_is_refused() -> None:
    mounts = [Mount("Z:\\", "remote")]

    assert folders.mount_of(r"z:\wijkrecept", mounts) == mounts[0]
    assert folders.mount_of(r"C:\wijkrecept", mounts) is None


def test_link_into_a_synchronised_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "Dropbox")

    assert "Dropbox" in (trouble_with(tmp_path / "data" / "wijkrecept", no_mounts) or "")


def test_mount_table_of_linux_is_read_with_blanks_in_names(tmp_path: Path) -> None:
    table = tmp_path / "mounts"
    table.write_text("/dev/sda1 / ext4 rw 0 0\n//nas/welzijn /mnt/onze\\040schijf cifs rw 0 0\n\n")

    assert linux_mounts(table) == [Mount("/", "ext4"), Mount("/mnt/onze schijf", "cifs")]
    assert linux_mounts(tmp_path / "missing") == []


def test_made_up_organisation_has_a_folder_of_its_own(tmp_path: Path) -> None:
    assert data_folder() != data_folder(exercise=True)
    assert data_folder(tmp_path) == tmp_path


def test_written_file_replaces_the_old_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    write_atomically(tmp_path / "manifest.json", b"old")
    write_atomically(tmp_path / "manifest.json", b"new")

    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]
    assert (tmp_path / "manifest.json").read_bytes() == b"new"


def test_disk_that_fills_up_halfway_keeps_the_old_file(tmp_path: Path, limit: Callable[[int], None]) -> None:
    write_atomically(tmp_path / "manifest.json", b"old")
    limit(1000)

    with pytest.raises(StorageProblem) as problem:
        write_atomically(tmp_path / "manifest.json", b"n" * 5000)

    assert problem.value.message == folders.disk_sentence(OSError(errno.ENOSPC, ""))
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]
    assert (tmp_path / "manifest.json").read_bytes() == b"old"


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_write_that_fails_anywhere_keeps_the_old_file(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_atomically(tmp_path / "manifest.json", b"old")

    def fails(*_args: object) -> None:
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr(os if call == "fsync" else Path, call, fails)
    with pytest.raises(StorageProblem):
        write_atomically(tmp_path / "manifest.json", b"new")
    monkeypatch.undo()

    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]
    assert (tmp_path / "manifest.json").read_bytes() == b"old"


def test_each_cause_has_its_own_sentence() -> None:
    causes = [errno.ENOSPC, errno.EACCES, errno.EIO]

    assert len({folders.disk_sentence(OSError(cause, "")) for cause in causes}) == 3


@pytest.fixture
def limit() -> Iterator[Callable[[int], None]]:
    """A disk with room for files of this many bytes only."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
