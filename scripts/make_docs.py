"""Writes docs/rules.md, the catalogue of the rules, from the rules themselves.

python scripts/make_docs.py            writes it
python scripts/make_docs.py --check    writes nothing; exit 1 where it is not what the rules say today
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the clone's own packages come first

from kenpo_xl.checks.engine import all_rules
from kenpo_xl.checks.registry import Requirement, Rule
from kenpo_xl.domain.findings.finding import Family
from kenpo_xl.domain.findings.thresholds import THRESHOLDS
from scripts.paths import CATALOGUE

_TOP = """# 点検の規則

`kenpo-xl check` が入力ブックを点検する規則です。規則そのものから `scripts/make_docs.py` が作ります
（手で直さないでください）。画面では `kenpo-xl explain コード` で同じ説明を読めます。

重さは 3 つです。**誤り**は直すまで残ります。**注意**は確かめて、差し支えなければ、ブックのシート「指摘」の
「確認済の理由・返事」に理由を入れると数えなくなります（値を変えると、また出ます）。**参考**はお知らせです。
"""
# What a rule cannot do without, for those who read of it.
_NEEDS = {
    Requirement.NEIGHBOURS: "ほかのグループのブックと比べます",
    Requirement.HISTORY: "前の期と比べます",
    Requirement.DICTIONARY: "文章を調べる辞書を使います",
    Requirement.NATIONAL: "本部の公表した全国平均と比べます",
    Requirement.REMARKS: "取りまとめのブックを読みます",
}
_RETIRED = """## 使わなくなったコード

- RA02（評価の記号が似た別の字です）: ○ と 〇 のような同じ評価の字は、そのまま読みます。
  「直す」と `kenpo-xl fix` で評価基準の字にそろえられます。
"""
_THRESHOLDS = """## しきい値

計画ブックのシート「規則」の「しきい値」で、いつから指摘するかを変えられる規則です。
"""
_HEADERS = ("コード", "重さ", "見つけること", "なぜ", "どうするか")


def catalogue(every: Sequence[Rule]) -> str:
    """The page: a table for each family, in their order."""
    order = list(Family)
    lines = [_TOP]
    for family, found in groupby(sorted(every, key=lambda rule: order.index(rule.family)), _family):
        lines += [f"## {family}", "", *_table(found), ""]
    return "\n".join([*lines, _THRESHOLDS, *_threshold_lines(), "", _RETIRED])


def _family(rule: Rule) -> Family:
    return rule.family


def _table(every: Iterator[Rule]) -> Iterator[str]:
    yield _row(_HEADERS)
    yield "|---" * len(_HEADERS) + "|"
    for rule in every:
        need = f"（{_NEEDS[rule.needs]}）" if rule.needs else ""
        yield _row((rule.code, rule.severity, rule.title + need, rule.why, rule.remedy))


def _threshold_lines() -> Iterator[str]:
    for code, one in THRESHOLDS.items():
        yield f"- {code}: {one.meaning}。決めなければ {one.text_with_unit(one.usual)}（{one.range_text}）。"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def main(arguments: Sequence[str]) -> int:
    """The exit status."""
    page = catalogue(all_rules())
    if arguments == ["--check"]:
        if CATALOGUE.is_file() and CATALOGUE.read_text(encoding="utf-8") == page:
            return 0
        print("docs/rules.md is not what the rules say: run python scripts/make_docs.py")
        return 1
    if arguments:
        print(__doc__)
        return 2
    CATALOGUE.write_text(page, encoding="utf-8", newline="\n")
    print(CATALOGUE)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
