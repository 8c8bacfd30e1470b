"""Remarks (要確認): what the planner should look at before printing, one list for screen and sheet."""

from __future__ import annotations

from enum import StrEnum

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.source import Source


class Concern(StrEnum):
    """What a remark is about."""

    MISSING = "未提出"
    DUPLICATES = "重複"
    REJECTED = "使っていません"
    IGNORED_FILES = "読んでいません"
    FINDING = "点検の指摘"
    STALE = "計画の変更"
    MISSED = "見つかりません"
    UNREAD = "数として読めません"
    UNPRINTED = "載らない記載"
    UNCONFIRMED = "前の期の文"
    CONVERTED = "単位の変更"
    UNCERTAIN = "写した値"
    UNRATED = "評価"
    OVERWRITTEN = "上書き"
    DIFFERING = "評価の違い"
    TO_COME = "基準日より後の月"
    NO_TARGET = "目標値なし"
    ADJUSTED = "調整"
    UNMATCHED = "調整が合いません"
    RETURNED = "差戻し"


@frozen
class Remark:
    """One remark; while there is one with `is_error`, the report is a draft (案).

    `place` is an identity, a block or a book; `typed` and `computed` are values as shown ('' where none).
    """

    concern: Concern
    is_error: bool
    place: str
    message: str = ""
    typed: str = ""
    computed: str = ""
    source: Source | None = None

    def __str__(self) -> str:
        """The remark as one line for the screen."""
        parts = [self.place, self.message]
        parts += [f"入力 {self.typed}"] if self.typed else []
        parts += [f"計算 {self.computed}"] if self.computed else []
        parts += [str(self.source)] if self.source else []
        return f"{self.concern}: " + "　".join(part for part in parts if part)
