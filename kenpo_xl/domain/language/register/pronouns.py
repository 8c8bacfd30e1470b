"""Words that point to a word before them, where there is none: 同社, 後者, 両者, 上記."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.letters import is_kanji, is_noun_letter
from kenpo_xl.domain.language.normalize import places_of
from kenpo_xl.domain.text_span import TextSpan

# What 同 is before, and what one of is to be before it; itself where nothing else is said.
_NAMED = {
    "社": ("社", "業者", "企業", "法人", "事業所", "店", "銀行", "新聞", "㈱"),
    "会": ("会", "団体"),
    "課": ("課",),
    "局": ("局",),
    "市": ("市", "区", "町", "村"),
    "県": ("県", "都", "府", "道"),
    "町": ("町",),
    "村": ("村",),
    "省": ("省",),
    "庁": ("庁",),
    "法": ("法",),
    "氏": ("氏", "さん", "先生", "様"),
    "所": ("所",),
    "院": ("院", "医療機関"),
    "校": ("校", "大学"),
    "誌": ("誌", "だより", "会報", "雑誌"),
    "紙": ("紙", "新聞", "会報"),
    "委員会": ("会",),
    "協議会": ("会",),
    "研修会": ("会", "研修"),
    "説明会": ("会",),
    "会議": ("会",),
    "組合": ("組合", "健保"),
    "協会": ("協会", "協会けんぽ"),
    "機構": ("機構",),
    "基金": ("基金",),
    "団体": ("団体", "会"),
    "財団": ("財団",),
    "センター": ("センター",),
    "病院": ("病院", "医療機関", "クリニック"),
    "大学": ("大学", "大"),
    "研修": ("研修",),
    "セミナー": ("セミナー", "講座"),
    "調査": ("調査", "アンケート"),
    "アンケート": ("アンケート", "調査"),
    "動画": ("動画",),
    "冊子": ("冊子", "パンフレット", "ガイド"),
    "チラシ": ("チラシ", "リーフレット"),
    "リーフレット": ("リーフレット", "チラシ"),
    "通知": ("通知",),
    "文書": ("文書", "通知", "書"),
    "制度": ("制度",),
    "事業所": ("事業所", "社", "企業"),
    "システム": ("システム",),
    "要領": ("要領",),
    "規程": ("規程",),
    "計画": ("計画",),
    "マニュアル": ("マニュアル",),
    "条": ("条",),
    "項": ("項",),
}
_TWO = ("前者", "後者", "両者", "両社", "両会", "両団体", "両市", "両県", "両機関")
_JOINTS = ("と", "や", "及び", "および", "又は", "または", "、", "・", "並びに", "か")
_NO_PRONOUN = "一共混合協賛異"
"""Letters before 同 in other words: 共同, 一同, 合同."""


def lonely_pronouns(text: str, before: str = "") -> Iterator[TextSpan]:
    """Where a text has 同社 or 後者 with nothing that it means; `before` are the lines above it."""
    yield from _pronouns_without_body(text, before)
    for word in _TWO:
        yield from _pronouns_without_two_names(text, word)


def _pronouns_without_body(text: str, before: str) -> Iterator[TextSpan]:
    """同社 where nothing before it is a company."""
    for at in places_of(text, "同"):
        if at and (text[at - 1] in _NO_PRONOUN or is_kanji(text[at - 1])):
            continue
        name = _name_at(text, at + 1)
        earlier = before + text[:at]
        if name and not any(_is_name_in_earlier_text(earlier, one) for one in _NAMED[name]):
            yield at, at + 1 + len(name)


def _pronouns_without_two_names(text: str, word: str) -> Iterator[TextSpan]:
    """後者 where nothing before it joins two."""
    for at in places_of(text, word):
        end = at + len(word)
        is_part = bool(at) and is_noun_letter(text[at - 1])
        is_whole = not is_part and not is_noun_letter(text[end : end + 1] or "。")
        earlier = text[:at].lstrip("・• \u3000")
        if is_whole and not any(one in earlier for one in _JOINTS):
            yield at, end


_NO_BODIES = (
    "機会",
    "社会",
    "都会",
    "視野に",
    "場所",
    "箇所",
    "か所",
    "方法",
    "手法",
    "対処",
    "近所",
    "当社",
    "自社",
)


def _is_name_in_earlier_text(earlier: str, name: str) -> bool:
    """Whether a noun that ends in a name is in the words before, and is a body or a thing."""
    return any(
        not is_noun_letter(earlier[at + len(name) : at + len(name) + 1] or "。")
        and not earlier.endswith(_NO_BODIES, 0, at + len(name))
        for at in places_of(earlier, name)
    )


def _name_at(text: str, start: int) -> str:
    """The longest known name of a body or thing that begins at a place and ends there too."""
    for name in sorted(_NAMED, key=len, reverse=True):
        end = start + len(name)
        if text.startswith(name, start):
            return "" if is_noun_letter(text[end : end + 1] or "。") else name
    return ""
