"""Clauses whose conjunction does not fit them: 好評であったものの、満足度も高かった."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.text_span import SpanAndWord

# Who is counted where more is better.
_WANTED = (
    "参加者",
    "申込み",
    "申込",
    "申し込み",
    "申込者",
    "応募",
    "応募者",
    "受講者",
    "受診者",
    "来場者",
    "回答者",
    "加入者数",
    "定員",
)
_GOOD = (
    *(
        "好評であった",
        "好評だった",
        "好評を得た",
        "計画どおり進んで",
        "計画通り進んで",
        "予定どおり進んで",
        "順調に進んで",
    ),
    *(
        "計画どおり進んだ",
        "計画どおり実施した",
        "計画どおり実施できた",
        "予定どおり実施できた",
        "順調に進んだ",
        "順調である",
    ),
    *(
        "目標を達成した",
        "目標を上回った",
        "目標を上回る",
        "想定を上回った",
        "想定を上回る",
        "見込みを上回った",
        "計画を上回った",
    ),
    *(
        "満足度も高かった",
        "満足度が高かった",
        "満足度は高かった",
        "盛況であった",
        "円滑に進んだ",
        "円滑に進んで",
    ),
    *(
        "協力を得られた",
        "協力が得られた",
        "理解を得られた",
        "理解が得られた",
        "予定どおり進んだ",
        "予定どおり完了した",
        "計画どおり完了した",
        "計画どおり終了した",
        "予定どおり終了した",
        "円滑に実施できた",
        "円滑に完了した",
        "前年を上回った",
        "前年度を上回った",
        "前年同期を上回った",
        "評価が高かった",
        "評判が良かった",
        "成果を上げた",
        "効果があった",
        "改善された",
    ),
)
_POOR = (
    *(
        "目標を下回った",
        "目標を下回る",
        "想定を下回った",
        "見込みを下回った",
        "計画を下回った",
        "目標に届かなかった",
    ),
    *(
        "目標を達成できなかった",
        "目標に達しなかった",
        "遅れている",
        "遅れた",
        "遅れが生じた",
        "不足した",
        "不足している",
    ),
    *(
        "少なかった",
        "低調であった",
        "低調だった",
        "不評であった",
        "伸び悩んだ",
        "伸び悩んでいる",
        "中止した",
        "中止となった",
    ),
)
_NOT_BEFORE = ("中止した", "中止となった")
_GROWN = ("増加", "増加した", "増えた", "増加している", "増加となった")
_SHRUNK = ("減少", "減少した", "減った", "減少している", "減少となった")
_DENIED = ("ない", "なか", "ず", "困難", "わけでは", "とは言え", "とはいえ", "限ら", "かどうか")
_THOUGH = ("が、", "けれども、", "のに、")
_AGAINST = ("ものの、", "にもかかわらず、", "にも関わらず、", "にも関らず、", "のに反し、")
_CAUSES = ("ことにより、", "ことから、", "ため、", "ので、", "ことによって、")
_LACKS = (
    "不足した",
    "不足していた",
    "不足している",
    "遅れた",
    "遅れている",
    "遠かった",
    "悪かった",
    "不十分であった",
    "十分でなかった",
    "足りなかった",
)
_WIDENED = (
    "広げた",
    "増員した",
    "増設した",
    "拡充した",
    "充実させた",
    "周知を強化した",
    "広報を強化した",
    "勧奨を強化した",
    "体制を強化した",
)
_IMPROVED = (
    "短縮した",
    "短縮された",
    "短くなった",
    "想定を上回った",
    "目標を上回った",
    "目標を達成した",
    "改善した",
    "向上した",
)
_WORSENED = ("延びた", "長くなった", "想定を下回った", "目標を下回った", "悪化した", "低下した")
# The same as nouns: 周知不足により, 発送の遅れのため.
_NAMED_CAUSES = ("により、", "のため、", "によって、")
_NAMED_LACKS = ("不足", "遅れ", "遅延", "悪天候", "荒天")
_NAMED_WIDENING = (
    "増員",
    "増設",
    "拡充",
    "周知の強化",
    "広報の強化",
    "勧奨の強化",
    "体制の強化",
    "会場の拡大",
)
_OTHER_TIME = ("前年", "昨年", "前回", "前期", "当初", "一時", "前々", "去年", "これまで")
_BEFORE_WANTED = "未不非"


def ill_joined_clauses(text: str) -> Iterator[SpanAndWord]:
    """Start and end of two clauses of a sentence, and the conjunction between them that does not fit.

    ものの between two that are both good or both poor for the office; ため between a lack and a gain, or
    between what was widened and a loss.
    """
    plain = half_width(text)
    start = 0
    for sentence in plain.split("。"):
        for word in (*_AGAINST, *_THOUGH, *_CAUSES, *_NAMED_CAUSES):
            first, found, then = sentence.replace("ました", "た").partition(word)
            if found and _is_joining_word_unfit(first.rpartition("、")[2], word, then):
                yield start, start + len(sentence), word.rstrip("、")
                break
        start += len(sentence) + 1


def _are_both_good(first: str, then: str) -> bool:
    return _value_of_clause(first) > 0 and _are_clauses_alike(first, then)


def _is_joining_word_unfit(first: str, word: str, then: str) -> bool:
    if "、" in then.rstrip("、") or any(one in first for one in _OTHER_TIME):
        return False
    if word in _AGAINST:
        return _are_clauses_alike(first, then) or _is_possible_though_done(first, then)
    if word in _THOUGH:
        return first.endswith("た") and "も" not in then and _are_both_good(first, then)
    return _is_effect_against_cause(first, word, then) or _is_second_clause_opposite(first, then)


def _is_possible_though_done(first: str, then: str) -> bool:
    """周知したものの、周知できた: the same act, done and then possible."""
    act = first.removesuffix("した").removesuffix("を行った")[-2:]
    return len(act) > 1 and first.endswith(("した", "を行った")) and then.endswith(f"{act}できた")


_UP, _DOWN = ("増えた", "増加した", "上昇した", "伸びた"), ("減った", "減少した", "低下した", "下がった")


def _is_second_clause_opposite(first: str, then: str) -> bool:
    """件数が減少したため、増加した: the same thing, or one that is not named, goes the other way."""
    for one, other in ((_UP, _DOWN), (_DOWN, _UP)):
        stem = next((first.removesuffix(end) for end in one if first.endswith(end)), None)
        rest = next((then.removesuffix(end) for end in other if then.endswith(end)), None)
        if stem and rest is not None:
            subject = stem.rstrip("がはも").lstrip("・ ")
            return rest in ("", "大幅に", "大きく") or rest.rstrip("がはも") == subject
    return False


def _are_clauses_alike(first: str, then: str) -> bool:
    """Whether two clauses are both good or both poor for the office."""
    one, other = _value_of_clause(first), _value_of_clause(then)
    is_end = one < 0 and first.endswith(_NOT_BEFORE)
    return one != 0 and one == other and not is_end


def _is_effect_against_cause(first: str, word: str, then: str) -> bool:
    """Whether a gain is said to come of a lack, or a loss of what was widened."""
    is_named = word in _NAMED_CAUSES
    lacks = first.endswith(_NAMED_LACKS if is_named else _LACKS)
    widened = first.endswith(_NAMED_WIDENING if is_named else _WIDENED)
    is_gain = then.endswith(_IMPROVED) or _is_clause_of_wanted(then, _GROWN)
    is_loss = then.endswith(_WORSENED) or _is_clause_of_wanted(then, _SHRUNK)
    return (lacks and is_gain) or (widened and is_loss)


_ENDS = (
    "が得られた",
    "参加があった",
    "応募があった",
    "申込みがあった",
    "参加となった",
    "結果となった",
    "いる",
)


def _value_of_clause(clause: str) -> int:
    """1 for a clause whose end is good for the office, -1 for poor, 0 for neither."""
    plain = clause.rstrip()
    for ends in (
        ("がある", "あり"),
        ("が得られた",),
        ("となった",),
        ("参加があった",),
        ("応募があった",),
        ("である",),
        ("いる",),
    ):
        for end in ends:
            short = plain.removesuffix(end)
            if short != plain and short.endswith(("上回る", "下回る", "進んで", "遅れて")):
                plain = short
    if plain.endswith(_POOR) or _is_clause_of_wanted(plain, _SHRUNK):
        return -1
    if any(one in plain for one in _DENIED):
        return 0
    return int(plain.endswith(_GOOD) or _is_clause_of_wanted(plain, _GROWN))


def _is_clause_of_wanted(clause: str, ends: Sequence[str]) -> bool:
    """Whether a clause ends so, and its subject is who is wanted: 申込みは大幅に増加した."""
    if not clause.endswith(tuple(ends)):
        return False
    for particle in ("は", "が", "も"):
        subject, found, _ = clause.rpartition(particle)
        name = next((one for one in _WANTED if subject.endswith(one)), "") if found else ""
        if name and subject[: -len(name)][-1:] not in tuple(_BEFORE_WANTED):
            return True
    return False
