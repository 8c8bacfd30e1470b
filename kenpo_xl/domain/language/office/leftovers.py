"""What a form or a program leaves in a text (#REF!, [空白], 200字以内), and signs for a number."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.letters import is_noun_letter

_BLANKS = " \u3000"
# What stands for a number before its unit: には？名が, は NULL 件.
_NO_NUMBERS = """
? ？ N n Ｎ ｎ X x Ｘ ｘ NULL null None nan NaN N/A n/a undefined 未定 不明 空白 ... … …… ‥ □ △ ▲ ＿ _ ー ―
"""
_UNITS = "名 人 件 社 回 通 部 円 千円 万円 % ％ か所 箇所 事業所 機関 団体 市町村 月 日"
_BEFORE_NUMBER = frozenset("はがをのにで約計")
# Before these a letter stands for a name: X 社.
_LETTERS, _UNITS_WITH_NAMES = (
    frozenset("NnXxＮｎＸｘ"),
    ("社", "機関", "団体", "事業所", "か所", "市町村", "部"),
)
_LEFT = """
#REF! #N/A #VALUE! #NAME? #DIV/0! #NUM! #NULL! [object [空白] （空白） (空白) ［空白］ 【空白】 (blank)
書き途中 （以下略） (以下略) 執筆中 （記入欄） (記入欄) =SUM( =VLOOKUP( =IF( Sheet1! Sheet2!
テキストを入力 ここに入力 サンプルテキスト {{ }}
"""
_MIDNIGHT = " 0:00:00"
_ASKS = ("を記入してください", "を入力してください", "を記載してください")
_ASKED = ("内容", "状況", "取組", "理由", "実績", "課題", "結果", "件数", "数値", "こと")
_EXAMPLES = ("（記入例）", "(記入例)", "【記入例】", "記入例：", "記入例:")
_LIMITS = ("字以内）", "字以内)", "字程度）", "字程度)")
_LONGEST_LIMIT = 12
_UNFINISHED = ("書きかけ", "書きかけ）", "書きかけ)")


def leftovers(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of what is not meant to be printed: of programs and forms, and of a sign for a number."""
    for word in (*_LEFT.split(), _MIDNIGHT):
        at = text.find(word)
        if at >= 0:
            yield at, at + len(word)
    yield from _of_forms(text)
    for sign in _NO_NUMBERS.split():
        at = text.find(sign)
        while at >= 0:
            if _replaces_number(text, at, at + len(sign)):
                yield at, at + len(sign)
            at = text.find(sign, at + 1)


def _of_forms(text: str) -> Iterator[tuple[int, int]]:
    """What a form says to the writer: 取組内容を記入してください, （200字以内）, （記入例）."""
    plain = text.rstrip(f"。{_BLANKS}")
    if plain.endswith(_ASKS) and plain.rpartition("を")[0].endswith(_ASKED):
        yield 0, len(plain)
    start = len(text) - len(text.lstrip(f"・•●{_BLANKS}"))
    if text.startswith(_EXAMPLES, start):
        yield start, text.index("例", start) + 1
    if plain.endswith(_LIMITS) and "。" in plain[-_LONGEST_LIMIT:]:
        yield plain.rindex("。") + 1, len(plain)
    if plain.endswith(_UNFINISHED):
        yield plain.rindex("書"), len(plain)


def _replaces_number(text: str, start: int, end: int) -> bool:
    before, behind = text[:start].rstrip(_BLANKS)[-1:], text[end:].lstrip(_BLANKS)
    unit = next((one for one in _UNITS.split() if behind.startswith(one)), "")
    if (
        not unit
        or before not in _BEFORE_NUMBER
        or (text[start:end] in _LETTERS and unit in _UNITS_WITH_NAMES)
    ):
        return False
    return not is_noun_letter(behind[len(unit) :][:1] or "、")
