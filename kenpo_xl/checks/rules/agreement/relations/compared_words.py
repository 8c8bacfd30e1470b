"""Words that compare two numbers of a sentence, whatever the order of words and numbers (整合)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import all_printed_texts, quoted_with_neighbors
from kenpo_xl.checks.support.sentences.compared_pairs import ComparedPair, compared_pair
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

_NOT_SO = AnyOf(
    "うち|内訳|約|およそ|延べ|月割|ペース|累計|それぞれ|当たり|あたり|いずれも|除|追加|その後|前倒|併せて|あわせて"
)
_WORDS = LazyPattern(
    r"(?P<level>(?:ほぼ|概ね|おおむね)(?:同[数じ率額]|変わらな|変わらず|横ばい)|横ばい|同程度|同水準|(?<!月)(?<!人)並み(?=[とでだのに、。]))"
    r"|(?<!ほぼ)(?<!概ね)(?<!おおむね)(?P<same>同数|同率|同額|同順位|同じ(?=\s*(?:[\d。]|$)|で|件数|人数|水準|順位)|変わら(?=な|ず)|増減(?:は|が)?な)"
    r"|(?P<double>倍増)|(?P<half>半減)"
    r"|(?P<rank_up>順位[がを]?(?:\w{0,3})?上[げが昇]|上昇|上がっ|向上|改善|浮上|前進|アップ)"
    r"|(?P<rank_down>順位[がを]?(?:\w{0,3})?(?:下げ|下が|落と)|下降|低下|下がっ|後退|落と|悪化|ダウン)"
    r"|(?P<under>(?:達(?:し|成し|する)|及ば|届[いか]|満た)(?:な[いか]|ず|ていな)|達せず|に満たず|定員割れ|下回)"
    r"|(?P<over>抽選と|超え[てるた、]|上回[っるり]|超過し)"
    r"|(?P<up>増員|拡充|増や|増加|増え|引き?上げ|延長|増(?=とな))"
    r"|(?P<down>減員|縮小|減ら|減少|減っ|減り|引き?下げ|短縮|削減|減(?=とな))",
)
_RANK_WORDS = ("rank_up", "rank_down")
_ANY_WORD = AnyOf(
    "同|変わ|横ばい|並み|増|減|上|下|向|改善|浮|前進|アップ|ダウン|後退|落|悪化|達|及ば|届|満た|割れ|抽選|超|拡充|延長|縮|削|短"
)
# Between the two numbers: nothing but how the second follows the first.
_LEADS = LazyPattern(
    r"[\s)]*(?:名|人|件)?(?:の?(?:申し?込み?|応募|参加|利用|来場|定員|予定))?"
    r"(?:から|より|を|に(?:対し(?:て)?|比べて?)?|と(?:比べて?)?|のところ|で|であり|となり|の|(?:が|も)あり|は|で、?あり|(?=[(]))?"
    r"[、,(\s]*(?:大きく|大幅に|やや|わずかに)?[^。、\d]{0,14}[、:(\s]*(?:は|が|に|の|を|で|と)?\s*",
)
_FOLLOWED = LazyPattern(r"[^。はがも\d]{0,8}")
_REACH = 18
_LEADS_TO_WORD = LazyPattern(
    r"(?!.*(?:が、|ものの|一方|ため|ので|によ[りっ]|別の|他の|ほか|、[^、]*(?<!に)は))を?[^。\dを]*"
)
_OTHER_BASE = {False: AnyOf("目標|計画|全国|県平均"), True: AnyOf("前年|昨年|前回|前月|前期|全国")}
_OTHER_MATTER = LazyPattern(
    r"(?<!た)が、|ものの|一方|ため|ので|により|によって|別の|他の|[はも](?!,|、)[^。]{3}"
)
_NOT_DONE = LazyPattern(
    r"[しす]?(?:る?こと(?:が|は|も|を)|たい|よう|べき|ることを目|る見込|る予定|率|幅|傾向|要因|目標|を(?:図|目)|に(?:転|歯|向)|の?ため|策|額(?!と))"
)
_AMOUNT_OF_RANK = "位"
_SMALL = Decimal(3)


@rule(
    "CO20",
    Family.AGREEMENT,
    Severity.WARNING,
    "比べる言葉が、文の中の 2 つの数と合いません",
    why="「前年度の9位から15位に上昇」「前年度の48件と同数の51件」と書けば、読み手は 2 つの数を比べます。",
    remedy="2 つの数と、比べる言葉のどれが正しいか確かめて直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO15",
        "CO17",
        "CO18",
        "CO55",
        "CO56",
        "CO66",
        "CO67",
        "CO68",
        "CO70",
        "CO84",
        "CO85",
    ),
)
def word_contradicts_the_pair(context: CheckContext) -> Iterator[Violation]:
    """同数, ほぼ同じ, 倍増, 上昇 of a rank, 増員, 定員に達した and the like that two numbers contradict.

    The two are the only ones of their unit; one is of 前年, 前回, 定員, 見込み and the like, or leads on with
    から. The word is right behind them, between them or leads to them. Silent for parts, 約 and wishes.
    Ranks with 第 too: 第5位から第8位へ上昇.
    """
    yield from _violations_for_moves_of_ranks(context)
    for sentence in numbered_sentences(context):
        pair = compared_pair(sentence)
        if pair is None or not _ANY_WORD.is_in(sentence.text) or _NOT_SO.is_in(sentence.text):
            continue
        word = _only_comparing_word_of_pair(sentence, pair)
        if word is not None and _is_word_contradicted_by_pair(word, pair):
            base = "予定など" if pair.is_aim else "前"
            yield sentence.violation(
                pair.now,
                f"{base}が「{pair.base.text.strip()}」、今が「{pair.now.text.strip()}」ですが、"
                f"「{word[0]}」とあります",
                "2 つの数と言葉を確かめ、違うものを直してください。",
                first=pair.in_order[0],
            )


def _only_comparing_word_of_pair(sentence: NumberedSentence, pair: ComparedPair) -> re.Match[str] | None:
    """The only comparing word of a pair; None for none, for several and for one of something else."""
    first, second = pair.in_order
    between = sentence.between(first, second)
    behind = sentence.behind(second, _REACH)
    found = [
        one
        for one in (*_WORDS.finditer(between), *_WORDS.finditer(behind))
        if _is_word_for_kind_of_pair(one, pair)
    ]
    if not found:
        found = [one for one in _WORDS.finditer(sentence.before(first)) if one.lastgroup in ("same", "level")]
        behind = between = ""
    if len(found) != 1 or _OTHER_MATTER.search(between) or _NOT_DONE.match(found[0].string, found[0].end()):
        return None
    (word,) = found
    return word if _is_word_left_to_pair(word, pair, between, behind) else None


def _is_word_left_to_pair(word: re.Match[str], pair: ComparedPair, between: str, behind: str) -> bool:
    """Whether what leads to a word behind a pair, or follows one between them, leaves it to the pair."""
    if word.string == behind:
        leads = behind[: word.start()]
        is_of_pair = _LEADS_TO_WORD.fullmatch(leads) and not _OTHER_BASE[pair.is_aim].is_in(leads)
        return bool(is_of_pair and _LEADS.fullmatch(between))
    return word.string != between or bool(_FOLLOWED.fullmatch(between[word.end() :]))


def _is_word_for_kind_of_pair(word: re.Match[str], pair: ComparedPair) -> bool:
    """Whether a word may compare the two: words of ranks are for ranks, those of an aim for an aim."""
    is_of_rank = word.lastgroup in _RANK_WORDS
    if pair.now.unit == _AMOUNT_OF_RANK:
        return is_of_rank or word.lastgroup == "same"
    if word.lastgroup == "level" and pair.is_aim:
        return False
    return not is_of_rank and (pair.is_aim or word.lastgroup not in ("under", "over"))


_Test = Callable[[Decimal, Decimal], bool]
_IS_RIGHT: dict[str, _Test] = {
    "same": lambda now, base: now == base,
    "level": lambda now, base: abs(now - base) <= max(_SMALL, base / 5),
    "double": lambda now, base: Decimal("1.6") <= now / base <= Decimal("2.6") if base else True,
    "half": lambda now, base: Decimal("0.35") <= now / base <= Decimal("0.65") if base else True,
    "rank_up": lambda now, base: now < base,
    "rank_down": lambda now, base: now > base,
    "under": lambda now, base: now < base,
    "over": lambda now, base: now > base,
    "up": lambda now, base: now > base,
    "down": lambda now, base: now < base,
}


def _is_word_contradicted_by_pair(word: re.Match[str], pair: ComparedPair) -> bool:
    return not _IS_RIGHT[word.lastgroup or ""](pair.now.value, pair.base.value)


_ORDINAL = r"(?:全国(?:順位)?(?:で|の)?|支部順位)?[、\s]*第\s*"
_UP_OR_DOWN = (
    r"(?:(?:大きく|大幅に|やや|わずかに)|順位[をがは]|ランクを?)*\s*"
    r"(?:(?P<up>上昇|上が|上げ|向上|浮上|前進|改善|アップ)|(?P<down>後退|低下|下降|下が|下げ|落と|落ち|悪化|ダウン))"
)
_FROM_RANK = LazyPattern(
    rf"{_ORDINAL}(?P<base>\d{{1,4}})\s*位(?:から|より)[、\s]*{_ORDINAL}(?P<now>\d{{1,4}})\s*位"
    rf"(?:に|へと?|と(?:なり|、)?)?[、\s]*{_UP_OR_DOWN}",
    needs=("位から", "位より"),
)
_RANK_BEFORE = LazyPattern(
    rf"{_ORDINAL}(?P<now>\d{{1,4}})\s*位(?:で(?:あり)?|となり|と)[、\s]*(?:前年|昨年|前回|前期)[^。、\d]{{0,8}}?"
    rf"{_ORDINAL}(?P<base>\d{{1,4}})\s*位(?:から|より)[、\s]*{_UP_OR_DOWN}",
    needs=("位から", "位より"),
)


def _violations_for_moves_of_ranks(context: CheckContext) -> Iterator[Violation]:
    """第5位から第8位へ上昇: of ranks with 第 the smaller number is the higher one."""
    for written in all_printed_texts(context):
        plain = half_width(written.text)
        for found in (*_FROM_RANK.finditer(plain), *_RANK_BEFORE.finditer(plain)):
            base, now = int(found["base"]), int(found["now"])
            if base != now and (now < base) != bool(found["up"]):
                word = found["up"] or found["down"]
                quote = quoted_with_neighbors(written.text, found.start("now"), found.end())
                yield written.violation(
                    found.start("now"),
                    f"前が「第{base}位」、今が「第{now}位」ですが、「{word}」とあります（{quote}）。",
                    "2 つの順位と言葉を確かめ、違うものを直してください。",
                    actual=f"第{now}位",
                )
