"""Atomic writing of outputs: to a temporary file that then replaces the target.

An open book and a file that a person changed are never replaced: the output gets a numbered name instead.
"""

from __future__ import annotations

import errno
import filecmp
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count, dropwhile, islice
from pathlib import Path

from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.temp_files import temp_name_prefix


@contextmanager
def atomic_write(path: Path, *, like: Path | None = None) -> Iterator[Path]:
    """A temporary path in the same folder that replaces `path` on success.

    A file with the same bytes is not replaced. The new file has the mode and, if permitted, the owner of
    `like` (default: of the file that it replaces), else the mode of the umask. If `path` is a link, the link
    is replaced, not its target. KenpoError if the folder or the file cannot be written, or `path` is open.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = _new_file_beside(path, like or path)
    except OSError as error:
        raise KenpoError(
            f"{path.parent} に書き込めません。フォルダーの権限と空き容量を確かめてください。"
        ) from error
    try:
        yield beside
        _replace_target(beside, path, like or path)
    except OSError as error:
        raise KenpoError(f"{path.name} を書けませんでした。空き容量と権限を確かめてください。") from error
    finally:
        _remove_temporary(beside)


def is_regular_file(path: Path) -> bool:
    """Whether a path is a regular file: no link, folder, pipe or device."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _new_file_beside(path: Path, like: Path) -> Path:
    """A new empty file beside `path`, with permissions never wider than those of `like`."""
    beside = path.with_name(f"{temp_name_prefix()}{os.urandom(4).hex()}{path.suffix}")
    before = like.stat() if is_regular_file(like) else None
    mode = stat.S_IMODE(before.st_mode) if before else 0o666
    handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode | stat.S_IRUSR | stat.S_IWUSR)
    os.close(handle)
    return beside


def _copy_owner_and_mode(beside: Path, like: Path) -> None:
    """Give a new file the owner and the mode of the file that it replaces."""
    before, made = like.stat(), beside.stat()
    if hasattr(os, "chown") and (before.st_uid, before.st_gid) != (made.st_uid, made.st_gid):
        with suppress(OSError):  # only root may give a file away
            os.chown(beside, before.st_uid, before.st_gid)
    beside.chmod(stat.S_IMODE(before.st_mode))


def _remove_temporary(beside: Path) -> None:
    """Remove a temporary file that replaced nothing; it may be read-only already."""
    if beside.exists():
        # Windows does not remove a read-only file.
        beside.chmod(stat.S_IREAD | stat.S_IWRITE)
        beside.unlink()


def available_path(wanted: Path, is_own_output: Callable[[Path], bool]) -> Path:
    """`wanted`, or 名前(2), 名前(3) …: the first that is free or an unmodified output of this program.

    KenpoError if one of those examined is open.
    """
    return next(path for path in _numbered_paths(wanted) if _is_available(path, is_own_output))


def superseded_numbered_copy(path: Path, wanted: Path, is_own_output: Callable[[Path], bool]) -> Path | None:
    """An earlier output beside `wanted` with the next number after that of `path`, None without one."""
    names = dropwhile(lambda one: one != path, _numbered_paths(wanted))
    following = next(islice(names, 1, None))
    return following if is_regular_file(following) and is_own_output(following) else None


def _numbered_paths(wanted: Path) -> Iterator[Path]:
    yield wanted
    for number in count(2):
        yield wanted.with_name(f"{wanted.stem}({number}){wanted.suffix}")


def _is_available(path: Path, is_own_output: Callable[[Path], bool]) -> bool:
    refuse_while_open(path)
    # A link belongs to the user, whatever its target; reading a pipe would block.
    return not os.path.lexists(path) or (is_regular_file(path) and is_own_output(path))


def refuse_while_open(path: Path) -> None:
    """KenpoError if Excel or LibreOffice has the file open, which its lock file beside it shows.

    Also if its name is too long for the names of a lock file and a backup.
    """
    for lock in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
        try:
            is_open = lock.exists()
        except OSError as error:
            if error.errno != errno.ENAMETOOLONG:
                raise
            raise KenpoError(f"{path.name} は名前が長すぎます。短い名前に変えてください。") from error
        if is_open:
            remedy = f"誰も開いていないときは、同じ場所に残っている {lock.name} を消してください。"
            raise KenpoError(_in_use_sentence(path) + remedy)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable (fsync); OSError if the disk fails.

    Windows and some network drives do not support this.
    """
    if os.name == "nt" or not folder.is_dir():
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def _replace_target(beside: Path, path: Path, like: Path) -> None:
    refuse_while_open(path)
    if path.is_dir():
        raise KenpoError(f"{path} というフォルダーがあるため書けません。名前を変えるか、移してください。")
    try:
        if path.is_file() and filecmp.cmp(beside, path, shallow=False):
            return
        with beside.open("rb+") as file:
            # The content before the name: a power cut leaves the old file or the new one.
            os.fsync(file.fileno())
        if is_regular_file(like):
            _copy_owner_and_mode(beside, like)
        beside.replace(path)
    except OSError as error:
        raise KenpoError(_in_use_sentence(path)) from error


def _in_use_sentence(path: Path) -> str:
    return f"{path.name} を書き換えられません。開いている場合は閉じて、もう一度実行してください。"
