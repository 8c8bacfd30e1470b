"""The numbers (文中の数) of a Japanese sentence, with their units; not its dates, ordinals and marks."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

FRACTION = "割合"
UNITS_OF_PERSONS = frozenset(("人", "名", "者"))


@frozen
class TextNumber:
    """A number of a sentence: `text` is how it is written, with its unit, and begins at `start`.

    `value` is exact: 3万人 is 30000, 38千円 is 38 (its unit 千円), and of rates the fraction with the unit
    割合 (51.5％ is 0.515, 3割 is 0.3). `unit` is '' where none is written; か所 stands for 箇所 and ヶ所.
    """

    value: Decimal
    unit: str
    text: str
    start: int


@lru_cache(maxsize=2_048)
def numbers_in(text: str) -> tuple[TextNumber, ...]:
    """The numbers of `text` in their order; of 3～5件 both have the unit.

    Full-width digits, thousands separators, △ ▲ and - for minus, 万 and 億, and a space before the unit are
    read. No numbers are: dates, years, months, times and quarters; what counts in a row (第4回, 2回目, 3号,
    ０次勧奨); marks at the start of a line or clause (1）, (1), ①, ２．); names (別添1-1, 1-2-2, STEP1, R6).
    """
    if not _DIGIT.search(text):
        return ()
    plain = _text_with_non_numbers_masked(half_width(text))
    numbers: list[TextNumber] = []
    unit, begins = "", -1
    for found in reversed(list(_NUMBER.finditer(plain))):
        written_unit, end = _unit_at(plain, found.end())
        is_first_of_two = begins >= 0 and plain[end:begins].strip() in ("~", "-")
        unit = _standard_unit(written_unit) or (unit if is_first_of_two else "")
        begins = found.start()
        if len(found["number"]) > _LONGEST:
            continue
        value = _number_value(found["number"]) * _PARTS.get(unit, 1) * (-1 if found["minus"] else 1)
        written = text[begins:end]
        numbers.append(TextNumber(value, FRACTION if unit in _PARTS else unit, written, begins))
    return tuple(reversed(numbers))


_MASK = "□"
# A unit is no farther from its number, whatever blanks are between them.
_NEAR = 60
# What is a label before a number unless it ends another word.
_LABELS = ("資料", "表", "図", "注")
# No number of a sentence is longer.
_LONGEST = 30
_PARTS = {"%": Decimal("0.01"), "割": Decimal("0.1")}
_MYRIADS = {"千": 10**3, "万": 10**4, "億": 10**8, "兆": 10**12}
# Units as written behind a number; the longer of two is taken.
_UNITS = (
    "% %ポイント ポイント 割 倍 円 千円 百万円 件 人 名 者 社 部 通 枚 冊 個 本 点 台 校 組 便 床 室 位 票",
    "日 日間 営業日 週 週間 か月 か月間 か年 年 年間 時間 分 分間 秒 歳 歳代 代 回 項目 種 種類 業種 部位",
    "か所 か国 市 町 村 市町村 都道府県 地区 地域 世帯 会場 支部 事業所 事業場 企業 団体 施設 薬局 レセプト",
    "店舗 店 軒 戸 棟 病院 診療所 事業者 園 学級 クラス 講座 教室 コース 班 チーム グループ ブロック 地点",
    "言語 例 問 食 箱 セット ページ 頁 機関 医療機関 健診機関 単位 kg g km m cm mm mg ml mL L dL ㎡ kcal",
    "mmHg 支店 支社 分野 部門 テーマ 枠 媒体 方法 手法 駅 路線 部署 職種 圏域 事例 科目 区分",
)
_KA = "かカヶケヵ箇個"
_LONGEST_FIRST = sorted(" ".join(_UNITS).split(), key=len, reverse=True)
UNIT = "|".join(
    [re.escape(unit) for unit in _LONGEST_FIRST if not unit.startswith("か")]
    + [f"[{_KA}](?:{'|'.join(unit[1:] for unit in _LONGEST_FIRST if unit.startswith('か'))})"]
)
_WORDS = (
    *(unit for unit in _LONGEST_FIRST if not unit.startswith("か")),
    *(ka + unit[1:] for unit in _LONGEST_FIRST if unit.startswith("か") for ka in _KA),
)
"""All units as they may be written, in the order of UNIT, which takes long to compile."""
_ORDINALS = frozenset((*_WORDS, *"番期次つ"))
"""What is counted before 目: 2回目."""
_LATIN_UNIT = "|".join(unit for unit in _LONGEST_FIRST if unit.isascii() and unit.isalpha())
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_MYRIAD = rf"(?:\d千\d百|{_DIGITS}[ \u3000]?千?)[兆億万](?:[ \u3000](?=[\d,]+[ \u3000]?[千万億]))?"
_NUMBER = LazyPattern(
    r"(?P<minus>[△▲]|マイナス|(?<![\w)\]])-)?"
    rf"(?P<number>(?:{_MYRIAD})+(?:{_DIGITS}(?:[ \u3000]?千)?)?|{_DIGITS}千(?!円)|{_DIGITS})"
)
_DIGIT = LazyPattern(r"\d")
_ALONE = r"(?<!\d)(?<!\d[.,])"
_WHOLE = rf"{_ALONE}\d+"  # not from within a number: 56 is no part of 1,256 or 0.56
_MONTH, _DAY = rf"{_ALONE}(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
_AND = r"\s*(?:[・、]|[,~]|及び?|と|び|から|または)\s*"
_ERA = r"(?:令和|平成|昭和|大正|明治)"
_LIST = rf"{_WHOLE}(?:{_AND}\d+){{0,11}}"
_WEEKDAY = "[月火水木金土日祝]"
_HYPHEN = r"\s?[-‐‑–—]\s?"
_PART = LazyPattern(rf"{_HYPHEN}\d")
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_OPENING = r"(?:^|(?<=[。\n]))[\s■●・•※◆◇○]*"


# What is no number of figures, from the surest on; each is hidden before the next is looked for. Behind it
# what a text must contain for it.
_NO_NUMBERS = [
    LazyPattern(pattern, re.MULTILINE, needs=needs)
    for pattern, needs in (
        (r"https?://\S+", ("://",)),
        # years: 令和6、7年度, R6.10.18, 2024(令和6)年度, 2024
        (
            rf"{_ERA}\s*(?:\d+|元)(?:{_AND}\d+(?=\s*年))*(?:\s*年度?)?(?:\s*\.\s*\d+\s*\.\s*{_DAY})?",
            ("令和", "平成", "昭和", "大正", "明治"),
        ),
        (rf"(?:{_WHOLE}[./-]|[RHSTM]\d+\.)(?:1[0-2]|0?[1-9])[./-]{_DAY}(?![\d.,])", "./-"),
        (rf"{_ALONE}(?:19|20)\d\d(?:\s*\([^()]*\))?\s*年度?", ("19", "20")),
        (rf"{_ALONE}(?P<year>(?:19|20)\d\d)(?![\d.,])", ("19", "20")),
        (rf"{_LIST}\s*年度|{_WHOLE}\s*年(?=\s*\d+\s*月)", "年"),
        # days and months: 12月2日, 7月26日・28日, 10/7, 4~6月, 毎月10日
        (
            rf"(?:{_MONTH}{_AND}){{0,11}}{_MONTH}\s*月号?"
            rf"(?:\s*{_DAY}(?:\s*日(?!間)|(?=\s*(?:に|から|まで|より|の|は|[、~]|\({_WEEKDAY}|$))))?"
            rf"(?:{_AND}{_DAY}\s*日(?!間|以))*",
            "月",
        ),
        (rf"(?<!/){_MONTH}/{_DAY}(?![\d/])", "/"),
        (
            rf"(?:毎月|同月|当月|翌月|前月|今月)\s*{_DAY}\s*日",
            ("毎月", "同月", "当月", "翌月", "前月", "今月"),
        ),
        (rf"{_WHOLE}\s*日(?=付|現在|時点|締|\(?{_WEEKDAY}\))", "日"),
        (rf"{_WHOLE}:\d\d|{_WHOLE}\s*時(?!間)(?:\s*\d+\s*分)?", ":時"),
        # what counts in a row: 第4~6回, 2回目, 0次, 3号, 4半期, 12条の2, 3分の1
        (rf"第\s*\d+(?:{_AND}\d+)*\s*(?:四半期)?|{_WHOLE}\s*(?:四\s*)?半期", ("第", "半期")),
        (
            rf"{_WHOLE}\s*(?:[次号番級型章]|項(?!目)|類(?!型)|条(?:の\s*\d+)?|分の\s*\d+)",
            "次号番級型章項類条分",
        ),
        (rf"{_WHOLE}\s*(?P<counted>[^\d\s]{{1,8}}?)\s*目(?!目)", "目"),
        # names: 別添1-1, 資料4, STEP1, 1-2-2, 048-658-5919
        (
            rf"(?:別添|別紙|別表|様式|図表|参考資料|資料|表|図|注|№|※)\s*\d+(?:{_HYPHEN}\d+)*",
            "添紙表式図料注№※",
        ),
        (r"[A-Za-z][A-Za-z.]*[-_]?\d+(?:[-.]\d+)*[A-Za-z]*", ()),
        (rf"{_WHOLE}(?P<last>{_HYPHEN}\d+)+", "-‐‑–—"),
        (rf"{_WHOLE}(?=[A-Za-z])(?!(?:{_LATIN_UNIT})(?![A-Za-z]))", _LATIN),
        (r"(?<!\d)0\d{1,4}\(\d{1,4}\)\d{4}(?!\d)", "0"),
        # marks of a clause: 1) (1) 2. at the start; 1) also elsewhere, see _MARK
        (rf"{_OPENING}(?:\(\s*\d{{1,2}}\s*\)|\d{{1,2}}\s*\)|\d{{1,2}}\.(?!\d))", ")."),
    )
]
_MARK = LazyPattern(r"(?:(?<=[\s、:「])|上記|前記|前述の)\d{1,2}\)")


def is_same_unit(one: str, other: str) -> bool:
    """Whether two units mean the same: ヶ所 is か所, and 名 counts people as 人 does."""
    return normalized_unit(one) == normalized_unit(other)


@lru_cache(maxsize=256)
def normalized_unit(unit: str) -> str:
    """One way to write a unit: か所 for ヶ所, and 人 for 名."""
    return "人" if unit == "名" else _standard_unit(unit)


def unit_of_count(unit: str) -> str:
    """What a unit counts: 人 for all that count persons (人, 名, 者)."""
    return "人" if unit in UNITS_OF_PERSONS else normalized_unit(unit)


def _unit_at(plain: str, end: int) -> tuple[str, int]:
    """The unit behind a number and where it ends; '' and the end of the number without one."""
    near = plain[end : end + _NEAR]
    rest = near.lstrip()
    start = end + len(near) - len(rest)
    for unit in _WORDS if rest.startswith(_WORDS) else ():
        behind = rest[len(unit) : len(unit) + 1]
        if rest.startswith(unit) and not (behind.isascii() and behind.isalpha()):
            return unit, start + len(unit)
    return "", end


def _text_with_non_numbers_masked(plain: str) -> str:
    """The text with everything hidden that is no number of figures; places stay."""
    for pattern in _NO_NUMBERS:
        plain = pattern.sub(_match_with_masked_digits, plain)
    return _MARK.sub(
        lambda found: found[0] if _is_end_of_earlier_bracket(found) else _match_with_masked_digits(found),
        plain,
    )


def _match_with_masked_digits(found: re.Match[str]) -> str:
    """A match with hidden digits, but for those at its end that are a number all the same."""
    end = len(found[0]) - _length_of_number(found)
    return _DIGIT.sub(_MASK, found[0][:end]) + found[0][end:]


def _length_of_number(found: re.Match[str]) -> int:
    """The letters at the end of a match that are a number: the 3 of 代表 3, 2024件 and 1-2-3件.

    Compared here: patterns of all kanji or all units take long to compile.
    """
    whole, behind = len(found[0]), found.string[found.end() : found.end() + _NEAR]
    if found.lastgroup == "year":
        return whole if behind.lstrip().startswith(("千", "万", "億", *_WORDS)) else 0
    if found.lastgroup == "counted":
        return 0 if _is_ordinal(found["counted"]) else whole
    if found.lastgroup == "last" and _is_number_continued(behind):
        last = len(found["last"])
        return last if _PART.search(found[0][:-last]) else whole
    before = found.string[max(0, found.start() - 1) : found.start()]
    return whole if found[0].startswith(_LABELS) and "一" <= before <= "龯" else 0


def _is_ordinal(counted: str) -> bool:
    return counted in _ORDINALS or counted.removesuffix("目") in _ORDINALS


def _is_number_continued(behind: str) -> bool:
    """Whether a number goes on with a point or a comma, or has a unit that is a word, in the text behind."""
    return behind[:1] in (".", ",") or behind.lstrip().startswith(_WORDS)


def _is_end_of_earlier_bracket(found: re.Match[str]) -> bool:
    """Whether the bracket behind a number closes one that was opened before: (件数 22)."""
    before = found.string[: found.start()]
    return before.count("(") > before.count(")")


def _number_value(written: str) -> Decimal:
    """The value of 2,415 or 1億2,000万."""
    if not any(map(written.__contains__, _MYRIADS)):
        return Decimal(written.replace(",", ""))
    total, written = Decimal(0), re.sub(r"(\d)千(\d)百(?=[兆億万])", r"\1.\2千", written)
    for digits, thousand, myriad in re.findall(r"([\d.,]+)\s?(千?)([万億兆]?)", written):
        scale = _MYRIADS.get(thousand, 1) * _MYRIADS.get(myriad, 1)
        total += Decimal(digits.replace(",", "")) * scale
    return total


def _standard_unit(written: str) -> str:
    """The unit as one writes it: か所 for 箇所, ポイント for ％ポイント."""
    has_ka = written[:1] in _KA and written[1:2] in ("所", "月", "国", "年")
    unit = f"か{written[1:]}" if has_ka else written
    return unit.removeprefix("%") if unit.endswith("ポイント") else unit
