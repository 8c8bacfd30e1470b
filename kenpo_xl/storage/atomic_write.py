"""Putting an output in its place: written beside it, then renamed, never over a book that is open.

Nor over a file that is a person's: ours is then written beside it, under a name with a number.
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
from secrets import token_hex

from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.temp_files import prefix


@contextmanager
def atomic_write(path: Path, *, like: Path | None = None) -> Iterator[Path]:
    """A temporary path in the same folder that replaces `path` when all went well.

    A file that holds the same bytes already is left as it is. The new one has the mode and, where that is
    allowed, the owner of `like` (default: of the file that it replaces), else what the umask says. A link in
    the place of `path` is replaced, and what it points to is left alone. KenpoError where the folder or the
    file cannot be written to, or `path` is open.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = _made_beside(path, like or path)
    except OSError as error:
        raise KenpoError(
            f"{path.parent} に書き込めません。フォルダーの権限と空き容量を確かめてください。"
        ) from error
    try:
        yield beside
        _put_in_place(beside, path, like or path)
    except OSError as error:
        raise KenpoError(f"{path.name} を書けませんでした。空き容量と権限を確かめてください。") from error
    finally:
        _remove(beside)


def is_regular(path: Path) -> bool:
    """Whether a path is a file itself: no link, folder, pipe or device."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _made_beside(path: Path, like: Path) -> Path:
    """A new empty file beside `path`; never open to more than `like` is, not even while it is written."""
    beside = path.with_name(f"{prefix()}{token_hex(4)}{path.suffix}")
    before = like.stat() if is_regular(like) else None
    mode = stat.S_IMODE(before.st_mode) if before else 0o666
    handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode | stat.S_IRUSR | stat.S_IWUSR)
    os.close(handle)
    return beside


def _like(beside: Path, like: Path) -> None:
    """Give a new file the owner and the mode of the one that it replaces."""
    before, made = like.stat(), beside.stat()
    if hasattr(os, "chown") and (before.st_uid, before.st_gid) != (made.st_uid, made.st_gid):
        with suppress(OSError):  # only root may give a file away
            os.chown(beside, before.st_uid, before.st_gid)
    beside.chmod(stat.S_IMODE(before.st_mode))


def _remove(beside: Path) -> None:
    """Remove what did not take the place of another file, whose mode it may have by then."""
    if beside.exists():
        # Windows removes no file that may only be read.
        beside.chmod(stat.S_IREAD | stat.S_IWRITE)
        beside.unlink()


def available_path(wanted: Path, is_ours: Callable[[Path], bool]) -> Path:
    """`wanted`, or 名前(2), 名前(3) …: the first that is free or holds what we wrote and nobody changed.

    KenpoError where one that we would look at is open.
    """
    return next(path for path in _names(wanted) if _is_free(path, is_ours))


def superseded_copy(path: Path, wanted: Path, is_ours: Callable[[Path], bool]) -> Path | None:
    """What we once wrote beside `wanted`, under the next number after that of `path`; None where nothing."""
    names = dropwhile(lambda one: one != path, _names(wanted))
    following = next(islice(names, 1, None))
    return following if is_regular(following) and is_ours(following) else None


def _names(wanted: Path) -> Iterator[Path]:
    yield wanted
    for number in count(2):
        yield wanted.with_name(f"{wanted.stem}({number}){wanted.suffix}")


def _is_free(path: Path, is_ours: Callable[[Path], bool]) -> bool:
    refuse_while_open(path)
    # A link is a person's, wherever it leads; to look into a pipe would be to wait for ever.
    return not os.path.lexists(path) or (is_regular(path) and is_ours(path))


def refuse_while_open(path: Path) -> None:
    """KenpoError where a lock file stands beside a file, as Excel and LibreOffice put it while it is open.

    Also where its name leaves no room for those of a lock file and a backup.
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
            raise KenpoError(_refusal(path) + remedy)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder as durable as the files are; OSError where the disk fails.

    Windows and some network drives know no such thing.
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


def _put_in_place(beside: Path, path: Path, like: Path) -> None:
    refuse_while_open(path)
    if path.is_dir():
        raise KenpoError(f"{path} というフォルダーがあるため書けません。名前を変えるか、移してください。")
    try:
        if path.is_file() and filecmp.cmp(beside, path, shallow=False):
            return
        with beside.open("rb+") as file:
            # On the disk before its name is: a power cut leaves the old one or the new one.
            os.fsync(file.fileno())
        if is_regular(like):
            _like(beside, like)
        beside.replace(path)
    except OSError as error:
        raise KenpoError(_refusal(path)) from error


def _refusal(path: Path) -> str:
    return f"{path.name} を書き換えられません。開いている場合は閉じて、もう一度実行してください。"
