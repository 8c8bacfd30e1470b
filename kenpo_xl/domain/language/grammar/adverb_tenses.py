"""Adverbs of time whose verb is of another time: 今後、周知を強化した. 既に発送する予定である."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.normalize import AnyOf
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
    yield from _sentences_of_another_time(text)


_OPENING = r"(?:^|(?<=[。\n・•●■]))[ \u3000]*(?:(?:なお|また|さらに|このため|そのため|しかし|一方で?)、)?"
_COMING = LazyPattern(
    rf"{_OPENING}(?P<when>今後|これから|近日中|来月|来週|来期|来年度?|次年度|明年度?"
    r"|(?P<step>次の四半期|翌四半期|次期|翌年度|次回(?:の[^、。はにで]{2,10})?|来[月年]度?の[^、。はにで]{1,10}会議?))"
    r"(?:(?:に|で)?は、?|に、?|で、|、)(?P<rest>[^。\n]{6,60}[ただ])(?=。)",
    needs=(
        "今後",
        "これから",
        "近日中",
        "来月",
        "来週",
        "来期",
        "来年",
        "次年度",
        "明年",
        "次の",
        "翌",
        "次期",
        "次回",
    ),
)
_GONE = LazyPattern(
    rf"{_OPENING}(?P<when>先月|先週|先日|昨年度?|昨年中|一昨年度?|前年度?|前月|前期|前四半期|前回(?:の[^、。はにで]{{2,10}})?|過去に|これまでに?|すでに|既に)"
    r"(?:(?:に|で)?は、?|に、|で、|、|(?<=に))(?P<rest>[^。\n]{6,60}?)(?P<plan>(?:予定(?:である|だ|です|としている)?|見込み(?:である|だ|です)?|ことにしている|つもりである))(?=。)",
    needs=("予定", "見込", "ことにして", "つもり"),
)
# What was done about a time to come, or is to come about what was.
_ABOUT = AnyOf(
    "こと|よう|予定|方針|計画|検討|準備|向け|備え|見据|案を|案の|決|協議|調整|策定|作成|合意|確認|見込|求め|依頼|要請|指示|約束"
    "|申し合わせ|まとめ|整理|共有|示|公表|説明|議論|意見|要望|課題|目標|について|に関|ため|からの|から[実開適]|繰|延期|変更|見送|申込|募集"
    "|予約|必要|考え|見通|する旨|とし|契約|発注|だった|であった|なかった"
)
_NOT_DONE = AnyOf(
    "た|て、|で、|が、|し、|り、|き、|み、|げ、|め、|え、|ている|でいる|つつ|も|同様|同じ|続|比|踏まえ|加え|に対し|より|当初|延期|今年|今後|今期|今回|今月|来|本年|次|新|翌|改め|ない"
    "|最|初|累計|計で|合わせ|例の|どおり|通り|上回|下回|超え|達|となる"
)


def _sentences_of_another_time(text: str) -> Iterator[Misuse]:
    """来月は、勧奨を行った; 先月、案内を送る予定である: the first word of a sentence is of another time."""
    for found in _COMING.finditer(text):
        rest, step = found["rest"], found["step"]
        if _ABOUT.is_in(rest.replace("案内", "")) or _has_future_verb_before_noun(rest):
            continue
        if step and (step[-1] in text[: found.start("when")] or text.startswith("に", found.end("when"))):
            continue
        yield Misuse(found.start("when"), found.end(), found[0].strip(), f"{found['when']}…する予定である")
    for found in _GONE.finditer(text):
        if not _NOT_DONE.is_in(found["rest"]):
            yield Misuse(found.start("when"), found.end(), found[0].strip(), f"{found['when']}…した")


def _has_future_verb_before_noun(rest: str) -> bool:
    """Whether a verb that has not happened is before a noun, which the word of time may belong to."""
    return any(
        one in "るうくすぐぶむつ" and (then >= "一" or "ァ" <= then <= "ヶ") for one, then in pairwise(rest)
    )
