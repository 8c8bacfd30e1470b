"""Particles and verbs that nouns of a report do not take: 会館に研修会を開催し, 計画と基づき, 効果を行う."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.lazy_patterns import LazyPattern

_BODIES = "団体|局|県|市|町|会|機関|センター|組合|会議所|本部|他支部"
_PARTICLES = (
    # where something is held
    (
        LazyPattern(
            r"(?P<n>会館|ホール|会議室|公民館|体育館|研修室|集会所)に(?P<v>[^。、にで]{2,14}を(?:開催|実施|開い|開き))",
            needs=("館に", "ホールに", "室に", "所に"),
        ),
        r"\g<n>で\g<v>",
    ),
    # when it begins
    (
        LazyPattern(
            r"(?P<n>\d\s*月|[上中下]旬|年度)で(?P<v>開始し|着手し|発送し|送付し)",
            contains="[月旬度]で[開着発送]",
        ),
        r"\g<n>に\g<v>",
    ),
    # with whom
    (
        LazyPattern(
            rf"(?P<n>{_BODIES})に(?P<v>連名で|連携し|共催[でし]|協働し|共同で)",
            needs=("に連", "に共", "に協働"),
        ),
        r"\g<n>と\g<v>",
    ),
    (
        LazyPattern(r"(?P<n>[^\W\x00-ん])と(?P<v>基づ[きくい]|応じ[たて、])", needs=("と基づ", "と応じ")),
        r"\g<n>に\g<v>",
    ),
    (
        LazyPattern(
            r"(?:^|(?<=[。、・\n]))(?P<n>前年度?|前年同期|昨年度?|前回|前月|全国平均|他支部|目標)を(?P<v>比べ、|比べて)",
            needs=("を比べ",),
        ),
        r"\g<n>と\g<v>",
    ),
)
_RESULTS = (
    "効果|影響|意識|課題|成果|結果|状況|実績|傾向|割合|件数|理解|目標|要望|認知度|満足度|受診率|実施率|達成率"
)
_PAPERS = "文書|チラシ|リーフレット|パンフレット|資料|冊子|ポスター|封筒|申請書|広報誌|マニュアル"
_EVENTS = "説明会|研修会|会議|セミナー|講座|相談会|委員会|協議会|評議会|講演会|意見交換会"
_GOES_ON = "(?=し|する|。|、|済)"
_VERBS = (
    LazyPattern(
        rf"(?:{_RESULTS})を(?:行[いうっ]|(?:開催|受診|締結){_GOES_ON})",
        needs=("を行", "を開催", "を受診", "を締結"),
    ),
    LazyPattern(rf"(?:{_PAPERS})を行[いうっ]", needs=("を行",)),
    LazyPattern(
        rf"(?:{_EVENTS})を(?:作成|策定|発行|締結|交付|支給){_GOES_ON}",
        needs=("を作成", "を策定", "を発行", "を締結", "を交付", "を支給"),
    ),
    LazyPattern(
        rf"(?:計画|方針|目標|予算|体制)を(?:開催|発送|受診|訪問|招集){_GOES_ON}",
        needs=("を開催", "を発送", "を受診", "を訪問", "を招集"),
    ),
    LazyPattern(
        r"理解を(?:上げ|増や|行[いうっ])|意見を(?:上昇|開催)|協力を(?:開催|上げ|配布)",
        needs=("理解を", "意見を", "協力を"),
    ),
)


def wrong_frames(text: str) -> Iterator[Misuse]:
    """The particles of a text that do not go with the verb behind, and what is meant."""
    for pattern, meant in _PARTICLES:
        for found in pattern.finditer(text):
            yield Misuse(found.start(), found.end(), found[0], found.expand(meant))


def wrong_verbs_of_nouns(text: str) -> Iterator[Misuse]:
    """The verbs of a text that are not done to the noun before: 効果を行う, チラシを行った."""
    for pattern in _VERBS:
        for found in pattern.finditer(text):
            yield Misuse(found.start(), found.end(), found[0], "")
