"""Numbers in sentences that are not those of the tables, the rates and the targets, or not of each other."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from scripts.judging.book import Book, Number, edit
from scripts.judging.digits import grouped, mistyped, mistyped_value
from scripts.judging.mistakes import Planted, mistake, pick
from scripts.judging.sentences import Sentence, about_results, about_tables, about_targets

_UNIT = "件|人|名|事業所|機関|社|か所|回|市町村|団体|世帯|通|部"
_OTHER_UNITS = {
    "件": "人",
    "人": "件",
    "名": "件",
    "事業所": "件",
    "機関": "件",
    "社": "人",
    "％": "件",
    "部": "人",
    "通": "人",
}


def _quoted(book: Book) -> list[Number]:
    """Numbers that a line of the item says with their unit, and that no other number of the item equals."""
    numbers = [one for one in book.typed if len(one.quoted_in) == 1]
    return [one for one in numbers if len(one.digits) >= 1 and one.unit]


def _said(sentence: Sentence | None, digits: str, unit: str = "") -> Planted | None:
    """The sentence with other digits behind its line; the number's own cell is the other side."""
    if sentence is None:
        return None
    text = sentence.saying(digits, unit)
    note = f"{sentence.text.format(digits + (unit or sentence.unit))} ({sentence.digits}{sentence.unit})"
    sides = (sentence.number.cell,) if sentence.number else ()
    return Planted(note, (edit(sentence.line.cell, text),), (sentence.line.cell,), sides)


@mistake("number of a sentence changed", "text numbers")
def text_number_changed(book: Book, random: Random) -> Planted | None:
    """A sentence says other digits than 文中の数値."""
    number = pick(random, [one for one in _quoted(book) if len(one.digits) > 1])
    if number is None:
        return None
    line = next(line for line in book.lines if line.cell == number.quoted_in[0])
    planted = line.replaced(number.digits, mistyped(number.digits, random))
    return planted.beside(number.cell) if planted else None


@mistake("number of a table changed beside its sentence", "text numbers")
def quoted_number_changed(book: Book, random: Random) -> Planted | None:
    """Two digits swapped in 文中の数値 where the sentence is right."""
    number = pick(random, [one for one in _quoted(book) if len(one.digits) > 1])
    return number.typed(mistyped_value(number.value, random)) if number else None


@mistake("unit of a sentence wrong", "text numbers")
def unit_wrong(book: Book, random: Random) -> Planted | None:
    """18,909 人 for 件."""
    number = pick(random, [one for one in _quoted(book) if one.unit in _OTHER_UNITS and len(one.digits) > 1])
    if number is None:
        return None
    line = next(line for line in book.lines if line.cell == number.quoted_in[0])
    found = re.search(rf"{re.escape(number.digits)}\s*{number.unit}", line.text)
    if found is None:
        return None
    wrong = found[0].replace(number.unit, _OTHER_UNITS[number.unit])
    planted = line.replaced(found[0], wrong)
    return planted.beside(number.cell) if planted else None


@mistake("a printed table quoted wrongly", "text numbers")
def table_misquoted(book: Book, random: Random) -> Planted | None:
    """11月の登録者数は191人であった, where the table has 119."""
    found = [one for one in about_tables(book) if one.unit != "％" and len(one.digits) > 1]
    chosen = pick(random, found)
    return _said(chosen, mistyped(chosen.digits, random)) if chosen else None


@mistake("a printed table quoted with another month", "text numbers")
def month_of_quote_wrong(book: Book, random: Random) -> Planted | None:
    """申請件数は7月までで3,412件となった of a table whose as-of month is August."""
    sentence = pick(random, [one for one in about_tables(book) if _is_of_typed_month(book, one)])
    if sentence is None or sentence.number is None:
        return None
    month = sentence.number.span.last.number
    wrong = (month - 1 + random.choice((-2, -1, 1))) % 12 + 1
    text = sentence.text.replace(f"{month}月", f"{wrong}月", 1)
    return _said(replace(sentence, text=text), sentence.digits)


def _is_of_typed_month(book: Book, sentence: Sentence) -> bool:
    """Whether a sentence says up to which month its number is, as its table does."""
    number = sentence.number
    if number is None or book.figures.as_of_month(number.figure.id) is None:
        return False
    return number.value >= 100 and any(words in sentence.text for words in ("月までで", "月末現在で"))


@mistake("a rate quoted wrongly", "text numbers")
def rate_misquoted(book: Book, random: Random) -> Planted | None:
    """郵送化率は12月までで95.6％となった, where the table has 96.5."""
    found = [one for one in about_tables(book) if one.unit == "％" and len(one.digits) > 1]
    chosen = pick(random, found)
    return _said(chosen, mistyped(chosen.digits, random)) if chosen else None


@mistake("unit of a quoted table wrong", "text numbers")
def quoted_unit_wrong(book: Book, random: Random) -> Planted | None:
    """4,070 人 where the table counts 件."""
    found = [one for one in about_tables(book) if one.unit in _OTHER_UNITS and one.unit != "％"]
    chosen = pick(random, [one for one in found if len(one.digits) > 2])
    return _said(chosen, chosen.digits, _OTHER_UNITS[chosen.unit]) if chosen else None


@mistake("a KPI's target quoted wrongly", "text numbers")
def target_misquoted(book: Book, random: Random) -> Planted | None:
    """目標は0.158％以上, where the plan has 0.185 %."""
    chosen = pick(random, about_targets(book))
    return _said(chosen, mistyped(chosen.digits, random)) if chosen else None


@mistake("a KPI's result quoted wrongly", "text numbers")
def result_misquoted(book: Book, random: Random) -> Planted | None:
    """健康宣言事業所数は12月末時点で1,800事業所, where it is 1,080."""
    chosen = pick(random, [one for one in about_results(book) if len(one.digits) > 1])
    return _said(chosen, mistyped(chosen.digits, random)) if chosen else None


@mistake("sum within a sentence", "text numbers")
def sum_within(book: Book, random: Random) -> Planted | None:
    """18 社、27 社の計 54 社."""
    line = pick(random, [line for line in book.lines if line.text.endswith("。")])
    if line is None:
        return None
    one, two = random.randint(12, 480), random.randint(12, 480)
    unit = random.choice(("社", "団体", "会場", "店舗"))
    off = random.choice((1, 9, 10, -2, -9))
    forms = (
        f"説明会には{one}{unit}、{two}{unit}の計{one + two + off}{unit}が参加した。",
        f"説明会には{one + two + off}{unit}（5月{one}{unit}、6月{two}{unit}）が参加した。",
        f"説明会の参加は5月{one}{unit}、6月{two}{unit}、合計{one + two + off}{unit}であった。",
    )
    words = random.choice(forms)
    return line.typed(line.text + words, words)


@mistake("counts within a sentence", "text numbers")
def count_within(book: Book, random: Random) -> Planted | None:
    """３業種（製造業、運輸業）を選定."""
    line = pick(random, [line for line in book.lines if line.text.endswith("。")])
    if line is None:
        return None
    forms = (
        "重点業種として製造業、運輸業、建設業の４業種を選定した。",
        "県内の３会場（北部、南部）で説明会を行った。",
        "重点地区として東部、西部の３地区を定めた。",
        "チラシ、ポスター、動画の２種類の資材を作成した。",
        "４回（5月、7月、9月）の打合せを行った。",
        "医師会、歯科医師会、薬剤師会の４団体と協定を結んだ。",
    )
    words = random.choice(forms)
    return line.typed(line.text + words, words)


@mistake("increase that is none", "text numbers")
def increase_wrong(book: Book, random: Random) -> Planted | None:
    """前年度の 318 件から増加し 302 件."""
    line = pick(random, [line for line in book.lines if line.text.endswith("。")])
    if line is None:
        return None
    low = random.randint(110, 800)
    high = low + random.randint(5, 90)
    forms = (
        f"相談会の来場は前年度の{high}人から増加し{low}人となった。",
        f"相談会の来場は前年度の{low}人から減少し{high}人となった。",
        f"相談会の来場は{low}人で、前年度の{high}人を上回った。",
        f"相談会の来場は{high}人となり、前年同期（{low}人）を下回った。",
    )
    words = random.choice(forms)
    return line.typed(line.text + words, words)


@mistake("increase against the table", "text numbers")
def increase_against_table(book: Book, random: Random) -> Planted | None:
    """決定件数は前年同期より減少した, where the table shows an increase."""
    found = []
    for sentence in about_tables(book):
        then = book.last_year(sentence.number) if sentence.number else None
        if sentence.number and then and abs(then.value - sentence.number.value) > sentence.number.value / 100:
            found.append((sentence, then))
    chosen = pick(random, found)
    if chosen is None:
        return None
    sentence, then = chosen
    assert sentence.number
    more = sentence.number.value > then.value
    words = f"{sentence.words}は前年同期より{'減少' if more else '増加'}した。"
    edits = (edit(sentence.line.cell, sentence.line.text + words),)
    return Planted(words, edits, (sentence.line.cell,), (sentence.number.cell, then.cell))


@mistake("count of a list in a sentence", "text numbers")
def list_count(book: Book, random: Random) -> Planted | None:
    """15 市町村 where the list holds 14 rows: the plan's check 件数."""
    found = []
    for check in book.plan.cross_checks:
        for line in book.lines_of(check.item) if check.kind.value == "件数" else ():
            number = re.search(rf"(\d+)\s*({_UNIT}|日|会場)", line.text)
            if number and check.words in line.text:
                found.append((line, number))
    chosen = pick(random, found)
    if chosen is None:
        return None
    line, number = chosen
    return line.replaced(number[1], grouped(int(number[1]) + random.choice((1, 2, -1))))


@mistake("number of a sentence ten times", "text numbers")
def text_ten_times(book: Book, random: Random) -> Planted | None:
    """A zero too many in a sentence."""
    number = pick(random, [one for one in _quoted(book) if one.is_whole and one.value >= 20])
    if number is None:
        return None
    line = next(line for line in book.lines if line.cell == number.quoted_in[0])
    planted = line.replaced(number.digits, grouped(int(number.value) * 10))
    return planted.beside(number.cell) if planted else None
