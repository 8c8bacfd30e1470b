"""Verbs that no report of an office has but that read like one of it (周知広報を逝った, 役割を別けた)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from kenpo_xl.domain.language.homophones import Homophone
from kenpo_xl.domain.language.token import Token

# What is written, and what an office means.
_RARE = """
逝く 行う 別ける 分ける 賭ける 掛ける 索める 求める 儲ける 設ける 錬る 練る 斬る 切る
盗る 取る 獲る 取る 漬ける 付ける 喚ぶ 呼ぶ 詠む 読む 掻く 書く 搾る 絞る 殖える 増える
殖やす 増やす 遺す 残す 魅せる 見せる 逢う 会う 遇う 会う 廻す 回す 悼む 痛む
愉しむ 楽しむ 憶える 覚える 識る 知る 判る 分かる 泊める 止める 裂く 割く 曳く 引く
轢く 引く 挽く 引く 跳ぶ 飛ぶ 翔ぶ 飛ぶ 穿く 履く 訊く 聞く 謀る 図る
"""


@cache
def _meant_by_written() -> dict[str, str]:
    words = _RARE.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def misread_verbs(tokens: Sequence[Token]) -> Iterator[Homophone]:
    """The rare verbs of a text, with the one that is meant."""
    for token in tokens:
        if token.part_of_speech[0] == "動詞" and token.base in _meant_by_written():
            yield Homophone(
                token.start, token.end, token.base, _meant_by_written()[token.base], token.reading
            )
