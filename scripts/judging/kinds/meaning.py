"""Sentences that mean the opposite of a rating, a KPI or a table, or speak of what is not there."""

from __future__ import annotations

import re
from random import Random

from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.plan.table import Printing
from kenpo_xl.domain.results.assessments import KpiAssessment
from scripts.judging.book import Book, Number, Rating, TextLine, edit
from scripts.judging.mistakes import Planted, mistake, pick


def _behind(line: TextLine, words: str, *sides: str) -> Planted:
    """Words behind a line."""
    return Planted(words, (edit(line.cell, line.text + words),), (line.cell,), sides)


def _ending_lines(book: Book) -> list[TextLine]:
    return [line for line in book.lines if line.text.endswith("。")]


def _last_line(book: Book, item: str) -> TextLine | None:
    lines = [line for line in _ending_lines(book) if line.item == item]
    return lines[-1] if lines else None


def _meaning_of(book: Book, rating: Rating) -> str:
    canonical = book.plan.scale.canonical_glyph(rating.glyph)
    return next(step.meaning for step in book.plan.scale.steps if step.glyph == canonical)


_TOO_GOOD = (
    "当初の計画を大幅に上回る成果を上げることができた。",
    "計画を大きく上回って進んでいる。",
    "計画を大幅に上回った。",
    "計画していた内容を大きく上回る実績となった。",
)
_NOT_DONE = (
    "本取組は未実施である。",
    "感染症の流行により中止とした。",
    "要員の不足により実施できなかった。",
    "今年度の実施は見送ることとした。",
    "現時点では着手していない。",
    "年度内の実施には至らなかった。",
)
_AS_PLANNED = ("計画どおり実施した。", "予定どおりに実施し、計画を達成した。", "全て計画通りに行った。")


@mistake("text says more than its rating", "meaning")
def better_than_rating(book: Book, random: Random) -> Planted | None:
    """計画を大幅に上回った under △ (実施中または計画を下回る)."""
    found = [
        (rating, line)
        for rating in book.ratings
        if any(word in _meaning_of(book, rating) for word in ("下回る", "未満", "未達", "未実施"))
        for line in _ending_lines(book)
        if (line.item, line.block) == (rating.item, rating.block)
    ]
    chosen = pick(random, found)
    return _behind(chosen[1], random.choice(_TOO_GOOD), chosen[0].cell) if chosen else None


@mistake("text says that a rated block was not done", "meaning")
def not_done_though_rated(book: Book, random: Random) -> Planted | None:
    """中止した, the only sentence under 〇 (計画通り)."""
    good = ("上回る", "通り", "どおり", "達した", "以上")
    found = [
        (rating, lines[0])
        for rating in book.ratings
        if any(word in _meaning_of(book, rating) for word in good) and "9割" not in _meaning_of(book, rating)
        if len(lines := [one for one in book.lines if (one.item, one.block) == (rating.item, rating.block)])
        == 1
        and len(lines[0].text) > 12
    ]
    chosen = pick(random, found)
    if chosen is None:
        return None
    rating, line = chosen
    words = f"・{random.choice(_NOT_DONE)}" if line.text.startswith("・") else random.choice(_NOT_DONE)
    return line.typed(words).beside(rating.cell)


@mistake("text as planned under the worst rating", "meaning")
def planned_though_worst(book: Book, random: Random) -> Planted | None:
    """計画どおり実施した under × (未実施)."""
    worst = next(step.glyph for step in reversed(book.plan.scale.steps) if step.in_legend)
    lines = _ending_lines(book)
    found = [
        (rating, line)
        for rating in book.ratings
        if not book.assessments.blocks[rating.item, rating.block].computed
        for line in lines
        if (line.item, line.block) == (rating.item, rating.block) and rating.glyph != worst and worst != "－"
    ]
    chosen = pick(random, found)
    if chosen is None:
        return None
    rating, line = chosen
    edits = (edit(rating.cell, worst), edit(rating.reason_cell, "要員が不足したため。"))
    words = random.choice(_AS_PLANNED)
    planted = _behind(line, words, rating.cell)
    return Planted(f"{words} under {worst}", (*planted.edits, *edits), planted.cells, planted.sides)


def _kpis(book: Book) -> list[tuple[KpiAssessment, TextLine]]:
    found = []
    for one in book.assessments.kpis:
        line = _last_line(book, one.item)
        known = one.assessment.result is not None and one.assessment.target is not None
        if known and line and one.assessment.result != one.assessment.target:
            found.append((one, line))
    return found


def _is_met(one: KpiAssessment) -> bool:
    assert one.assessment.result is not None
    assert one.assessment.target is not None
    above = one.assessment.result >= one.assessment.target
    return above if one.kpi.direction is Direction.AT_LEAST else not above


@mistake("text against a KPI's result", "meaning")
def against_kpi(book: Book, random: Random) -> Planted | None:
    """目標を達成した, where the result is below the target, and the other way round."""
    chosen = pick(random, _kpis(book))
    if chosen is None:
        return None
    one, line = chosen
    name = one.kpi.name
    if _is_met(one):
        forms = (
            f"{name}は目標を達成できなかった。",
            f"{name}は目標に届いていない。",
            f"{name}については、目標未達となった。",
            f"{name}は目標値の{one.target_text}に達しなかった。",
        )
    else:
        forms = (
            f"{name}は目標を達成した。",
            f"{name}は目標値に到達している。",
            f"{name}については、目標達成となった。",
            f"{name}は目標の{one.target_text}をクリアした。",
        )
    return _behind(line, random.choice(forms))


@mistake("text against last year's figure of a table", "meaning")
def against_last_year(book: Book, random: Random) -> Planted | None:
    """前年度を上回った, where the table has less than last year."""
    found = []
    for number in book.numbers:
        then = book.last_year(number)
        line = _last_line(book, number.item)
        if (
            then
            and line
            and book.plan.fiscal_year.contains(number.span.last)
            and number.table.printing is not Printing.NONE
        ):
            names = _names(number)
            if names and abs(then.value - number.value) > abs(number.value) / 50:
                found.append((number, then, line, names))
    chosen = pick(random, found)
    if chosen is None:
        return None
    number, then, line, words = chosen
    first, last = number.span.first.number, number.span.last.number
    if any(axis.months for axis in (number.table.rows[number.row], number.table.columns[number.column])):
        words = f"{last}月の{words}" if first == last else f"{first}月から{last}月までの{words}"
    more = number.value > then.value
    forms = (
        f"{words}は前年を{'下回った' if more else '上回った'}。",
        f"{words}は前年同期に比べて{'減少' if more else '増加'}している。",
        f"{words}は前年同期を{'下回る' if more else '上回る'}結果となった。",
    )
    return _behind(line, random.choice(forms), number.cell, then.cell)


_TIMES = re.compile(r"(?:当年|当月末?|前年同?月?|前年|累計|明細|合計|計|通期|\d+月|\d+[~・]\d+月|第\d四半期)")


def _names(number: Number) -> str:
    axes = (number.table.rows[number.row], number.table.columns[number.column])
    parts = [part for axis in axes for part in axis.name.split("＞") if not _TIMES.match(part)]
    return "の".join(parts)


@mistake("plan text of another item pasted over a line", "meaning")
def plan_pasted(book: Book, random: Random) -> Planted | None:
    """A sentence of another item's plan, and nothing of one's own."""
    lines = [line for line in _ending_lines(book) if len(line.text) > 20]
    line = pick(random, lines)
    if line is None:
        return None
    sentences = [
        sentence.strip("•・ ")
        for section in book.plan.sections
        for item in section.items
        if item.id != line.item
        for block in item.blocks
        for sentence in block.sentences
        if len(sentence) > 25 and sentence.endswith("。")
    ]
    words = pick(random, sentences)
    return line.typed(f"・{words}", f"plan of another item over {line.text[:20]}: {words}") if words else None


@mistake("reference to what does not exist", "meaning")
def no_such_thing(book: Book, random: Random) -> Planted | None:
    """1-9-9のとおり, 表7, 図3, 別紙2."""
    line = pick(random, _ending_lines(book))
    number = random.randint(6, 19)
    forms = (
        f"詳細は{random.randint(1, 3)}-{random.randint(7, 9)}-{random.randint(1, 9)}のとおりである。",
        f"内訳は表{number}のとおり。",
        f"推移は図{number}に示すとおりである。",
        f"実施結果は別紙{number}のとおり。",
        f"（別添{number}参照）",
        f"実施の状況は資料{number}に示した。",
        f"{random.randint(5, 9)}-{random.randint(1, 4)}に記載した取組と併せて実施した。",
    )
    return _behind(line, random.choice(forms)) if line else None


@mistake("figure of another item told otherwise", "meaning")
def other_items_figure(book: Book, random: Random) -> Planted | None:
    """健康宣言事業所数は1,800事業所 in another item, where 文中の数値 of its own has 1,080."""
    found = []
    for number in book.typed:
        names = _names(number)
        whole = number.table.printing is Printing.NONE and book.plan.fiscal_year.contains(number.span.last)
        if whole and names and len(number.digits) > 1 and number.unit:
            found += [(number, names, line) for line in _ending_lines(book) if line.item != number.item]
    chosen = pick(random, found)
    if chosen is None:
        return None
    number, names, line = chosen
    digits = re.sub(r"\d", lambda one: str(9 - int(one[0])) if one[0] != "9" else "9", number.digits)
    forms = (
        f"{names}は{digits}{number.unit}である。",
        f"なお、{names}は{digits}{number.unit}となった。",
        f"（{names}：{digits}{number.unit}）",
    )
    return _behind(line, random.choice(forms), number.cell)


@mistake("ordering against the table", "meaning")
def ordering(book: Book, random: Random) -> Planted | None:
    """送付件数は10月が最も多かった, where another month of the row has the largest."""
    found = []
    for table in {id(one.table): one.table for one in book.numbers}.values():
        months = {
            column: match[0]
            for column, axis in enumerate(table.columns)
            if (match := re.fullmatch(r"\d+月|第\d四半期", axis.name))
        }
        for row, axis in enumerate(table.rows):
            cells = [
                one
                for one in book.numbers
                if one.table is table
                and one.row == row
                and one.column in months
                and not _TIMES.match(axis.name)
            ]
            line = _last_line(book, table.item)
            if len({one.value for one in cells}) > 2 and line and "＞" not in axis.name:
                found.append((cells, axis.name, months, line))
    chosen = pick(random, found)
    if chosen is None:
        return None
    cells, name, months, line = chosen
    by_size = sorted(cells, key=lambda one: one.value)
    wrong = random.choice([one for one in by_size[:-1] if one.value < by_size[-1].value])
    most = random.choice(
        (
            f"{name}は{months[wrong.column]}が最も多かった。",
            f"{name}は{months[wrong.column]}に最多となった。",
            f"{name}が最大となったのは{months[wrong.column]}である。",
        )
    )
    return _behind(line, most, *(one.cell for one in cells))
