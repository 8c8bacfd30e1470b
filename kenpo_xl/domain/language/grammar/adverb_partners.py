"""Adverbs whose partner is missing: 必ずしも全員が受診した, もし希望者が多く、枠を増やした."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.normalize import places_of, sentence_around

_NOT = "な|ず|ぬ|ませ|難し|困難|まい|限ら|不"
_EVEN = "ても|でも|とも|にせよ|にしろ|にしても|くとも"
# An adverb, what its sentence needs behind it, and that for the reader.
_PARTNERS = (
    ("必ずしも", _NOT, "ない"),
    ("決して", _NOT, "ない"),
    ("さほど", _NOT, "ない"),
    ("到底", _NOT, "ない"),
    ("めったに", _NOT, "ない"),
    ("滅多に", _NOT, "ない"),
    ("一概に", _NOT, "ない"),
    ("少しも", _NOT, "ない"),
    ("いささかも", _NOT, "ない"),
    ("全然", _NOT + "|違", "ない"),
    ("とうてい", _NOT, "ない"),
    ("あながち", _NOT, "ない"),
    ("ろくに", _NOT, "ない"),
    ("さして", _NOT, "ない"),
    ("それほど", _NOT + "|の|まで|に", "ない"),
    ("そんなに", _NOT, "ない"),
    ("あまり", _NOT, "ない"),
    ("一切", _NOT, "ない"),
    ("全く", f"{_NOT}|新|同|異|別|違|無|未|知", "ない"),
    ("いくら", _EVEN + "|か|も", "ても"),
    ("たとえ", _EVEN, "ても"),
    ("もし", "ば|たら|なら|場合|とき|時|際|折|ても|でも|とすると|としたら", "場合"),
    ("仮に", "ば|たら|なら|場合|とき|時|ても|でも|と、|とも|とする|とし", "場合"),
    ("なぜなら", "から|ため|ので|理由|による", "からである"),
    ("あたかも", "よう|ごと|みたい", "ように"),
    ("まるで", "よう|ごと|みたい|同じ|違|異", "ように"),
)
_NOT_BEHIND = {
    "一切": ("の", "を", "が", "は"),
    "全く": ("の", "も"),
    "あまり": ("に", "の", "が", "は", "、"),
    "さして": ("い", "お", "も"),
    "もし": ("くは", "も", "か", "っ", "な"),
    "たとえ": ("ば", "話", "る", "て", "た", "ら"),
}


def lonely_adverbs(text: str) -> Iterator[Misuse]:
    """The adverbs of a text whose sentence lacks the ending that they need."""
    for adverb, partners, meant in _PARTNERS:
        start = text.find(adverb)
        while start >= 0:
            end = start + len(adverb)
            if _is_start_of_word(text, start) and not text.startswith(_NOT_BEHIND.get(adverb, ()), end):
                rest = text[end : sentence_around(text, start, end)[1]]
                if not any(one in rest for one in partners.split("|")):
                    yield Misuse(start, end, adverb, f"{adverb}…{meant}")
            start = text.find(adverb, end)
    yield from _adverbs_of_lists_with_one_item(text)


_LISTED, _NOT_LISTED = (
    ("したり", "ったり", "んだり", "けたり", "めたり", "えたり", "せたり"),
    (
        "ぴっ",
        "ゆっ",
        "ばっ",
        "ぐっ",
        "がっ",
        "うっ",
        "に当",
        "にあ",
        "心当",
        "突き当",
        "当",
        "わ",
        "ひ",
        "きっ",
    ),
)


def _adverbs_of_lists_with_one_item(text: str) -> Iterator[Misuse]:
    """訪問したり、送付した: たり once, where its sentence lists nothing else."""
    for words in _LISTED:
        for at in places_of(text, words):
            first, last = sentence_around(text, at, at + len(words))
            others = text[first:at] + text[at + len(words) : last]
            is_list = any(one in others for one in ("たり", "だり", "など", "等"))
            if not (is_list or text.endswith(_NOT_LISTED, 0, at + 1)):
                yield Misuse(at, at + len(words), words, "たり…たりする")


def _is_start_of_word(text: str, start: int) -> bool:
    """Whether an adverb is a word of its own, not the end of another."""
    return start == 0 or text[start - 1] in "、。\n・ \u3000はがもで（「"
