"""Clauses of a sentence that cannot both be true: 完了したが、現在も継続中である."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import AnyOf, alternatives, half_width
from kenpo_xl.domain.language.word_table import WordTable
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan

# Words that exclude each other, and how many letters may be between them.
_EXCLUDE = tuple(
    (alternatives(first), alternatives(then), most)
    for first, then, most in (
        ("予定どおり|予定通り|計画どおり|計画通り", "延期|中止|見送|変更して|前倒し", 6),
        ("増加し、|増加したが、|増加して、|増え、", "減少した|減少し|減った|減少となった", 2),
        ("減少し、|減少したが、|減少して、|減り、", "増加した|増加し|増えた|増加となった", 2),
        ("低下し、|低下したが、|低下して、", "上昇した|向上した|改善した", 2),
        ("上昇し、|向上し、|上昇したが、|改善し、", "低下した|悪化した", 2),
        (
            "上回ったが、|上回り、|上回ったものの、",
            "下回った|下回り|届かなかった|達しなかった|達成しなかった|達成できなかった|減少した",
            8,
        ),
        (
            "下回ったが、|下回り、|届かなかったが、|届かなかったものの、|達しなかったものの、|達しなかったが、",
            "上回った|上回る|達成した|上回り|超えた|増加した",
            8,
        ),
        (
            "完了したが、|終了したが、|完了し、|終了し、|完了しているが、",
            "継続中|実施中|作業中|未完了|現在も継続|現在も実施|引き続き実施中",
            6,
        ),
        (
            "初めて|初の試みとして、|新たに|新規に|初めて開催し、|初めて実施し、",
            "例年どおり|例年通り|昨年度に引き続き|前年度に引き続き|継続して|2回目|3回目|第2回|第3回",
            6,
        ),
        (
            "引き続き、|引き続き|例年どおり、|例年どおり|例年通り",
            "初めて実施|初めて開催|初めて行|初めての|初めて開始|初めて掲載|初めて作成|初めて試み|初めて取り|初めて設|新規に開始|新たに開始|初の試み",
            0,
        ),
        ("いなかったため、|なかったため、", "希望者|申込者|該当者|応募者|申請者", 0),
        (
            "全件処理したが、|全件処理し、|全件処理済みであるが、|全て処理したが、|すべて処理したが、",
            "未処理|残り|残って",
            4,
        ),
        (
            "全て得られたが、|すべて得られたが、|全て回収したが、|すべて回収したが、|全員が回答したが、",
            "未回答|未回収|未提出",
            2,
        ),
        (
            "全員が参加したが、|全員が出席したが、|全員が参加し、|全員が出席し、",
            "欠席者が|欠席者は|が欠席",
            3,
        ),
        ("全員が受講したが、|全員が受講し、|全職員が受講したが、", "未受講|欠席", 3),
        (
            "送付済みであるが、|発送済みであるが、|送付したが、|発送したが、",
            "送付していない|発送していない|まだ送付して|未送付である",
            4,
        ),
        (
            "横ばいで、|横ばいであり、|変わらず、|変わらず|同じ件数で、|同数で、|同程度で、|増減なく、|前年並みで、|前年並みに",
            "大きく上昇|大幅に上昇|上昇した|大きく増加|大幅に増加|増加した|大きく減少|大幅に減少|減少した|低下した|急増した|急減した|増えた|減った",
            4,
        ),
        (
            "初めての取組で、|初めての試みで、|初の取組として、|初めて実施し、",
            "例年|毎年|前年度と同様|昨年度と同様|従来どおり",
            2,
        ),
        (
            "限定せず、|限定せずに、|問わず、|全員を対象とし、|広く募り、",
            "管理職のみ|新規の方のみ|一部の方のみ|希望者のみ|職員のみ|役員のみ",
            6,
        ),
        ("非公開で開催し、|非公開とし、|非公開で行い、", "傍聴者が|傍聴者は|一般公開|公開した", 6),
        (
            "予約不要とし、|申込不要とし、|予約は不要とし、|予約なしで、",
            "予約した方のみ|申し込んだ方のみ|予約者のみ|事前予約のみ|予約した方に限",
            4,
        ),
        (
            "廃止し、|廃止したが、|終了し、|打ち切り、",
            "新たに継続|引き続き継続|継続して実施|継続した|引き続き実施した",
            6,
        ),
        ("継続し、|継続して、", "廃止した|終了した|打ち切った|取りやめた", 2),
        ("定員に達し、|定員を超え、|満席となり、", "定員割れ|定員に満たな|空きが|空席が|募集を続け", 6),
        ("定員に満たず、|定員割れとなり、|空席があり、", "抽選を|満席|定員を超え|お断り", 6),
        ("全て完了し、|すべて完了し、|全件完了し、|処理を終え、", "処理中|未処理|残って|継続中", 6),
        ("公表せず、|公開せず、|周知せず、", "公表した|公開した|周知した", 8),
        ("採用せず、|採用を見送り、", "採用した|配置した", 4),
        ("閉鎖し、|休館とし、|休止し、", "開館した|開設した|通常どおり|通常通り", 6),
        ("過去最少の|過去最低の|最少の", "増え|最多|過去最高|過去最多", 14),
        ("過去最多の|過去最高の|最多の", "減り|減少|最少|過去最低|過去最少", 14),
        ("中止となったため、|中止したため、", "予定どおり開催|計画どおり開催|予定どおり実施", 0),
    )
)
# What is between: of something else, or of another time.
_OF_ANOTHER = AnyOf("は|も|一方|月|期|うち|前半|後半|その後|地域|残|ほか|他の|、")
_CALLED_OFF = ("中止となった", "中止した", "中止になった", "開催を見送った", "実施を見送った")
_HELD = AnyOf("名が参加した|人が参加した|社が参加した|開催した。|実施した。|盛況|満席")
_OTHER_TIME = AnyOf("ため|代わ|替|改めて|日程|その後|別|再|後日|が、|オンライン|書面|動画|個別|翌|者に")


@cache
def _first_words() -> WordTable:
    return WordTable(word for first, _, _ in _EXCLUDE for word in first)


def opposed_clauses(text: str) -> Iterator[TextSpan]:
    """Start and end of the words of a sentence that exclude each other."""
    plain = half_width(text)
    here = _first_words().words_in(plain)
    for first, then, most in _EXCLUDE if here else ():
        for word in filter(here.__contains__, first):
            at = plain.index(word)
            yield from _opposed_words_behind(plain, at, at + len(word), then, most)
    yield from _held_though_called_off(plain)
    for pattern in _CONTRADICTIONS:
        for found in pattern.finditer(plain):
            yield found.span()
    if "回" in plain and "年" in plain:
        yield from (found.span() for found in _EVERY_MONTH.finditer(plain))


_OF_SUCH = "事業所|事業主|者|件|世帯|団体|機関|もの|施設|会場"
_EVENT = "説明会|研修会?|会議|セミナー|講座|教室|相談会|イベント|委員会|協議会|健診|面談"
_CONTRADICTIONS = (
    # 説明会は開催しなかったが、参加者は40名
    LazyPattern(
        rf"(?:{_EVENT})(?:は|を)、?(?:開催|実施)(?:しなかった|していない|せず|できず|できなかった|を見送った)(?:が|ものの|ところ)?、"
        r"(?![^。]*(?:代わ|替|動画|資料|書面|オンライン|個別|別|前年|昨年|予定))[^。]{0,12}(?:参加者|受講者|出席者|来場者)(?:数)?(?:は|が)\s?\d",
        needs=("しなかった", "していない", "せず、", "できず、", "できなかった", "見送った"),
    ),
    # 未提出の事業所はなく、未提出の5事業所に
    LazyPattern(
        rf"(?P<what>未[^\W\x00-ヿ]{{2}}|欠席|該当|希望|不備|苦情|遅延|応募|申込み?)(?:の)?(?:{_OF_SUCH})?(?:は|が)"
        r"(?:なく|なかった|ない|おらず|いなかった|いない|ゼロで|0件で|0社で|0名で)(?:が|ものの|ため|ことから|り)?、?[^。、]{0,8}"
        rf"(?P=what)(?:の|した|者|のあった)?\s?(?:[1-9]\d*|(?:{_OF_SUCH})(?:に|へ|[1-9]))",
        needs=("はな", "がな", "はおら", "はいな", "がおら", "がいな", "はゼロ", "は0", "がゼロ"),
    ),
    # 件数は0件で、15件について
    LazyPattern(
        r"(?:は|が)\s?0\s?(?P<unit>件|名|人|社|回|事業所)(?:で(?:あり|あったが|あった)?|となり|となったが)、(?:うち|この|その)?\s?[1-9]\d*\s?(?P=unit)"
        r"(?:を|について|に対し|に対応|の内容|へ|が)",
        needs=tuple(
            f"{particle}{zero}{unit}"
            for particle in "はが"
            for zero in ("0", " 0", "0 ", " 0 ")
            for unit in ("件で", "件と", "名で", "人で", "社で", "回で", "事業所で")
        ),
    ),
    # 無料で、参加費500円を; ほぼ全員の、一部の方が
    LazyPattern(
        r"無料(?:で|とし|により)、?[^。]{0,12}(?:参加費|受講料|費用|料金|手数料|負担金)(?:は|を|として)?\s?[1-9][\d,]*\s?円"
        r"|(?:ほぼ全員|全員|すべて|全て)の?、\s?(?:一部|半数|数名|少数)の(?:方|者|職員|事業所|参加者)が",
        needs=("無料で", "無料とし", "無料により", "全員の、", "全員、", "すべての、", "全ての、"),
    ),
    # 対象は新規の事業所のみとし、既存の事業所にも
    LazyPattern(
        r"(?:のみ|だけ)(?:とし|を対象とし|に限定し|に限り|に絞り)、(?![^。]*(?:次|翌|今後|別|その後|後日))[^。、]{0,16}にも"
        r"[^。、]{0,6}(?:送付|発送|実施|案内|配布|通知|周知|勧奨|訪問)し",
        needs=tuple(
            f"{only}{end}" for only in ("のみ", "だけ") for end in ("とし", "を対象", "に限", "に絞")
        ),
    ),
    # 対面で開催し、オンラインのみで
    LazyPattern(
        r"(?P<how>対面|来所|集合形式|会場|オンライン|書面|郵送|電話|訪問)(?:形式)?(?:で|により)(?:開催|実施|受付|受け付|行)[^。、]{0,2}、"
        r"(?![^。]*(?:次|翌|後日|回目|一部|年度|は))(?!(?P=how))(?:対面|来所|集合形式|オンライン|書面|郵送|電話|訪問)のみ",
        needs=("のみで", "のみの", "のみと", "のみに"),
    ),
)


_EVERY_MONTH = LazyPattern(
    r"毎(?:月|週)(?:欠かさず|必ず|定期的に|1回)?、?[^。、\d毎]{0,8}年(?:に|間)?\s?(?:[1-9]|1[01])\s?回(?!以上)",
    needs=("毎月", "毎週"),
)
"""毎月欠かさず、年2回開催した"""


def _held_though_called_off(plain: str) -> Iterator[TextSpan]:
    """中止となった説明会に30名が参加した."""
    for word in _CALLED_OFF:
        at = plain.find(word)
        end = plain.find("。", at)
        clause = plain[at + len(word) : end + 1] if at >= 0 and end >= 0 else ""
        if clause and clause[0] not in "、。がとた" and _HELD.is_in(clause) and not _OTHER_TIME.is_in(clause):
            yield at, end


_FIRST_TIME = AnyOf(
    "に初めて|初めて開催|初めて実施|初めて行|初開催|今年度から新たに|本年度から新たに|初の試みとして"
)
_LAST_TIME = alternatives(
    "昨年度の|前年度の|昨年の|前年の|前回の|前年同期の|昨年度は|前年度は|昨年度より|前年度より|前回より|前年を|前年度を|昨年度を|前回を"
)
_NEW = ("初めて", "初開催", "新たに", "初の試み")
_COMPARED = AnyOf("上回|下回|増加|減少|増え|減っ|より多|より少|同数|と同じ|比べ")
_OTHER_EVENT = AnyOf(
    "別の|類似|同種|同様の|に代|に替|対面|従来|旧|参加者のうち|うち|ほかの|他の|初めて参加|初めて受|年ぶり|以来"
)


def first_time_compared(text: str) -> Iterator[TextSpan]:
    """今年度に初めて開催した…は、前年度の45名を上回る: there was none to compare with; within a sentence."""
    plain = half_width(text)
    start = 0
    for sentence in plain.split("。") if _FIRST_TIME.is_in(plain) else ():
        at = min(_first_place_of_each_word(sentence, _NEW), default=-1)
        is_new = at >= 0 and _FIRST_TIME.is_in(sentence) and not _OTHER_EVENT.is_in(sentence)
        if is_new and _compares_with_last_time_after(sentence, at):
            yield start + at, start + len(sentence)
        start += len(sentence) + 1


def _first_place_of_each_word(sentence: str, words: Iterable[str]) -> list[int]:
    """Where each of the words that a sentence has is first in it."""
    return [place for word in words if (place := sentence.find(word)) >= 0]


def _compares_with_last_time_after(sentence: str, at: int) -> bool:
    """Whether a number is compared with the last time behind a place of a sentence."""
    later = [place for place in _first_place_of_each_word(sentence, _LAST_TIME) if place > at]
    return bool(later) and _is_number_compared(sentence[min(later) :])


def _is_number_compared(behind: str) -> bool:
    return _COMPARED.is_in(behind) and any(letter.isdecimal() for letter in behind[:14])


def opposed_words(text: str) -> Iterator[TextSpan]:
    """増加（減少）, 午前（13時～）, and 紙から紙へ移行: the opposite in a bracket, or no change."""
    plain = half_width(text)
    for one, other in _OPPOSITES:
        at = plain.find(f"{one}({other})")
        if at >= 0 and plain.count("(") == 1:
            yield at, at + len(one) + len(other) + 2
    for half, hours in (("午前(", range(13, 24)), ("午後(", range(6, 12))):
        at = plain.find(half)
        digits = plain[at + len(half) : at + len(half) + 3] if at >= 0 else ""
        hour = digits.split("時")[0]
        if "時" in digits and hour.isdecimal() and int(hour) in hours:
            yield at, at + len(half) + len(hour) + 1
    yield from _changes_into_the_same(plain)


_OPPOSITES = tuple(
    pair
    for one, other in (
        ("増加", "減少"),
        ("上昇", "低下"),
        ("男性", "女性"),
        ("新規", "継続"),
        ("対面", "オンライン"),
        ("午前", "午後"),
        ("達成", "未達成"),
        ("平日", "休日"),
        ("実施", "未実施"),
        ("提出", "未提出"),
        ("紙", "電子"),
    )
    for pair in ((one, other), (other, one))
)
_CHANGES = ("移管", "移行", "変更", "切り替", "切替", "引き継", "移転", "転換", "改称", "名称変更")


def _changes_into_the_same(plain: str) -> Iterator[TextSpan]:
    """紙から紙へ移行: what was is what becomes."""
    at = plain.find("から")
    while at >= 0:
        start = at
        while start and is_noun_letter(plain[start - 1]):
            start -= 1
        name, behind = plain[start:at], plain[at + 2 :]
        is_same = name and behind.startswith((f"{name}へ", f"{name}に"))
        if is_same and behind[len(name) + 1 :].startswith(_CHANGES):
            yield start, at + 3 + len(name)
        at = plain.find("から", at + 2)


def _opposed_words_behind(
    plain: str, start: int, end: int, then: tuple[str, ...], most: int
) -> Iterator[TextSpan]:
    for word in then:
        at = plain.find(word, end, end + most + len(word))
        if at >= 0 and "。" not in plain[end:at] and not _OF_ANOTHER.is_in(plain[end:at]):
            yield start, at + len(word)
            return
