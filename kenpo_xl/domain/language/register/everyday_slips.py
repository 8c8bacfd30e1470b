"""Slips of kana and signs that any writer makes: 事業所え, いづれ, とゆう, コ-ル, 申込みあった, 新たなに."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.grammar.usual_nouns import ACTIONS
from kenpo_xl.domain.language.letters import QUOTES, has_open_pair_at_end
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import PlacedSlip

_ACTS = "|".join(one for one in ACTIONS if len(one) > 1)
_COMING = (
    "申込み|申し込み|問い合わせ|問合せ|要望|意見|質問|回答|相談|苦情|依頼|希望|応募|連絡|指摘|遅れ|漏れ|誤り"
)
_QUALITIES = "円滑|緊密|迅速|丁寧|適切|確実|柔軟|重要|有効|便利|容易|多様|正確|的確|綿密|慎重|良好"
_SLIPS = (
    # a hyphen for a long vowel, behind or before one or two katakana
    (
        LazyPattern(
            r"(?<![ァ-ヶー])(?P<a>[ァ-ヶー]{1,2})[-−‐―–](?P<b>[ァ-ヶー]+)",
            contains="[ァ-ヶー][-−‐―–][ァ-ヶー]",
        ),
        r"\g<a>ー\g<b>",
    ),
    (
        LazyPattern(
            r"(?P<c>[ァ-ヶー]{3,})[-−‐―–](?P<d>[ァ-ヶー]{1,2})(?![ァ-ヶー])",
            contains="[ァ-ヶー][-−‐―–][ァ-ヶー]",
        ),
        r"\g<c>ー\g<d>",
    ),
    (LazyPattern(r"(?<=[ァ-ヶー]{2})[-−‐―–](?=[をのにはがで、。])", contains="[ァ-ヶー][-−‐―–]"), "ー"),
    (LazyPattern(r"いづれ", needs=("いづれ",)), "いずれ"),
    (LazyPattern(r"(?<=[のたるい])とうり(?=[、。にのだで])", needs=("とうり",)), "とおり"),
    (LazyPattern(r"(?<=[^\W\x00-ん])[とど]うり(?=[、。にのだで])", needs=("とうり", "どうり")), "どおり"),
    (LazyPattern(r"つず(?=[けきく])", needs=("つず",)), "つづ"),
    (LazyPattern(r"(?<=[とそこ])ゆう(?=[^\W\x00-ん]|こと|もの|よう)", needs=("ゆう",)), "いう"),
    # particles as they are heard
    (
        LazyPattern(r"(?<=[所員者局会体主関団社部課])(?<!出会)(?<!立会)え(?=[^\W\x00-ん]{2})", needs=("え",)),
        "へ",
    ),
    (
        LazyPattern(
            rf"(?<=[^\W\x00-ん])お(?=(?:{_ACTS})[しす]|行[いうっ]|図[りるっ])",
            contains="お(?:[^ぁ-ん]{2}|行|図)",
        ),
        "を",
    ),
    (
        LazyPattern(
            r"(?<=[^\W\x00-ん])お(?=[^\W\x00-ん]{2,8}[にへ](?:送付|発送|配布|提出|掲載|説明))",
            contains="お[^ぁ-ん]{2,8}[にへ]",
        ),
        "を",
    ),
    (
        LazyPattern(
            r"(?<=[^\W\x00-ん]で)わ(?=、)|(?<=[^\W\x00-ん]に)わ(?=、)|(?<=[部所会者員関体])わ(?=、)",
            needs=("わ、",),
        ),
        "は",
    ),
    # particles that are left out
    (
        LazyPattern(
            rf"(?P<n>{_COMING})(?P<v>あった|多く(?:あ|寄)|寄せられ|見られた|届いた)",
            needs=("あった", "多く", "寄せられ", "見られた", "届いた"),
        ),
        r"\g<n>が\g<v>",
    ),
    (LazyPattern(r"(?<=[^\W\d\x00-ん])(?<![0-9０-９])ため(?=[、に])", needs=("ため、", "ために")), "のため"),
    # words before する and nouns in a form of others
    (
        LazyPattern(
            rf"(?P<q>(?<=[^目標])的|{_QUALITIES})(?P<v>した(?=[。、])|して(?=[、い])|し、)",
            needs=("した", "して", "し、"),
        ),
        r"\g<q>に\g<v>",
    ),
    (LazyPattern(r"(?<=[新盛])たなに|新たなに", needs=("たなに",)), "新たに"),
    (LazyPattern(r"多くに(?=[^\W\x00-ん]{2,6}[にへをがは])", needs=("多くに",)), "多くの"),
    (
        LazyPattern(
            r"(?P<v>行え|でき|使え|書け|読め)れ(?=[るた])",
            needs=("えれ", "できれ", "けれる", "めれる", "けれた"),
        ),
        r"\g<v>",
    ),
    (LazyPattern(r"(?:へと|にと)対し", needs=("へと対し", "にと対し")), "に対し"),
    (
        LazyPattern(
            r"(?<=[^\W\x00-ん])[とや]、?(?P<j>及び|並びに|又は|または|および|ならびに)(?=[^\W\x00-ん])",
            needs=("及び", "並びに", "又は", "または", "および", "ならびに"),
        ),
        r"\g<j>",
    ),
    (LazyPattern(r"ために向けて|ためを目的に|ためを目指して", needs=("ために向け", "ためを目")), "ために"),
    (LazyPattern(r"て(?:いく|くる)した(?=[。、])", needs=("いくした", "くるした")), "ていった"),
    (LazyPattern(r"(?<=[^\W\x00-ん])にたいて", needs=("にたいて",)), "に対して"),
    (LazyPattern(r"をもめ(?=[るたて])", needs=("をもめ",)), "を求め"),
    (LazyPattern(r"引き続(?![いきくけ])", needs=("引き続",)), "引き続き"),
    (LazyPattern(r"をるす(?=[。予こたよ])", needs=("をるす",)), "をする"),
    # words that point, and signs
    (LazyPattern(r"(?:^|(?<=[。・\n]))(?P<w>この|その)、", needs=("この、", "その、")), r"\g<w>"),
    (LazyPattern(r"(?P<w>こ|そ)れの(?=結果|ため|ほか)", needs=("これの", "それの")), r"\g<w>の"),
    (LazyPattern(r"(?<=[こそあ]れ)のを", needs=("れのを",)), "を"),
    (LazyPattern(r"(?<=[ぁ-ん])[．.](?=$|\n)", needs="．."), "。"),
    (
        LazyPattern(r"(?<=[^\W\d\x00-ぁ])[ \u3000]+(?=[。、])", needs=(" 。", " 、", "\u3000。", "\u3000、")),
        "",
    ),
    (LazyPattern(r"(?<=[^\W\d\x00-ぁ]),(?=[^\W\d\x00-ぁ])", needs=","), "、"),
)


def everyday_slips(text: str) -> Iterator[PlacedSlip]:
    """Each slip of kana or signs in a text, and what is meant; not in quotes."""
    for pattern, meant in _SLIPS:
        for found in pattern.finditer(text):
            first = text.rfind("\n", 0, found.start()) + 1
            if not has_open_pair_at_end(text[first : found.start()], QUOTES):
                yield found.start(), found[0], found.expand(meant)
