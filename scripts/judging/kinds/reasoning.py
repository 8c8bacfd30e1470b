"""Numbers of one sentence that contradict each other otherwise than by a sum, and reasons of ratings."""

from __future__ import annotations

from random import Random

from scripts.judging.book import Book, Rating
from scripts.judging.mistakes import Planted, mistake, pick, sentence_added


@mistake("share above 100 % in a sentence", "reasoning")
def share_above(book: Book, random: Random) -> Planted | None:
    """受講率は 120.3％."""
    rate = f"{random.randint(1013, 1890) / 10}"
    return sentence_added(
        book,
        random,
        f"研修の受講率は{rate}％であった。",
        f"全体の{rate}％が「満足」と回答した。",
        f"アンケートの回収率{rate}％。",
        f"対象者の{rate}％から回答があった。",
        f"未提出者の割合は{rate}％に下がった。",
    )


@mistake("percent of two numbers in a sentence", "reasoning")
def percent_wrong(book: Book, random: Random) -> Planted | None:
    """10件中3件（40％）."""
    whole = random.randint(20, 400)
    part = random.randint(3, whole - 4)
    wrong = round(part / whole * 100 + random.choice((-11, -6.5, 5.5, 12)), 1)
    wrong = wrong if 0 < wrong < 100 else round(part / whole * 100 / 2 + 20.3, 1)
    unit = random.choice(("件", "人", "社", "団体"))
    return sentence_added(
        book,
        random,
        f"案内した{whole}{unit}中{part}{unit}（{wrong}％）から申込みがあった。",
        f"案内した{whole}{unit}のうち{part}{unit}（{wrong}％）が参加した。",
        f"{whole}{unit}に案内し、{part}{unit}（{wrong}％）から回答を得た。",
        f"回答は{part}{unit}／{whole}{unit}（{wrong}％）であった。",
        f"案内した{whole}{unit}のうち{wrong}％に当たる{part}{unit}が参加した。",
    )


@mistake("difference of two numbers in a sentence", "reasoning")
def difference_wrong(book: Book, random: Random) -> Planted | None:
    """63.2％で前年度の60.1％から5ポイント増."""
    then = random.randint(301, 700) / 10
    by, off = random.randint(11, 90) / 10, random.choice((-0.9, 0.8, 1.7, 3.0))
    now, points = round(then + by, 1), round(by + off, 1)
    if points <= 0:
        points = round(by + 2.2, 1)
    low, more = random.randint(120, 900), random.randint(11, 95)
    return sentence_added(
        book,
        random,
        f"参加率は{now}％（前年度{then}％、{points}ポイント増）となった。",
        f"参加率は{now}％で、前年度（{then}％）より{points}ポイント上昇した。",
        f"参加率は前年度{then}％、今年度{now}％で、{points}ポイント上昇した。",
        f"来場者は{low + more}人（前年度{low}人、{more + 10}人増）であった。",
        f"来場者は前年度の{low}人に対し{low + more}人と、{more + 9}人の増加となった。",
        f"参加率は前年度比{points}ポイント増の{now}％（前年度{then}％）となった。",
    )


@mistake("average outside of its range", "reasoning")
def average_outside(book: Book, random: Random) -> Planted | None:
    """最短3日、最長9日、平均12日."""
    low = random.randint(2, 30)
    high = low + random.randint(4, 40)
    mean = high + random.randint(1, 9) if random.random() < 0.6 else max(low - random.randint(1, 9), 1)
    if low <= mean <= high:
        mean = high + 3
    return sentence_added(
        book,
        random,
        f"処理日数は最短{low}日、最長{high}日、平均{mean}日であった。",
        f"満足度の点数は最低{low}点、最高{high}点で、平均は{mean}点となった。",
        f"1会場の参加者は{low}人から{high}人で、平均{mean}人であった。",
        f"参加者数は平均{mean}人（最少{low}人、最多{high}人）である。",
    )


@mistake("part larger than the whole in a sentence", "reasoning")
def part_larger(book: Book, random: Random) -> Planted | None:
    """50人のうち65人."""
    whole = random.randint(20, 300)
    part = whole + random.randint(3, 70)
    unit = random.choice(("人", "件", "社", "団体"))
    return sentence_added(
        book,
        random,
        f"参加した{whole}{unit}のうち{part}{unit}が継続を希望した。",
        f"訪問先{whole}{unit}（うち新規{part}{unit}）に制度を説明した。",
        f"案内した{whole}{unit}中{part}{unit}から申込みがあった。",
        f"{whole}{unit}の内{part}{unit}から回答を得た。",
    )


@mistake("rank beyond the number of ranked", "reasoning")
def rank_beyond(book: Book, random: Random) -> Planted | None:
    """全国47支部中50位."""
    number = random.randint(12, 63)
    rank = number + random.randint(1, 12)
    return sentence_added(
        book,
        random,
        f"全国{number}支部中{rank}位であった。",
        f"順位は{number}団体のうち第{rank}位となった。",
        f"県内{number}市町村中{rank}番目の水準である。",
    )


_FOR_GOOD = (
    "計画を大幅に上回る実績を上げたため。",
    "目標を大きく上回ったため。",
    "すべて計画どおり実施できたため。",
    "目標を達成したため。",
)
_FOR_BAD = (
    "目標に届かなかったため。",
    "計画を下回ったため。",
    "実施できなかったため。",
    "要員の不足により未実施となったため。",
)


def _sides(book: Book, rating: Rating) -> str:
    meaning = next(
        step.meaning
        for step in book.plan.scale.steps
        if step.glyph == book.plan.scale.canonical_glyph(rating.glyph)
    )
    if "実施中" in meaning or "一部" in meaning or "9割" in meaning or not meaning:
        return ""
    return "bad" if any(word in meaning for word in ("下回", "未", "対象外")) else "good"


@mistake("reason of another rating", "reasoning")
def reason_of_another(book: Book, random: Random) -> Planted | None:
    """目標に届かなかったため under ◎."""
    found = [(rating, side) for rating in book.ratings if (side := _sides(book, rating))]
    found = [(rating, side) for rating, side in found if rating.glyph not in ("－", "-")]
    chosen = pick(random, found)
    if chosen is None:
        return None
    rating, side = chosen
    return rating.reasoned(random.choice(_FOR_BAD if side == "good" else _FOR_GOOD))


@mistake("reason copied from another block", "reasoning")
def reason_copied(book: Book, random: Random) -> Planted | None:
    """The same long reason beside two ratings of different items."""
    pairs = [
        (one, other)
        for one in book.ratings
        for other in book.ratings
        if one.item != other.item and _sides(book, one) == _sides(book, other) == "good"
    ]
    chosen = pick(random, pairs)
    if chosen is None:
        return None
    one, other = chosen
    reason = random.choice(
        (
            "歯科健診の受診者数が前年度を281人上回ったため。",
            "協定の締結が33事業者となり当初の見込みを上回ったため。",
            "9月の強化月間に合わせた文書勧奨により申込みが増えたため。",
        )
    )
    return one.reasoned(reason).and_also(other.reasoned(reason))


@mistake("reason of last quarter though the rating changed", "reasoning", needs_history=True)
def reason_left(book: Book, random: Random) -> Planted | None:
    """The reason last quarter gave for another rating."""
    past = book.past.period_before_in_year(book.plan) if book.past else None
    if past is None:
        return None
    found = [
        (rating, reason)
        for rating in book.ratings
        if (reason := getattr(past, "reasons", {}).get((rating.item, rating.block)))
        and past.ratings.get((rating.item, rating.block)) != rating.glyph
    ]
    chosen = pick(random, found)
    return chosen[0].reasoned(chosen[1]) if chosen else None
