"""Objects in the place of doers and of places: 申請書が事業主を提出した, 医師会をリーフレットを配布した."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.office.office_words import office_words
from kenpo_xl.domain.language.token import Token

_PAPERS_TEXT = """
申請書 届書 調査票 回答書 報告書 請求書 通知書 案内 文書 チラシ リーフレット パンフレット ポスター はがき
アンケート 冊子 資料 封筒 名簿 様式 カレンダー 広報誌 記事 動画 手引き マニュアル 案内文 案内状 通知 督促状
催告状
"""
_PAPERS = frozenset(_PAPERS_TEXT.split())
_PERSONS_TEXT = """
事業所 事業主 加入者 被保険者 被扶養者 対象者 債務者 職員 担当者 医療機関 健診機関 市町村 団体 企業 保健師
利用者 参加者 委員 会員 医師会 歯科医師会 薬剤師会 自治体 家族 住民 患者 相談員 管理栄養士 申請者 健康保険委員
"""
_PERSONS = frozenset(_PERSONS_TEXT.split())
_HANDLED_TEXT = """
提出 送付 配布 配付 発送 郵送 作成 掲示 掲載 回収 案内 勧奨 通知 印刷 返送 発行 送信 配信 配達 周知 依頼
照会 受理 要請 報告 説明 連絡
"""
_HANDLED = frozenset(_HANDLED_TEXT.split())
_ASKED_OF_TEXT = "依頼 要請 通知 送付 案内 報告 照会 説明 提出 連絡 周知 発送 郵送 配布 配付"
_ASKED_OF = frozenset(_ASKED_OF_TEXT.split())
_ENDS_OF_BODIES = ("所", "会", "局", "者", "主", "機関", "団体", "市町村", "委員", "職員", "債務者", "医師")
_LETTERS_BEFORE = 6


def exchanged_roles(tokens: Sequence[Token]) -> Iterator[Misuse]:
    """A paper that does something to persons, one that is sent by itself, and two objects of one act.

    Also a body that is asked of an act: 年金事務所を設置に依頼した.
    """
    for index in range(1, len(tokens) - 3):
        one = tokens[index]
        if one.surface not in ("が", "を") or one.part_of_speech[1] != "格助詞":
            continue
        end = _end_of_nouns(tokens, index + 1)
        particle = tokens[end] if index + 1 < end < len(tokens) - 2 else None
        if particle is None:
            continue
        is_asked = particle.surface == "に" and one.surface == "を" and _is_asked_of_act(tokens, index, end)
        if not is_asked and not _is_act_of_hand(tokens, end + 1):
            continue
        before, between = _noun_before(tokens, index), _noun_before(tokens, end)
        if is_asked or _are_roles_exchanged(one.surface, before, particle.surface, between):
            first, last = tokens[index - 1], tokens[end + 2]
            yield Misuse(first.start, last.end, "".join(t.surface for t in tokens[index - 1 : end + 3]), "")


def _is_asked_of_act(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Whether a body is what an act is asked for: 年金事務所を設置に依頼した."""
    is_body = tokens[index - 1].surface.endswith(_ENDS_OF_BODIES)
    asked, then = tokens[end + 1], tokens[end + 2]
    is_end = then.surface in ("。", "、") or (then.base == "する" and then.surface in ("し", "する"))
    is_act = tokens[end - 1].surface in office_words().acts and asked.surface in _ASKED_OF
    return is_body and is_act and is_end


def _are_roles_exchanged(first: str, before: str, second: str, between: str) -> bool:
    """Whether nouns before two particles have each other's part in an act, or both are what it is done to."""
    if first == "を":
        return second == "を" and not between.endswith(("等", "など"))
    if before not in _PAPERS:
        return False
    return (second == "を" and between in _PERSONS) or (second in ("に", "へ") and between in _PERSONS)


def _is_act_of_hand(tokens: Sequence[Token], index: int) -> bool:
    """Whether an act of the hand and an active する are at a place."""
    act, verb = tokens[index : index + 2]
    behind = tokens[index + 2].base if index + 2 < len(tokens) else ""
    is_active = verb.base == "する" and verb.surface in ("し", "する") and behind not in ("れる", "せる")
    return is_active and (act.surface in _HANDLED)


def _end_of_nouns(tokens: Sequence[Token], index: int) -> int:
    """The index behind the nouns that begin at a place."""
    while index < len(tokens) and tokens[index].part_of_speech[0] in ("名詞", "接尾辞", "接頭辞"):
        index += 1
    return index


def _noun_before(tokens: Sequence[Token], index: int) -> str:
    """The longest known name of a person or paper right before a place, else the last noun."""
    text = "".join(one.surface for one in tokens[max(0, index - _LETTERS_BEFORE) : index])
    names = (one for one in (*_PAPERS, *_PERSONS) if text.endswith(one))
    return max(names, key=len, default=tokens[index - 1].surface)
