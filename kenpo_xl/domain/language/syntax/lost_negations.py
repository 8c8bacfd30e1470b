"""Purposes with a negation too few or too many: 漏えいが起こるよう、; 案内が届くことのないよう、."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.letters import is_hiragana
from kenpo_xl.domain.language.normalize import alternatives, places_of

_HARM = alternatives(
    "漏れ|漏えい|漏洩|流出|遅れ|遅延|遅滞|誤り|間違い|誤解|ミス|事故|苦情|トラブル|混乱|混雑|紛失|盗難|重複|停滞|不足|不備|不公平|支障|滞り|影響|差|差別|偏り|負担"
    "|迷惑|不利益|不信|不安|疑念|感染|クラスター|行き違い|食い違い|ばらつき|誤送付|誤送信|誤交付|誤記|誤入力|手戻り|待ち時間|空白|中断|欠席|未納|滞納|再発|二度手間|不正"
    "|漏電|火災|転倒|けが|ハラスメント|密|取り違え|見落とし|行き過ぎ"
)
_ARISES = alternatives(
    "が起こる|が起きる|が生じる|が発生する|が出る|が生まれる|が増える|が続く|が残る|となる|になる|がある"
)
_CAUSES = alternatives(
    "を招く|を起こす|を生む|を与える|を及ぼす|を生じる|をかける|をする|を来す|をきたす|を引き起こす|を繰り返す|を残す"
)
_MISHAPS = alternatives(
    "を見落とす|を忘れる|に遅れる|が遅れる|を間違える|を誤る|を取り違える|を怠る|が混み合う|が混雑する|が滞る|が途切れる|が漏れる|を漏らす|が抜ける|が埋もれる|を失う|を紛失する"
    "|が重複する|が重なる|が停滞する|が偏る|が集中する|が不足する|を逃す|を損なう|を妨げる|が悪化する|に気付かない|に陥る|が途絶える|に偏る|が食い違う|が行き違う|に漏れる"
    "|を誤送付する|を重複して請求する|を二重に請求する|二重に請求する|を放置する|が放置される|に迷う|が迷う|が困る|が孤立する|が崩れる|が低下する|が薄れる|を欠く|が止まる|が切れる"
    "|を間違う"
)
# Of these what is known or shared is sometimes to be less, so that only the negation with こと is wrong.
_GOOD = alternatives(
    "が届く|が行き渡る|が伝わる|が深まる|が高まる|が進む|に間に合う|が間に合う|が広がる|が定着する|が向上する|が図られる|が浸透する|につながる|が受けられる|を受けられる"
)
_NOT = alternatives("ことのない|ことがない")
_SO = ("よう、", "ように、")
_UNWANTED = (
    "不要",
    "重複",
    "誤",
    "不正",
    "迷惑",
    "二重",
    "余計",
    "悪",
    "負担",
    "混雑",
    "感染",
    "被害",
    "格差",
    "噂",
    "他人",
    "第三者",
    "別の",
)
_DENIED = ("ない", "なく", "ず", "防", "避け", "抑え", "場合でも")
_LONGEST = 20


def lost_negations(text: str) -> Iterator[Misuse]:
    """The purposes of a text (…よう、) that want a harm, or that something good does not happen."""
    for so in _SO:
        for at in places_of(text, so):
            start = max(text.rfind(mark, 0, at) for mark in "。\n、") + 1
            purpose = text[max(start, at - _LONGEST) : at]
            found = _harm_word_at_end(purpose) or _denied_good_word_at_end(purpose)
            if found:
                yield Misuse(at - len(found), at + len(so) - 1, found + so[:-1], "")


def _harm_word_at_end(purpose: str) -> str:
    """The words at the end of a purpose that want a harm (漏えいが起こる), '' for none."""
    if any(one in purpose for one in _DENIED):
        return ""
    mishap = next((one for one in _MISHAPS if purpose.endswith(one)), "")
    if mishap:
        return purpose[len(purpose) - len(mishap) - 2 :] if len(purpose) > len(mishap) + 1 else purpose
    end = next((one for one in (*_ARISES, *_CAUSES) if purpose.endswith(one)), "")
    harm = next((one for one in _HARM if purpose.endswith(one + end)), "") if end else ""
    return harm + end if harm else ""


def _denied_good_word_at_end(purpose: str) -> str:
    """The words at the end of a purpose that want something good not to happen, '' for none."""
    negation = next((one for one in _NOT if purpose.endswith(one)), "")
    good = next((one for one in _GOOD if purpose.endswith(one + negation)), "") if negation else ""
    before = purpose.removesuffix(good + negation)
    is_wanted = (
        good and before and not is_hiragana(before[-1]) and not any(one in before for one in _UNWANTED)
    )
    return good + negation if is_wanted else ""
