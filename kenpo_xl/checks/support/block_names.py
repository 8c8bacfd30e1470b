"""What a block is called in a message: its number, and the beginning of the plan that it answers."""

from __future__ import annotations

from kenpo_xl.domain.plan.placeholders import fill_placeholders
from kenpo_xl.domain.plan.plan import Plan

_MARKS = " 　・•●○◆■※-－"
_LETTERS = 16


def block_name(plan: Plan, item_id: str, block: str) -> str:
    """ブロック 4（計画「連絡協議会を…」）; the number alone where the plan has no sentence for it."""
    item = plan.item(item_id)
    found = item.block(block) if item else None
    sentence = found.sentences[0] if found and found.sentences else ""
    words = " ".join(fill_placeholders(sentence, plan.placeholder_context()).split()).lstrip(_MARKS)
    if not words:
        return f"ブロック {block}"
    return f"ブロック {block}（計画「{words[:_LETTERS].rstrip()}{'…' if len(words) > _LETTERS else ''}」）"
