"""Brackets, punctuation, sentences that end too early, and notes left behind."""

from __future__ import annotations

import re
from random import Random

from scripts.judging.book import Book
from scripts.judging.mistakes import Planted, mistake, pick

_NOTES = (
    "（※要確認）",
    "【数値は後日差し替え】",
    "（課長確認中）",
    "←去年と同じでよい？",
    "（仮）",
    "★あとで直す",
    "（ここに件数を入れる）",
    "??",
    "（前回のまま）",
    "※作業中",
    "【要修正】",
    "TODO",
)
_BLANKS = ("○○", "●●", "〇〇", "××", "＊＊", "＿＿", "XX", "△△")


@mistake("bracket not closed", "marks")
def not_closed(book: Book, random: Random) -> Planted | None:
    """（令和6年度 31 件."""
    found = [(line, mark) for line in book.lines for mark in "）」)】』" if mark in line.text]
    found = [(line, mark) for line, mark in found if not re.match(r"\W*\d+[）)]", line.text)]
    chosen = pick(random, found)
    if chosen is None:
        return None
    line, mark = chosen
    return line.typed(line.text.replace(mark, "", 1), f"{mark} dropped in {line.text[:30]}")


@mistake("bracket not opened", "marks")
def not_opened(book: Book, random: Random) -> Planted | None:
    """令和6年度 31 件）."""
    found = [(line, mark) for line in book.lines for mark in "（「【『" if mark in line.text]
    chosen = pick(random, found)
    if chosen is None:
        return None
    line, mark = chosen
    return line.typed(line.text.replace(mark, "", 1), f"{mark} dropped in {line.text[:30]}")


@mistake("bracket doubled", "marks")
def bracket_doubled(book: Book, random: Random) -> Planted | None:
    """（（令和6年度 31 件）."""
    found = [(line, mark) for line in book.lines for mark in "（「）」" if mark in line.text]
    chosen = pick(random, found)
    return chosen[0].replaced(chosen[1], chosen[1] * 2) if chosen else None


@mistake("brackets of two kinds", "marks")
def other_bracket(book: Book, random: Random) -> Planted | None:
    """「職場の健康診断）."""
    found = [line for line in book.lines if "」" in line.text]
    line = pick(random, found)
    return line.replaced("」", "）") if line else None


@mistake("punctuation doubled", "marks")
def doubled_mark(book: Book, random: Random) -> Planted | None:
    """実施した。。"""
    pairs = (("、", "、、"), ("。", "。。"), ("、", "。、"), ("。", "、。"))
    found = [(line, pair) for line in book.lines for pair in pairs if pair[0] in line.text]
    chosen = pick(random, found)
    return chosen[0].replaced(*chosen[1]) if chosen else None


@mistake("sentence cut off", "marks")
def cut_off(book: Book, random: Random) -> Planted | None:
    """…かかりつけ医の同意が."""
    found = [
        (line, one.end())
        for line in book.lines
        for one in re.finditer(
            r"(?<=[一-龥ァ-ヶー])(?:を|に|が|の|と|は|し、|より|および)(?=[一-龥])", line.text
        )
        if one.end() > 15
    ]
    chosen = pick(random, found)
    if chosen is None:
        return None
    line, end = chosen
    return line.typed(line.text[:end], f"cut off: …{line.text[max(end - 15, 0) : end]}")


@mistake("word cut off", "marks")
def word_cut_off(book: Book, random: Random) -> Planted | None:
    """…情報発信を依頼し (た。), …を実 (施)."""
    found = [
        (line, one.start() + 1)
        for line in book.lines
        for one in re.finditer(r"(?:施|催|布|付|図|行)[しっわ]?た?。?$", line.text)
        if len(line.text) > 25
    ]
    chosen = pick(random, found)
    if chosen is None:
        return None
    line, end = chosen
    text = line.text[: end - 1] if random.random() < 0.5 or end >= len(line.text) else line.text[:end] + "っ"
    return line.typed(text, f"cut off: …{text[-15:]}")


@mistake("note left behind", "marks")
def note_left(book: Book, random: Random) -> Planted | None:
    """A note of the writer's own."""
    line, note = pick(random, book.lines), random.choice(_NOTES)
    return line.typed(line.text + note, f"{note} behind …{line.text[-15:]}") if line else None


@mistake("blank for a number left behind", "marks")
def blank_left(book: Book, random: Random) -> Planted | None:
    """●● 件."""
    number = re.compile(r"\d[\d,]*(?=\s*(?:件|人|名|事業所|機関|社|か所|回|市町村|団体))")
    found = [(line, one[0]) for line in book.lines for one in number.finditer(line.text)]
    chosen = pick(random, found)
    return chosen[0].replaced(chosen[1], random.choice(_BLANKS)) if chosen else None


@mistake("words deleted with their number", "marks")
def number_deleted(book: Book, random: Random) -> Planted | None:
    """契約機関数　機関."""
    number = re.compile(r"\d[\d,]*\s*(?=(?:件|人|名|事業所|機関|社|か所|市町村|団体))")
    found = [(line, one[0]) for line in book.lines for one in number.finditer(line.text)]
    chosen = pick(random, found)
    return chosen[0].replaced(chosen[1], "") if chosen else None
