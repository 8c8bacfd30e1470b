"""Sentences that end too early, and whether the next line goes on with them."""

from __future__ import annotations

from collections.abc import Sequence

from kenpo_xl.domain.language.letters import is_kanji, is_noun_letter
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

# Nouns that end in し are written with these kanji (見直し, 見通し); 実施し is cut off.
_OF_NOUNS = (
    "直消出押通戻渡写返落流回催兆残越干指探刺示試下貸倒離話放増許無良足隠外申差起卸印推刷掘暮志正少但難"
)
_WHOLE_LETTERS = "有無可否済別計他中後前内外上下等的主鍵要柱常先元例国県市町村区都道府人会"
# Behind の, where many nouns have one letter: 上記の件, 受付の日.
_NOUNS_OF_A_LETTER = (
    "件際額率数点表図欄日月年者方物所時間頁章節項印紙案策場力味形型式旨趣程分差幅量値費税金利途態様声壁鍵"
)
_ENDS_OF_VERBS = "うるすくつむぐぶ"
_PARTICLES = "はにのともでへや"
_OPEN_NUMBER = LazyPattern(r"[はにが][ \u3000]?(?P<number>[\d０-９][\d０-９,，]*)$")
_PHRASES = (
    "および 及び ならびに 並びに または 又は あるいは による により に係る における に関する "
    "などの 等の については において に対し に対して に基づき に応じ に伴い に合わせ を通じ "
    "を踏まえ として とともに ために ためには ことが ことに ことは ことを ものが ものは ものに "
    "を行い を図り を進め を求め を設け を高め を深め を受け を促し を開き を送り を得 を含め "
    "を目指し を始め ことから ところ、 ことにより "
    "に対しては においては については にあたっては に当たっては に関しては によっては としては "
    "では には からは までは との への での からの までの に向け 。また 。なお 。さらに "
    "のうえ したうえ のうえで したうえで した上で "
    "。加えて 。一方 。このため 。そのため 。併せて"
)
_CUT = tuple(_PHRASES.split())
_NEW_SENTENCE = LazyPattern(
    r"[ \t]*(?:[・•●○〇■◆▪◇□★☆※*\-－(\[「『【〔<①-⑳]|[0-9A-Za-zア-ン]{1,2}[)．.]"
    r"|(?:また|なお|さらに|加えて|その他|併せて|あわせて|このほか|そのほか|一方|次に|特に)[、,]?"
    r"|[^。、\n]{1,20}[:：])"
)


_OPEN = (
    "を踏まえ を行い を図り に努め に基づき を通じ を促し を設け を求め を深め を高め を結び を送り に応じ "
    "に伴い に対し について として により を上回り を下回り ており であり となり ことから とともに ため、 "
    "において における に関する に係る"
)
_NEVER_LAST = tuple(f"{one}。" for one in _OPEN.split())
"""What no sentence ends with."""


def cut_off_end(text: str) -> str:
    """The last words of a text that ends in the middle of a sentence, '' for a complete one."""
    whole = text.rstrip()
    if whole.endswith(_NEVER_LAST):
        return _first_matching_end(_NEVER_LAST, whole)
    if whole.endswith("。") and whole[-2:-1] in _NEVER_BEHIND_NOUN and _may_end_noun(whole[-3:-2]):
        return whole[-2:]
    if whole.endswith((*_STEMS, "を。")):
        return whole[-2:]
    if whole.endswith(("て。", "んで。")) and not whole[:-1].endswith(_ENDS_OF_TITLES):
        return whole[-2:]
    if is_open_clause(whole):
        return whole[-2:]
    if whole[-1:].isdecimal() and (number := _OPEN_NUMBER.search(whole)):
        return number["number"]
    if whole.endswith(_CUT):
        return _first_matching_end(_CUT, whole)
    return whole[-1] if len(whole) > 2 and _is_sentence_cut_at_end(whole[-3], whole[-2], whole[-1]) else ""


_NEVER_BEHIND_NOUN = frozenset("をがにへのと")
"""Particles that no sentence ends with behind a noun, with a full stop behind them."""
_STEMS = (
    "やす",
    "にく",
    "づら",
    "についての。",
    "に対しての。",
    "としての。",
    "における。",
    "に関する。",
    "に対する。",
    "に係る。",
)


def _first_matching_end(ends: Sequence[str], whole: str) -> str:
    """The first of some ends that a text has."""
    return next(one for one in ends if whole.endswith(one))


_CLAUSE = LazyPattern(
    r"[、。].*[をに](?P<verb>[^をにがは、。]{0,6}(?:[っいしけめえげべれせ]て|[いん]で))$", needs=("て", "で")
)
_SET_PHRASES = (
    "ついて おいて 向けて 関して 対して かけて 通じて 際して 応じて めぐって 巡って よって とって 沿って "
    "基づいて 備えて 含めて 除いて 併せて 合わせて あわせて 加えて 続いて 先立って 従って 伴って 当たって "
    "あたって 目指して めざして 求めて 見据えて 願って 先んじて 経て もって 以て とどめて 全て すべて 初めて "
    "改めて"
)
_ENDS_OF_TITLES = tuple(_SET_PHRASES.split())
"""What a title or a bracket may end with, and what a noun with a particle is."""


def is_open_clause(whole: str) -> bool:
    """Whether the last clause of a sentence ends in the て of a verb: …、話し合いを続けて."""
    return (
        whole.endswith(("て", "で")) and not whole.endswith(_ENDS_OF_TITLES) and bool(_CLAUSE.search(whole))
    )


def _is_sentence_cut_at_end(third: str, second: str, last: str) -> bool:
    """Whether the last three letters of a text do not end a sentence or a list of nouns."""
    if last in "、，をがっゃゅょ":
        return True
    if last in _PARTICLES:
        is_if = last == "と" and second in _ENDS_OF_VERBS and third not in "こも"
        return is_if or _may_end_noun(second)
    if last == "し":
        return is_kanji(second) and second not in _OF_NOUNS and is_kanji(third)
    return _is_word_cut_off(second, last)


def _may_end_noun(letter: str) -> bool:
    return is_noun_letter(letter) or letter in "）)」" or letter.isdecimal()


def _is_word_cut_off(second: str, last: str) -> bool:
    """Whether one kanji behind a particle is the beginning of a word: 説明会を開."""
    if second == "の" and last in _NOUNS_OF_A_LETTER:
        return False
    return is_kanji(last) and second in "をにがで、の" and last not in _WHOLE_LETTERS


def may_next_text_continue(text: str, next_text: str) -> bool:
    """Whether a line may go on with the sentence of the line above it.

    It does not if it begins with a mark or a conjunction, or as the line above it does (令和6年…), nor if a
    sentence that is broken within a clause goes on in a much longer line.
    """
    following = half_width(next_text).strip()
    if not following or _NEW_SENTENCE.match(following) or following[:2] == half_width(text).strip()[:2]:
        return False
    if text.rstrip()[-1] in "っゃゅょ" and following[0] not in "たてだで":
        return False
    return text.rstrip()[-1] in "、，" or len(following) <= _WIDER * len(text) + _SLACK


_WIDER, _SLACK = 1.3, 5
