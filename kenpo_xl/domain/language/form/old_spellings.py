"""Endings and kana of words that offices do not use: 受けれる, 読まさせる, 行なう, 必らず."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.letters import is_kanji
from kenpo_xl.domain.language.normalize import alternatives, places_of
from kenpo_xl.domain.text_span import PlacedSlip

_STEMS = alternatives(
    "受け|見|来|出|食べ|着|起き|借り|確かめ|届け|続け|進め|決め|集め|求め|高め|始め|避け|調べ|答え|伝え|考え|変え|支え|加え|預け|設け"
    "|広げ|下げ|上げ|入れ|止め|改め|努め|務め|定め|認め|深め|分け|掛け|かけ|つなげ|付け|つけ|教え|覚え|数え|与え|訪ね|尋ね"
)
_BEHIND_ABLE = ("る", "た", "て", "な", "ま", "や")
_FIFTH_ROW, _CAUSED = "かがたなばまらわ", "させ"
_SPELLINGS = (
    *(("行な" + end, "行" + end) for end in ("っ", "い", "う", "え")),
    ("必らず", "必ず"),
    ("少い", "少ない"),
    ("少くな", "少なくな"),
    ("少く、", "少なく、"),
    ("短かい", "短い"),
    ("短かく", "短く"),
    ("短かけ", "短け"),
    ("全たく", "全く"),
    ("新らし", "新し"),
    ("難かし", "難し"),
    ("著るし", "著し"),
    ("基ずき", "基づき"),
    ("基ずく", "基づく"),
    ("従がって", "従って"),
    ("従がい", "従い"),
    ("伴なって", "伴って"),
    ("伴ない", "伴い"),
    ("伴なう", "伴う"),
    ("例とえば", "例えば"),
    ("及よび", "及び"),
    ("並らびに", "並びに"),
    ("速か", "速やか"),
    ("表わす", "表す"),
    ("表わし", "表し"),
    ("現われ", "現れ"),
    ("現わす", "現す"),
    ("補なう", "補う"),
    ("補ない", "補い"),
    ("養なう", "養う"),
    ("養ない", "養い"),
    ("快よく", "快く"),
    ("危い", "危ない"),
    ("後しろ", "後ろ"),
    ("幸わい", "幸い"),
    ("費した", "費やした"),
    ("費して", "費やして"),
    ("確めた", "確かめた"),
    ("確めて", "確かめて"),
    ("確め、", "確かめ、"),
    ("集った", "集まった"),
    ("起った", "起こった"),
    ("起る", "起こる"),
    ("変った", "変わった"),
    ("変って", "変わって"),
    ("変る", "変わる"),
    ("終った", "終わった"),
    ("終って", "終わって"),
    ("終る", "終わる"),
    ("生れた", "生まれた"),
    ("異って", "異なって"),
    ("異った", "異なった"),
    ("異る", "異なる"),
    ("分った", "分かった"),
)


def old_spellings(text: str) -> Iterator[PlacedSlip]:
    """Each ending that is short of ら, has さ too many, or kana that the words of today do not have."""
    yield from _abilities_without_ra(text)
    yield from _causatives_with_sa(text)
    for written, meant in _SPELLINGS:
        for at in places_of(text, written):
            yield at, written, meant


def _abilities_without_ra(text: str) -> Iterator[PlacedSlip]:
    for stem in _STEMS:
        for at in places_of(text, f"{stem}れ"):
            end = at + len(stem) + 1
            is_word = not (at and is_kanji(text[at - 1]) and len(stem) == 1)
            if text.startswith(_BEHIND_ABLE, end) and is_word:
                yield at, f"{stem}れ", f"{stem}られ"


def _causatives_with_sa(text: str) -> Iterator[PlacedSlip]:
    for at in places_of(text, _CAUSED):
        before = text[max(0, at - 2) : at]
        is_verb = len(before) > 1 and is_kanji(before[0]) and before[1] in _FIFTH_ROW
        if is_verb and text.startswith(("た", "て", "る", "な"), at + len(_CAUSED)):
            yield at - 2, before + _CAUSED, before + "せ"
