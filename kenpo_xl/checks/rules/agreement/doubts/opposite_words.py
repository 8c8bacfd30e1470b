"""A word whose opposite is in its place in the plan, another book or an earlier report (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import ANY_OTHER, rule
from kenpo_xl.checks.support.known_texts import USUALLY, digest_of_own_and_known_texts, known_texts
from kenpo_xl.checks.support.printed_text import (
    PrintedText,
    all_printed_texts,
    digest_of_texts,
    printed_lines,
)
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import places_of, sentence_around

_BEFORE, _BEHIND, _LEAST = 5, 4, 7
"""Letters around a word that the other text has too; how many there are at least."""
_PAIR_LIST = """
被保険者/被扶養者 上期/下期 上半期/下半期 前期/後期 増加/減少 増やし/減らし 増え/減り 増え/減っ
高い/低い 高め/低め 多い/少ない 多く/少なく 多かった/少なかった 強い/弱い 強化/緩和 拡大/縮小 開始/終了
上昇/低下 向上/低下 改善/悪化 促進/抑制 短く/長く 短縮/延長 早く/遅く 早期/遅延 がある/がない
がない/のある のある/のない している/していない されている/されていない できる/できない
できた/できなかった られた/られない られる/られない った/っていない 適正/不適正 可能/不可能 必要/不要
有効/無効 有料/無料 公開/非公開 県内/県外 市内/市外 国内/国外 大規模/小規模 新規/既存 事前/事後
以前/以後 午前/午後 以上/以下 以上/未満 以内/以上 最大/最小 最高/最低 支給/不支給 喪失/取得 加入/脱退
収入/支出 男性/女性 平日/休日 過大/過小 黒字/赤字 上回/下回 やすい/にくい 十分/不十分 好調/低調
公募/指名 先に/後に 外部/内部 直営/委託 任意/必須 定期/臨時 対面/遠隔 登録/未登録 提出/未提出
受診/未受診 治療/未治療 加入/未加入 回答/未回答 宣言/未宣言 契約/未契約 納付/未納 利用/未利用
届いて/届かず なく/あり 賛成/反対 参加/不参加 出席/欠席 合格/不合格 承認/否認 合った/合わない
"""
_PAIRS = tuple(
    pair
    for one, other in (words.split("/") for words in _PAIR_LIST.split())
    for pair in ((one, other), (other, one))
)
_WORDS = tuple(dict.fromkeys(one for one, _ in _PAIRS))


@frozen
class _ComparedTexts:
    """The texts of the book and of other places, without blanks.

    `contexts` are the letters around each word in the texts of other places.
    """

    own: tuple[str, ...]
    others: str
    contexts: dict[str, frozenset[str]]


@rule(
    "CO117",
    Family.AGREEMENT,
    Severity.INFO,
    "ほかの所では、反対の言葉になっています",
    why="「受診の記録がない方」が「ある方」になると、文の意味が反対になります。",
    remedy="どちらの言葉が正しいか確かめてください。この文で正しければ、このままで構いません。",
    superseded_by=(ANY_OTHER, "CO113", "CO114", "CO115", "CO116"),
)
def opposite_is_in_its_place(context: CheckContext) -> Iterator[Violation]:
    """The letters around a word are around its opposite in another text, and around it in none.

    The other text is the plan, a book of another group or an earlier report; where another line of the book
    has the word there, nothing is reported.
    """
    lines = tuple(printed_lines(context))
    digest = digest_of_texts(([one.text for one in lines], digest_of_own_and_known_texts(context)))
    found = context.remember("opposite words", digest, lambda: _replaced_words_of_lines(context, lines))
    for written, words in zip(lines, found, strict=True):
        if words:
            place, word, opposite = words
            yield written.violation(
                place,
                f"「{_text_near(written.text, place, word)}」とありますが、ほかの所では「{opposite}」です。",
                f"「{opposite}」のことなら、直してください。",
                actual=word,
                expected=opposite,
            )


def _replaced_words_of_lines(
    context: CheckContext, lines: Sequence[PrintedText]
) -> list[tuple[int, str, str] | None]:
    """For each line the place of a word, the word and its opposite that others have there, or None."""
    known = _compared_texts(context)
    return [_replaced_word_and_opposite(one.text, known) for one in lines]


def _text_near(text: str, place: int, word: str) -> str:
    first, end = sentence_around(text, place, place)
    return text[max(first, place - _BEFORE) : min(end, place + len(word) + _BEHIND)].strip()


def _compared_texts(context: CheckContext) -> _ComparedTexts:
    texts = (text for kind, some in known_texts(context) if kind != USUALLY for text in some)
    own = tuple(_text_without_blanks(one.text) for one in all_printed_texts(context))
    others, joined = _text_without_blanks("\n".join(texts)), "\n".join(own)
    used = {other for one, other in _PAIRS if one in joined and other in others}
    return _ComparedTexts(
        own, others, {word: frozenset(_word_with_letters_around_each_use(others, word)) for word in used}
    )


def _word_with_letters_around_each_use(text: str, word: str) -> Iterator[str]:
    for place in places_of(text, word):
        end = place + len(word)
        yield text[max(0, place - _BEFORE) : place] + word + text[end : end + _BEHIND]


def _text_without_blanks(text: str) -> str:
    return text.replace(" ", "").replace("\u3000", "")


def _replaced_word_and_opposite(text: str, known: _ComparedTexts) -> tuple[int, str, str] | None:
    plain = _text_without_blanks(text)
    for word, opposite in _PAIRS:
        if opposite in known.contexts and word in plain:
            for place in places_of(plain, word):
                if _is_opposite_usual_between_letters(plain, place, word, opposite, known):
                    return max(text.find(word), 0), word, opposite
    return None


def _is_opposite_usual_between_letters(
    plain: str, place: int, word: str, opposite: str, known: _ComparedTexts
) -> bool:
    """Whether another text has the opposite between the letters that are around a word, and none the word."""
    end = place + len(word)
    before, behind = plain[max(0, place - _BEFORE) : place], plain[end : end + _BEHIND]
    if before + opposite + behind not in known.contexts[opposite] or len(before) + len(behind) < _LEAST:
        return False
    if "。" in before or "。" in behind[:2] or opposite in before + word + behind:
        return False
    lines = (text for text in known.own if text != plain)
    return not any(before + word + behind in text for text in (known.others, *lines))
