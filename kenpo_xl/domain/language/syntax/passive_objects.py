"""Passive verbs with を, for an act of the office itself: 医療費分析を開始された, 回数を増やされ、."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.syntax.tokens import index_behind_adverbs, token_at
from kenpo_xl.domain.language.token import Token

_SUFFERED_LIST = """
依頼 要請 要望 指摘 指示 命令 要求 期待 勧告 打診 任命 委嘱 委託 指定 選任 任命 許可 認可 承認 拒否 注意
質問 提案 提起 助言 指導 通知 通告 通報 宣告 告知 紹介 案内 招待 勧誘 催促 督促 請求 追及 追求 制限 制約
禁止 強制 解任 剥奪 免除 停止 支給 交付 付与 授与 評価 表彰 証明 保証 否定 批判 非難 問題視 義務付け
余儀なく 相談 照会 説明 報告 診断 処方 配布 配付 受章 受賞 叙勲 提示 提供 伝達 送付 配信 配達 送信 発送
発表 命名 破損 侵害 盗難 殺害 差押 看過 変更 中断 加算 減算 減額 妨害 共有
"""
_SUFFERED = frozenset(_SUFFERED_LIST.split())
"""Acts that others do to those who write, which may suffer or receive them."""
_SUFFERED_VERBS_LIST = """
求める 迫る 問う 言う 任せる 課す 負う 奪う 与える 認める 勧める 薦める 頼む 命じる 禁じる 強いる 尋ねる
聞く 促す 知らせる 教える 呼ぶ 見る 取る 断る 拒む 阻む 妨げる 寄せる 渡す 返す 送る 届ける 伝える 打つ
盗む 褒める 叱る 責める 疑う 限る
"""
_SUFFERED_VERBS = frozenset(_SUFFERED_VERBS_LIST.split())
_ENDS = frozenset(("。", "、", "", "が", "ため", "て", "ところ", "ほか"))
_FROM = frozenset(("から", "より", "によって", "により"))
_TIME_BEFORE = frozenset("年月日度旬末初期頃中際後前時上")


def passive_objects(tokens: Sequence[Token]) -> Iterator[Misuse]:
    """The を before each passive verb at the end of a clause that names no one who acts."""
    for index in range(1, len(tokens) - 2):
        particle = tokens[index]
        if particle.surface == "を" and particle.part_of_speech[1] == "格助詞":
            end = _end_of_passive(tokens, index)
            if end and not _is_doer_named(tokens, index):
                noun = tokens[index - 1].surface
                rest = "".join(one.surface for one in tokens[index + 1 : end])
                yield Misuse(particle.start, particle.end, f"{noun}を{rest}", f"{noun}が{rest}")


def _end_of_passive(tokens: Sequence[Token], index: int) -> int:
    """The index behind the passive verb of an object, 0 for another verb or what others do to one.

    られる says as well what can be done: 協力を得られた.
    """
    place = index_behind_adverbs(tokens, index + 1)
    verb, then = token_at(tokens, place), token_at(tokens, place + 1)
    if verb.part_of_speech[0] == "名詞" and then.base == "する" and then.surface == "さ":
        is_suffered, helper = verb.surface in _SUFFERED, place + 2
    elif verb.part_of_speech[0] == "動詞" and verb.inflection.startswith("未然形"):
        is_suffered, helper = verb.base in _SUFFERED_VERBS, place + 1
    else:
        return 0
    is_passive = token_at(tokens, helper).base == "れる" and _is_clause_end_behind(tokens, helper)
    return helper + 1 if is_passive and not is_suffered else 0


def _is_clause_end_behind(tokens: Sequence[Token], index: int) -> bool:
    """Whether a clause ends behind the helping verb at an index."""
    then, last = token_at(tokens, index + 1), token_at(tokens, index + 2)
    if then.base == "た" and then.part_of_speech[0] == "助動詞":
        return last.surface in _ENDS
    return then.surface in ("、", "。", "て") and tokens[index].inflection.startswith(("連用形", "終止形"))


def _is_doer_named(tokens: Sequence[Token], index: int) -> bool:
    """Whether the words behind the verb before name someone who acts: 本部から, 医師に."""
    place = index - 1
    while (
        place >= 0 and tokens[place].surface not in ("。", "\n") and tokens[place].part_of_speech[0] != "動詞"
    ):
        one, before = tokens[place], token_at(tokens, place - 1)
        if one.surface in _FROM and before.surface[-1:] not in _TIME_BEFORE:
            return True
        if one.surface == "に" and one.part_of_speech[0] == "助詞" and not _is_time(before):
            return True
        place -= 1
    return False


def _is_time(token: Token) -> bool:
    return token.surface[-1:] in _TIME_BEFORE or token.part_of_speech[1] == "数詞"
