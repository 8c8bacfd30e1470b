"""What words say of a plan or target: exceeded, met, missed or not carried out; and steps of a scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.ratings import Step


class Level(StrEnum):
    """How far a plan or target was carried out."""

    FAR_BEYOND = "far beyond the plan"
    BEYOND = "beyond"
    REACHED = "reached"
    AS_PLANNED = "as planned"
    CARRIED_OUT = "carried out"
    ONGOING = "under way"
    UNDER = "missed"
    UNDONE = "not carried out"


GOOD = frozenset((Level.FAR_BEYOND, Level.BEYOND, Level.REACHED, Level.AS_PLANNED, Level.CARRIED_OUT))
BAD = frozenset((Level.UNDER, Level.UNDONE))

_MEANINGS: tuple[tuple[Level, AnyOf | LazyPattern], ...] = (
    (Level.FAR_BEYOND, AnyOf("大幅に上回|大幅に超え|大きく上回|大きく超え")),
    (Level.BEYOND, AnyOf("上回|超え|超過|以上の成果|優れ")),
    (Level.UNDONE, AnyOf("未実施|未着手|実施でき|実施していな|実施せず|中止|着手していな")),
    (
        Level.UNDER,
        AnyOf("下回|未達|未満|届か|達しな|遅れ|不十分|一部|概ね|おおむね|ほぼ|割以上|不足"),
    ),
    (Level.ONGOING, AnyOf("実施中|途中|進行|継続|着手")),
    (
        Level.AS_PLANNED,
        AnyOf("計画どお|計画通|計画の通|予定どおり|予定通り|目標どおり|目標通り|順調"),
    ),
    (
        Level.REACHED,
        LazyPattern(
            r"(?<!未)達成|達した|[5-9]割以上|概ね|おおむね|ほぼ|以上(?!の成果)",
            needs=("達", "割", "概ね", "おおむね", "ほぼ", "以上"),
        ),
    ),
)


def levels_of_step(step: Step) -> frozenset[Level]:
    """What a step of a scale means, by its words; several for 実施中または計画を下回る."""
    meaning = half_width(step.meaning)
    return frozenset(level for level, words in _MEANINGS if _is_meaning_expressed(words, meaning))


def _is_meaning_expressed(words: AnyOf | LazyPattern, meaning: str) -> bool:
    return words.is_in(meaning) if isinstance(words, AnyOf) else bool(words.search(meaning))


# A letter that is neither kana nor ASCII; the range of all kanji takes long to compile.
_KANJI = r"(?![\x00-\xffぁ-ヶー])\w"
_NOUN = r"(?:(?![\x00-@\[-`{-\xffぁ-ん])\w|[「『])"
_AIM = r"(?:計画|目標|予定|想定|見込み?|期待)"
_FAR = r"(?:大幅に|大きく|はるかに|かなり|著しく|大いに)"
_OF_AIM = rf"{_AIM}(?:し(?:て|た)い?た?|値|数|件数|人数|水準|内容|以上)*[^。、を]{{0,12}}"
_CLAIM_WORDS = (
    "上回 超え 超過 突破 下回 届い 届か 達し 達す 及ば 至ら 至って 満た 達成 クリア 実現 未達 遅れ 未実施 "
    "未着手 できな できず できて していな してな しなかっ せず 見送 止め やめ 行えな 行えず 行えて 行えい "
    "してな されな されず されて 開いて 開かな 開けな 開けて 開かれ "
    "行ってな 行ってず 行ってて 行ってい 行わな 行わず 行わて 行わい 中止 休止 到達 どおり 通り とおり "
    "計画した 計画してい 予定した 予定してい "
    "以上とな 以下とな 以上にな 以下にな"
)
_CLAIMS = LazyPattern(
    rf"(?P<far>{_OF_AIM}を{_FAR}(?:上回|超え|超過))"
    rf"|(?P<beyond>{_OF_AIM}を(?:も)?(?:やや|若干|わずかに|既に|すでに|\d[^。、]{{0,8}})?(?:上回|超え|超過|突破))"
    rf"|(?P<under>{_OF_AIM}を(?:{_FAR}|やや|若干|わずかに|\d[^。、]{{0,8}})?下回"
    rf"|{_OF_AIM}に(?:は)?(?:\d[^。、]{{0,8}})?(?:届[いか][なずて]|達し(?:な|てい?な|ませ)|達す(?:ること)|及ば[なず]|至ら[なず]|到達し(?:な|てい?な)|満た[なず])"
    rf"|{_OF_AIM}(?:を|の|が)?(?:達成|クリア|実現)(?:は|が|には)?(?:でき(?:な|ず|てい?な)|し(?:な|てい?な)|されな|ならな|至ら|至って(?:い)?な)"
    rf"|目標未達|未達成?(?=[とでだ、。]|に終|$)|(?:計画|予定)(?:より|から)(?:{_FAR}|やや)?遅れ)"
    rf"|(?P<undone>(?:未実施|未着手)(?![のだっ]|{_KANJI}|で(?!あ|す))|実施(?:は|も|が)?(?:でき(?:な|ず|てい?な)|してい?な|しなかっ|せず)"
    rf"|(?:開催|訪問|受講|発送|送付|配布|配付|公表|作成|策定)(?:は|も|が)?(?:でき(?:な|ず|てい?な)|し(?:てい?な|なかっ|ていませ)|せず|され(?:なかっ|ず|てい?な))"
    rf"|(?:まだ|開催は?)?開(?:いてい?な|かなかっ|けなかっ|けてい?な|かれなかっ)"
    rf"|実施(?:に|には|は)?(?:至ら|至ってい?な)|(?:実施|開催)(?:を|は)?(?:見送|取り?やめ|取り?止め)"
    rf"|行(?:え|って|わ)(?:な|ず|てい?な|い?な)|着手(?:は|に)?(?:でき(?:な|ず|てい?な)|してい?な|せず|至ら)"
    rf"|見送(?=[っるり])|中止(?=し[たて]|と(?:し|な)|せざる|を決|。|$)|取り?(?:止め|やめ)(?=[たと]|に(?:し|な))|取りやめ(?=[たと])"
    rf"|休止(?=し[たて]|と))"
    rf"|(?P<reached>{_OF_AIM}(?:は|を|も|が)?(?:既に|すでに|全て|すべて|いずれも)?(?:達成|クリア)(?!す|率|度|状|見|に(?:向|は)|を|が|の|で)"
    rf"|{_OF_AIM}に(?:既に|すでに)?(?:到達(?!す)|達し(?=[たて](?!い?な)))"
    r"|目標[^。、を]{0,14}(?:以上|以下)[とに]な(?:っ(?=[たて])|り(?=、)))"
    rf"|(?P<planned>(?:当初)?(?:計画|予定)(?:の)?(?:どおり|通り|通りに|とおり))"
    rf"|(?P<done>(?:計画|予定)し(?:て(?:い)?)?た[^。、をは]{{0,12}}を(?:全て|すべて)?"
    rf"(?:行い|行った|終え|実施し[、たて]|開催し[、たて]))",
    needs=_CLAIM_WORDS.split(),
)
_LEVELS = {
    "far": Level.FAR_BEYOND,
    "beyond": Level.BEYOND,
    "under": Level.UNDER,
    "undone": Level.UNDONE,
    "reached": Level.REACHED,
    "planned": Level.AS_PLANNED,
    "done": Level.CARRIED_OUT,
}
# Behind a claim: it is of a noun, wished, asked, denied or only feared.
_NO_CLAIM = LazyPattern(
    rf"[ぁ-ん]{{0,4}}?(?:[るたないう])(?={_NOUN})(?!実績|成果|結果|状況|件数|水準|進捗|ため|見込みとな)"
    r"|[ぁ-ん]{0,3}(?:よう(?!やく)|べく|(?<!た)ため(?:に|の|、)|には?向け|こと(?:を(?:目|め)|が(?:課題|必要|求|重要))|見込|ペース|おそれ|恐れ|かどうか|場合|とき|際|ことなく|ないよう|まで|だけでなく)"
    r"|(?:す|し得|され?)る(?!こと(?:が|は)?で)|(?:せ|さ)ず[^。]{0,12}(?:実施|開催|行)"
)
# Who is beyond a part of the target has not reached it: 目標の半数を超えた.
_PART_OF_AIM = LazyPattern(r"(?:半数|半分|割|分の\s*\d)[をに]", needs=("半数", "半分", "割", "分の"))
_OTHER_TIME = AnyOf("前年|昨年|前回|過去|以前|従来|次年度|来年度|翌年")
# 年末年始の 12月28日～1月3日の受付を休止した: the service pauses, its plan is carried out.
_FOR_A_TIME = AnyOf("~|〜|～|から|まで|受付|窓口|期間|年末|連休|日")
_LESS_IS_GOOD = AnyOf(
    "時間外|残業|苦情|事故|費用|経費|コスト|日数|誤り|返戻|未提出|滞納|待ち時間|件数を減|漏え"
)
_EITHER_WAY = AnyOf("上回|下回|超")
_SUBJECT = LazyPattern(r"[はがも]")
_NEUTRAL_SUBJECT = LazyPattern(
    r"(?:本|当|この)?(?:取組|取り組み|事業|計画|業務|年度|実施|進捗|実績|成果|全体|全て|すべて|これら|いずれ)"
    r"(?:の\w{1,4}?)?(?:に(?:ついて)?)?[はがも]|今年度[はの]|本年度[はの]|現時点では|年度内の|結果(?:として)?は|いずれも"
)


@frozen
class Claim:
    """What a sentence says of the plan or a target; `start` and `end` are places in the text.

    `words` are those before it in its clause. `is_of_all`: it has no other subject than the whole.
    `has_direction`: 上回る or 下回る decides, which is good or bad by what is counted; `is_unclear`: of
    what is counted less is good.
    """

    level: Level
    start: int
    end: int
    words: str
    is_of_all: bool
    has_direction: bool
    is_unclear: bool


def claims_in(text: str) -> Iterator[Claim]:
    """What a text says of its plan or target; not wishes, conditions, nouns and other years."""
    plain = half_width(text)
    for found in _CLAIMS.finditer(plain):
        start = max(plain.rfind(mark, 0, found.start()) for mark in "。、\n") + 1
        before = plain[start : found.start()]
        is_pause = found[0] == "休止" and _FOR_A_TIME.is_in(before)
        level = _LEVELS[found.lastgroup or ""]
        is_of_part = level in GOOD and _PART_OF_AIM.search(found[0]) is not None
        if is_pause or is_of_part or _OTHER_TIME.is_in(before) or _NO_CLAIM.match(plain, found.end()):
            continue
        is_of_all = not _SUBJECT.search(_NEUTRAL_SUBJECT.sub("", before))
        has_direction = _EITHER_WAY.is_in(found[0])
        is_unclear = has_direction and _LESS_IS_GOOD.is_in(before + found[0])
        yield Claim(level, found.start(), found.end(), before, is_of_all, has_direction, is_unclear)


_MITIGATED = AnyOf(
    "一方|ものの|課題|遅れ|ただし|しかし|途中|実施中|次年度|来年度|一部|が、|代わり|代替|振替|振り替|代えて"
    "|見込みである|継続中|にとどま|予断|該当|延期|予定である"
)


def is_statement_mitigated(text: str) -> bool:
    """Whether a text also says the contrary, or that something goes on."""
    return _MITIGATED.is_in(text)


def claim_against_levels(
    text: str, levels: frozenset[Level], *, scale: Iterable[Step], less_is_good: bool = False
) -> Claim | None:
    """The claim of a reason that contradicts what a rating means; None if it fits or is not clear."""
    claims = [one for one in claims_in(text) if not (one.is_unclear or (less_is_good and one.has_direction))]
    stated = frozenset(one.level for one in claims)
    # 準備が遅れ、着手していない says one thing.
    if not claims or is_statement_mitigated(text.replace("遅れ", "なく") if stated <= BAD else text):
        return None
    is_contrary = _levels_contradict(stated, levels, scale) or _is_more_than(levels, text, claims, scale)
    return claims[0] if levels and is_contrary else None


# Behind a claim that is the cause of a rating: 目標を上回ったため.
_CAUSE = LazyPattern(
    r"(?:[ぁ-ん]{1,5}|[ぁ-ん]{0,4}(?:実施|推移|進捗|達成|実績|成果|結果|件数)(?:[とがを]?(?:得ら|上げ))?[ぁ-ん]{1,6})"
    r"(?:ため|ことから|ことによ|ので)"
)
_OF_A_PART = AnyOf("中間|半期|四半期|時点|月|段階|部|継続|引き続き|進|予定|残")
_SHORT = BAD | {Level.ONGOING, Level.REACHED}


def _is_more_than(
    levels: frozenset[Level], text: str, claims: Iterable[Claim], scale: Iterable[Step]
) -> bool:
    """Whether the cause of a rating for less than the target is that all of it was reached or exceeded.

    Reached is no contradiction of 概ね達成, exceeded is; only where the scale has a better step.
    """
    of_part = text.replace("予定していた", "").replace("予定した", "")
    if Level.UNDER not in levels or not levels <= _SHORT or _OF_A_PART.is_in(of_part):
        return False
    more = _MORE if Level.REACHED in levels else _MORE | {Level.REACHED}
    causes = [one for one in claims if one.level not in (Level.CARRIED_OUT, Level.AS_PLANNED)]
    return _are_claims_only_causes(causes, half_width(text), more) and _has_step_above_under(scale)


def _are_claims_only_causes(claims: Sequence[Claim], plain: str, levels: frozenset[Level]) -> bool:
    """Whether there are claims, and each is of one of some levels, of all, and the cause of a rating."""
    return bool(claims) and all(
        one.level in levels and one.is_of_all and _CAUSE.match(plain, one.end) for one in claims
    )


def _has_step_above_under(scale: Iterable[Step]) -> bool:
    return any(found & GOOD and Level.UNDER not in found for found in map(levels_of_step, scale))


def _levels_contradict(stated: frozenset[Level], levels: frozenset[Level], scale: Iterable[Step]) -> bool:
    """Whether what is claimed and what a rating means exclude each other."""
    return (
        (levels <= GOOD and stated <= BAD)
        or (levels <= BAD and stated <= GOOD)
        or (levels <= BAD | {Level.ONGOING} and stated == {Level.FAR_BEYOND})
        or (levels == {Level.AS_PLANNED} and stated <= _levels_of_better_steps(scale))
        or (levels <= _MORE and stated == {Level.AS_PLANNED})
    )


_MORE = frozenset((Level.FAR_BEYOND, Level.BEYOND))


def _levels_of_better_steps(scale: Iterable[Step]) -> frozenset[Level]:
    """What is claimed of a step above 計画どおり: far beyond the plan, or beyond if that is its meaning."""
    better = [levels for step in scale if (levels := levels_of_step(step) & _MORE)]
    if not better:
        return frozenset()
    return _MORE if {Level.BEYOND} in better else frozenset((Level.FAR_BEYOND,))
