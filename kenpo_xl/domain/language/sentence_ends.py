"""Sentences that end too early, and whether the next line goes on with them."""

from __future__ import annotations

from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

# Nouns that end in し are written with these kanji (見直し, 見通し); 実施し is cut off.
_OF_NOUNS = (
    "直消出押通戻渡写返落流回催兆残越干指探刺示試下貸倒離話放増許無良足隠外申差起卸印推刷掘暮志正少但難"
)
_WHOLE_LETTERS = "有無可否済別計他中後前内外上下等的主鍵要柱常先元例国県市町村区都道府人会"
_CUT = LazyPattern(
    r"(?:[、，]"
    r"|[をが]|[っゃゅょ]"
    r"|(?<=[一-龥々ァ-ヶー）)」0-9])(?:は|に|の|と|も|で|へ|や)"
    r"|(?<=[一-龥ァ-ヶーる])(?:ため|こと|もの)(?:に|が|は|を|も|で)"
    r"|(?:および|及び|ならびに|並びに|または|又は|あるいは|による|により|に係る|における|に関する|などの|等の"
    r"|については|において|に対し|に対して|に基づき|に応じ|に伴い|に合わせ|を通じ|を踏まえ|として|とともに)"
    rf"|(?<=[一-龥])[^\W\d_{_OF_NOUNS}ぁ-んァ-ヶー]し"
    r"|を(?:行い|図り|進め|求め|設け|高め|深め|受け|促し|開き|送り|得|含め|目指し|始め)"
    rf"|[をにがで、][^\W\d_{_WHOLE_LETTERS}ぁ-んァ-ヶー々])$"
)
_TAIL = 12
_BEGINS_ANEW = LazyPattern(
    r"[ \t]*(?:[・•●○〇■◆▪◇□★☆※*\-－(\[「『【〔<①-⑳]|[0-9A-Za-zア-ン]{1,2}[)．.]|(?:令和|平成)[0-9]"
    r"|(?:また|なお|さらに|加えて|その他|併せて|あわせて|このほか|そのほか|一方|次に|特に)[、,]?"
    r"|[^。、\n]{1,20}[:：])"
)


def cut_off_end(text: str) -> str:
    """The last words of a text that ends in the middle of a sentence, '' for a complete one."""
    found = _CUT.search(text.rstrip()[-_TAIL:])
    return found[0] if found and found.start() else ""


def continues_sentence(text: str) -> bool:
    """Whether a line may go on with the sentence of the line above it: it begins with no mark of its own."""
    return bool(text.strip()) and not _BEGINS_ANEW.match(half_width(text))
