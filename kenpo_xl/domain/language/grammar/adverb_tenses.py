"""Adverbs of time whose verb is of another time: 今後、周知を強化した. 既に発送する予定である."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.lazy_patterns import LazyPattern

_ACT = "実施し|強化し|開催し|推進し|送付し|発送し|配布し|訪問し|拡大し|継続し|徹底し|行っ|進め|開始し|迎え"
_PAST_YEARS = tuple(
    one + mark
    for one in ("昨年", "昨年度", "昨年中", "一昨年", "先月", "先週", "前月", "前年度")
    for mark in "には、"
)
_PLANNED = ("予定。", "予定である。", "予定です。", "予定だ。")
_NO_PLAN = r"(?:(?!こと|よう|ため|予定|方針|計画|検討|準備|向け|案内|対策|課題|つい)[^。、]){1,24}"
_WRONG = (
    (
        LazyPattern(
            rf"(?P<adverb>今後|これから)[、は]{_NO_PLAN}を(?:{_ACT})た(?=。)", needs=("今後", "これから")
        ),
        "する予定である",
    ),
    (
        LazyPattern(
            rf"(?P<adverb>来年度|来期|次年度)[、は]、?{_NO_PLAN}を(?:{_ACT})た(?=。)",
            needs=("来年度", "来期", "次年度"),
        ),
        "する予定である",
    ),
    (
        LazyPattern(
            r"(?P<adverb>来年度?|来月|来週|来春|来秋|明年|来期|次年度|次回)(?:の?\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|当初|早々)?に"
            r"(?!向|備|おけ|係|関|つい|なっ|な[りる])(?:(?![るうくすぐぶむつ][一-龯ァ-ヶー])[^、。はが]){0,24}"
            rf"(?:{_ACT}|配っ|送っ|開い|届け|公表し|公開し|設け|配付し|掲載し)た(?=。)",
            needs=("来", "明年", "次"),
        ),
        "する予定である",
    ),
    (
        LazyPattern(
            r"(?P<adverb>昨年度?|一昨年|先月|先週|前月|前年度?)(?:の?\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?に"
            r"(?!比|対|続|引き|おけ|係|関|つい|なら|準)[^、。たてで]{0,20}(?:する|行う|開催|実施|開く|配る|送る)予定(?:である|です|だ)?(?=。)",
            needs=_PLANNED,
        ),
        "した",
    ),
    (
        LazyPattern(
            r"(?<!が)(?P<adverb>既に|すでに|これまで、?|先に|かつて)[^。、たてでの]{1,16}(?:する|行う)予定(?:である|だ|です)?(?=。)"
            r"|(?P<until>これまで(?:に|、)?)[^。、たのもなて]{1,16}(?:して|行って)いく(?=。)",
            needs=("既に", "すでに", "これまで", "先に", "かつて"),
        ),
        "した",
    ),
    (
        LazyPattern(
            r"(?P<adverb>昨年度?|一昨年度?|先月|先週|前月|前年度|昨年中)(?:は、?|、)(?![^。]*(?:当初|今年|今回|来|本年|今後|延期|変更|引き続|同様))"
            r"[^。、たてで比較]{0,24}(?:する|行う|開催|実施|送付|発送|開く)予定(?:である|です|だ)(?=。)",
            needs=_PAST_YEARS,
        ),
        "した",
    ),
    (
        LazyPattern(
            r"(?P<adverb>昨年度|前年度|先月|先週|一昨年度?)(?:に|は、?|、)(?![^。]*(?:比|同様|続|おけ|準|同じ|上回|下回|合わせ|加え|実績|状況|結果))"
            r"[^。、たてでと]{0,16}(?:(?:実施|開催|発送|送付|周知|訪問|配布|公表)する|行う)(?=。)",
            needs=_PAST_YEARS,
        ),
        "した",
    ),
    (
        LazyPattern(
            r"(?<!が)(?P<adverb>既に|すでに)(?:実施|開催|送付|発送|着手|公表|配布|訪問)予定(?:である|だ|です)?(?=。|$)"
            r"|(?P<until>これから)(?!の)[^。、てで]{1,16}(?:した|行った|送った|配った|開いた|図った)(?=。)",
            needs=("既に", "すでに", "これから"),
        ),
        "予定である",
    ),
    (
        LazyPattern(
            r"(?<![^。、\n・])(?P<adverb>翌年度|来年度|次年度|来期)(?:に|は、?|、)(?![^。]*(?:向|備|見据|繰|計画を|予算|準備|方針|案を|分|決))"
            r"[^。、たてでるう]{0,20}(?<!検討)(?<!作成)(?<!見直)(?<!策定)(?<!調整)(?<!協議)(?:した|行った|図った|送った|配った|開いた)(?=。)",
            needs=("翌年度", "来年度", "次年度", "来期"),
        ),
        "する予定である",
    ),
    (
        LazyPattern(
            r"(?P<adverb>まだ|未だに?|いまだに?)[^。、のもでが]{0,10}(?:済みである|済みだ|完了した|終了した)(?=。)",
            needs=("まだ", "未だ", "いまだ"),
        ),
        "していない",
    ),
)


def adverbs_of_another_time(text: str) -> Iterator[Misuse]:
    """The adverbs of a text that say another time than the verb of their clause."""
    for pattern, meant in _WRONG:
        for found in pattern.finditer(text):
            adverb = (found["adverb"] or found.groupdict().get("until") or "").rstrip("、")
            yield Misuse(found.start(), found.end(), found[0], f"{adverb}…{meant}")
