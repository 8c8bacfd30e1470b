"""Makes a folder of many branches from the sample, each with figures of its own; the same bytes each time.

python scripts/make_branches.py FOLDER [BRANCHES] [--from PERIOD_DIR]      47 branches by default

Every branch is a period folder of the sample's plan and four books in which the name of the branch and the
large typed numbers are other ones. They are spliced into the books, which takes milliseconds a book.
"""

from __future__ import annotations

import argparse
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the clone's own packages come first

from kenpo_xl.tasks.period.plan_version import plan_version
from scripts.paths import SAMPLE

SAMPLE_BRANCH = "埼玉支部"
_NAMES = """
北海道 青森 岩手 宮城 秋田 山形 福島 茨城 栃木 群馬 埼玉 千葉 東京 神奈川 新潟 富山 石川 福井 山梨 長野 岐阜
静岡 愛知 三重 滋賀 京都 大阪 兵庫 奈良 和歌山 鳥取 島根 岡山 広島 山口 徳島 香川 愛媛 高知 福岡 佐賀 長崎
熊本 大分 宮崎 鹿児島 沖縄
"""
PREFECTURES = tuple(_NAMES.split())
# A cell that holds a typed whole number of four digits or more.
_NUMBER = re.compile(rb'(<c r="[A-Z]+\d+"(?: s="\d+")?><v>)(\d{4,})(</v></c>)')
_STRINGS, _SHEET = "xl/sharedStrings.xml", re.compile(r"xl/worksheets/sheet\d+\.xml")


def branches(wanted: int) -> list[str]:
    """So many names: the 47 branches, then the same with numbers."""
    names = (f"{name}支部{'' if turn == 1 else turn}" for turn in count(1) for name in PREFECTURES)
    return [name for name, _ in zip(names, range(wanted), strict=False)]


def make_branch(folder: Path, branch: str, number: int, sample: Path = SAMPLE) -> Path:
    """A period folder of a branch whose large figures are `number` thousandths above those of the sample."""
    (folder / "提出").mkdir(parents=True)
    plan = folder / "計画.xlsx"
    _spliced(sample / plan.name, plan, {SAMPLE_BRANCH: branch}, 0)
    words = {SAMPLE_BRANCH: branch, plan_version(sample / plan.name): plan_version(plan)}
    for book in sorted((sample / "提出").glob("*.xls[xm]")):
        _spliced(book, folder / "提出" / book.name, words, number)
    return folder


def make_branches(
    folder: Path, wanted: int = len(PREFECTURES), sample: Path = SAMPLE, *, varied: int = 0
) -> Iterator[Path]:
    """The period folders, one a branch, as they are made; `varied` adds so many thousandths to figures."""
    for number, branch in enumerate(branches(wanted), start=varied):
        yield make_branch(folder / branch, branch, number, sample)


def _spliced(source: Path, target: Path, words: Mapping[str, str], number: int) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == _STRINGS:
                for present, changed in words.items():
                    content = content.replace(present.encode(), changed.encode())
            elif number and _SHEET.fullmatch(member.filename):
                content = _NUMBER.sub(lambda found: _varied(found, number), content)
            new.writestr(member, content, zipfile.ZIP_DEFLATED, 1)


def _varied(found: re.Match[bytes], number: int) -> bytes:
    value = int(found[2]) * (1000 + number) // 1000
    return found[1] + str(value).encode() + found[3]


def main(arguments: Sequence[str]) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description="Make a folder of many branches from the sample.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("branches", type=int, nargs="?", default=len(PREFECTURES))
    parser.add_argument("--from", dest="sample", type=Path, default=SAMPLE)
    asked = parser.parse_args(arguments)
    made = sum(1 for _ in make_branches(asked.folder, asked.branches, asked.sample))
    print(f"{made} branches in {asked.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
