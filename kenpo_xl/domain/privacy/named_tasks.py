"""Notes for a colleague by name: （内田確認）, 【木村追記】."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.normalize import alternatives
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.privacy.person_names import FAMILY_NAMES
from kenpo_xl.domain.text_span import TextSpan

_WORK = "確認|修正|追記|加筆|校正|チェック|記入|入力|更新|対応|担当|記載|作成|案|差し?替え|回答|照会"
_BY_NAME = LazyPattern(
    rf"[（(【\[［※](?P<name>[^\W\x00-ヿ]{{1,3}})"
    rf"(?:さん|氏|主任|係長|課長|グループ長|リーダー)?[がにへの・:： 　]?(?:要|で|未)?"
    rf"(?:{_WORK})(?:済み?|中|予定|待ち|願い?|お願い|分|する|のこと)?[）)】\]］。]?",
    needs="（(【[［※",
)
_NO_NAMES = frozenset(
    alternatives(
        "本人|資格|関|東|南|森|林|星|岸|堀|町田|結城|目視|再|千葉|福島|川崎|宮崎|山口|長島|石川|福井|宮城"
    )
)
"""Family names that are places or other words as well."""


def named_tasks(text: str) -> Iterator[TextSpan]:
    """Where a bracket in a text holds a family name with what is to be done or was done."""
    for found in _BY_NAME.finditer(text):
        if found["name"] in FAMILY_NAMES - _NO_NAMES:
            yield found.span()
