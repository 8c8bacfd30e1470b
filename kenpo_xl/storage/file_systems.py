"""Whether the file system of a folder reports changes that any computer makes in it."""

from __future__ import annotations

from pathlib import Path

# Of networks and of the hosts of virtual computers; those of FUSE may be either.
_SILENT = {
    *("9p", "afs", "ceph", "cifs", "drvfs", "glusterfs", "ncpfs", "nfs", "nfs4", "prl_fs", "smb3", "smbfs"),
    *("vboxsf", "vmhgfs", "webdav"),
}


def are_folder_changes_reported(folder: Path) -> bool:
    """Whether changes in a folder are reported: not on a share, where only its own computer sees them."""
    import psutil

    path = folder.resolve()
    if str(path).startswith("\\\\"):
        return False
    around = [one for one in psutil.disk_partitions(all=True) if path.is_relative_to(one.mountpoint)]
    # Of two file systems in one place the later one is seen.
    own = max(enumerate(around), key=lambda one: (len(one[1].mountpoint), one[0]), default=None)
    if own is None:
        return False
    kind = own[1].fstype.casefold()
    return kind not in _SILENT and not kind.startswith("fuse") and "remote" not in own[1].opts.split(",")
