"""What a sentence says of no one, of what was called off, or of another way than the only one it names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kenpo_xl.domain.language.letters import is_hiragana, is_kanji
from kenpo_xl.domain.language.normalize import AnyOf, alternatives, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan

_UNIT = "件|名|人|社|事業所|団体|機関|世帯|か所|校|市町村"
_NONE = LazyPattern(
    rf"(?P<what>[^\W\d、。]{{2,10}}?)(?:は|が)、?\s?(?:(?:[1一]\s?(?:{_UNIT})も)?"
    r"(?:なく|なかったが|なかったものの|おらず|いなかったが|いなかったものの|いないが|ないが)|ゼロで|皆無で|(?<!\d)0\s?[件名人社]で)、?",
    needs=(
        "なく",
        "なかったが",
        "なかったもの",
        "おらず",
        "いなかった",
        "いないが",
        "ないが",
        "ゼロで",
        "皆無",
        "0",
    ),
)
_THEY = (
    r"[ぁ-ん]?(?:した|のあった|があった|みのあった|みをした|んだ)?(?:者|方|事業所|もの|案件)?(?:の)?\s?"
    rf"(?:[1-9][\d,]*\s?(?:{_UNIT})|(?<=[者方])(?:全員|一人一人)?(?:に|へ|から)(?!な|し|限|関))"
)
_OF_OTHERS = AnyOf(
    "前年|昨年|前回|うち|場合|予定|再度|再募集|次回|翌|以降|以外|除|新た|延長|後日|期限|追加|ほか|他の|一方|当初|ため、|ことから|希望|過去|例年|その後|改めて"
)
_ENDS_OF_PERSONS = "者方数"


def excluded_clauses(text: str) -> Iterator[TextSpan]:
    """Start and end of each clause of a sentence that cannot be true beside the clause before it."""
    plain = half_width(text)
    yield from _acts_though_none(plain)
    yield from _other_channels_than_only_one(plain)
    yield from _changes_in_both_directions(plain)
    for pattern, silent in _CONTRARY:
        for found in pattern.finditer(plain):
            if not silent.is_in(found[0]):
                yield found.span()


def _acts_though_none(plain: str) -> Iterator[TextSpan]:
    """応募者は1名もおらず、応募した6名に: what no one did is done by some in the same sentence."""
    for found in _NONE.finditer(plain):
        end = plain.find("。", found.end())
        rest = plain[found.end() : end if end >= 0 else len(plain)].partition("\n")[0]
        stem = _stem_of_name(found["what"])
        if len(stem) < len("受診") or not rest.endswith(("た", "だ")) or _OF_OTHERS.is_in(rest):
            continue
        then = _done_by_some(stem).search(rest)
        if then and not is_kanji(rest[then.start() - 1 : then.start()]):
            yield found.start(), found.end() + then.end()


def _stem_of_name(what: str) -> str:
    """The kanji of the last word of a name: 応募 of 応募者, 申込 of 申し込み."""
    letters = what.rpartition("の")[2].rstrip(_ENDS_OF_PERSONS)
    return "".join(letter for letter in letters if not is_hiragana(letter))


@cache
def _done_by_some(stem: str) -> LazyPattern:
    return LazyPattern("[ぁ-ん]?".join(stem) + _THEY)


# The only way of something, and what is done in another way.
_CHANNELS = (
    ("オンライン|Web|WEB|リモート", "会場に|会場の|会場には|来場|集合形式|会場で"),
    ("会場|対面|集合形式|来場", "オンラインで|視聴|配信した|Zoom|リモートで"),
    ("電話", "来所し|来庁し|封筒|同封|窓口で|訪問した"),
    ("郵送|書面|文書|封書|郵便", "メールで|電話で|会場に|会場から|来場|オンラインで"),
    ("電子メール|メール|FAX", "封筒|同封|郵送し|投函|電話で|訪問し"),
    ("訪問", "電話で|郵送し|メールで|封筒|来所し"),
    ("窓口|来所", "電話で|郵送で|メールで|オンライン申請"),
)
_ONLY_CHANNEL = LazyPattern(
    rf"(?P<channel>{'|'.join(names for names, _ in _CHANNELS)})"
    r"(?:形式|開催|配信|参加)?(?:のみ|だけ)(?:で|とし|に限り|による|により|での)[^、。]{0,14}、(?P<rest>[^。\n]{4,50})",
    needs=("のみ", "だけ"),
)
_NOT_HELD_THERE = LazyPattern(
    r"書面(?:で|により|にて)(?:開催|開い|実施)(?:した|し、|たが、)[^。、]{0,10}(?:では|には|は)?、?[^。]{0,6}(?:会場|来場|出席した|質疑応答)"
    r"|電話(?:で|により|にて)(?:面談|相談|面接)を?(?:行い|実施し|し)、来[所庁]した"
    r"|オンライン(?:で|により|にて|形式で)(?:開催|実施|行)(?:し|い)、会場(?:の|には|に集)",
    needs=("書面で", "書面に", "電話で", "電話に", "オンライン"),
)
_OTHER_OCCASION = AnyOf(
    "ほか|別|一方|次回|後日|ていた|前年|昨年|従来|これまで|ため|ではなく|代わ|今後|せず|なかった|なく|予定|できない|できず|希望|移行|切り替|やめ|廃止|不要|再|未"
    "|併用|併せ|とも|ハイブリッド|同時|中継|申込|予約|案内し|周知"
)


def _other_channels_than_only_one(plain: str) -> Iterator[TextSpan]:
    """説明会は会場のみで行い、オンラインでは40名が視聴した; 書面で開催した会議では、会場から."""
    for found in _ONLY_CHANNEL.finditer(plain):
        signs = next(then for names, then in _CHANNELS if found["channel"] in names.split("|"))
        is_once = found["rest"].endswith("た") and not _OTHER_OCCASION.is_in(found[0])
        if is_once and any(sign in found["rest"] for sign in signs.split("|")):
            yield found.span()
    for found in _NOT_HELD_THERE.finditer(plain):
        end = plain.find("。", found.end())
        is_one_of_two = plain[: found.start()].endswith(("と", "や", "及び"))
        if not is_one_of_two and not _OTHER_OCCASION.is_in(
            plain[found.start() : end if end >= 0 else len(plain)]
        ):
            yield found.span()


_DOWN = r"(?:減少し|減り|低下し|下回り|減少したが|減ったが)"
_UP = r"(?:増加し|増え|上昇し|上回り|増加したが|増えたが)"
_UP_AND_DOWN = LazyPattern(
    r"(?P<name>[^\W\d、。]{2,8}?)(?:の)?(?:件数|人数|数)?(?:は|が)(?P<between>[^、。]{0,14}?)"
    rf"(?:{_DOWN}、(?P=name)(?:の)?(?:件数|人数|数)?(?:は|が|も)[^、。]{{0,16}}?(?:増加し?た|増えた|上昇した|上回った)"
    rf"|{_UP}、(?P=name)(?:の)?(?:件数|人数|数)?(?:は|が|も)[^、。]{{0,16}}?(?:減少し?た|減った|低下した|下回った))",
    needs=("減少し", "減り", "低下し", "下回り", "減ったが", "増加し", "増え", "上昇し", "上回り"),
)
_LAST_YEAR = alternatives("前年度|昨年度|前年同期|昨年同期|前年同月|前年|昨年")
_TWO_TIMES = AnyOf("月|期|年|日|回|一方|うち|累計|平均|当たり|率|比|半|別|後|前")


def _changes_in_both_directions(plain: str) -> Iterator[TextSpan]:
    """苦情は減少し、苦情の件数は前年度より増加した: one thing rises and falls, at no other time."""
    for found in _UP_AND_DOWN.finditer(plain):
        words = found[0]
        for one in _LAST_YEAR:
            words = words.replace(one, "")
        if not _TWO_TIMES.is_in(words):
            yield found.span()


_EVENT = "説明会|研修会?|会議|セミナー|講座|教室|相談会|イベント|委員会|協議会|健診|面談|打合せ|催し|行事"
_THIS_YEAR = "(?:今年度|本年度|当年度|今期|当期|今年)"
_LAST = "(?:前年度|昨年度|前年同期|昨年同期|前年|昨年|前回)"
_BEGUN = (
    rf"(?:{_THIS_YEAR}から(?:新たに)?(?:始めた|開始した|導入した|設けた|実施した)|新設した"
    r"|(?:新たに|新規に)(?:設けた|始めた|開設した|導入した))"
)
_NEW_PERSONS = r"(?:新たに|新規に)(?:委嘱した|採用した|任命した)"
_AS_BEFORE = "に引き?続き|に続き|と同じ|と同様"
_CONTRARY = (
    # 全てに案内を送付し、残る12事業所には送付していない
    (
        LazyPattern(
            r"(?:全て|すべて|全員|全(?:事業所|会場|機関|市町村|社|校|施設|支部|委員|対象者|団体))(?:の[^、。]{1,8})?(?:に|へ|を|が|から)[^。、]{0,12}?"
            r"(?P<act>[^\W\d\x00-ん]{2})(?:し|を終え|を行い|を得て?|があり)[^。、]{0,4}、(?:残る|残り|その他|ほか)の?\s?\d[^。]{1,10}(?P=act)"
            r"(?:して|されて|を得て|を行って)?いない",
            needs=("全",),
        ),
        AnyOf("予定|計画|当初|よう|ほぼ|次"),
    ),
    # セミナーは中止となり、当日は52名が参加した
    (
        LazyPattern(
            r"(?:中止|延期|見送り|取りやめ)(?:となり|とし|になり|となったが|としたが|したが|し)、[^。\n]{0,16}?"
            r"(?:\d[\d,]*\s?(?:名|人|社|事業所|団体)が(?:参加|出席|来場|受講)した|予定どおり\s?[^。]{0,12}(?:出席|参加|開催)した|盛況であった)",
            needs=("中止", "延期", "見送り", "取りやめ"),
        ),
        AnyOf(
            "代わ|替|改めて|日程|その後|別|再|後日|オンライン|書面|動画|個別|翌|申し込|申込|次|月に|日に|一部|うち|には|では"
        ),
    ),
    # 研修は見送ったが、受講した職員からは
    (
        LazyPattern(
            r"(?:中止(?:し|とし|となっ)たが|見送ったが|取りやめたが|中止し|見送り)、(?:受講|参加|来場|出席)(?:した[^、。]{0,8}|者)(?:から|に)は?[^。]{0,20}た(?=。)",
            needs=("中止", "見送", "取りやめ"),
        ),
        AnyOf("予定|連絡|申し込|申込|代わ|別|お詫び|通知|案内|希望|前回|昨年"),
    ),
    # 受講料は無料とし、1人1,000円を徴収した
    (
        LazyPattern(
            r"無料(?:とし|で[^。、]{0,10}|により[^。、]{0,10})、[^。\n]{0,20}?[1-9][\d,]*\s?円(?:を)?(?:徴収|集め|受け取|いただい)",
            needs=("無料とし", "無料で", "無料により"),
        ),
        AnyOf("以外|除|ただし|のみ|材料|一部|会員|教材|昼食|超え|場合|別途|希望"),
    ),
    # 今年度から始めた訪問は、前年度の40件から; 新設した窓口は、前年度と同じく
    (
        LazyPattern(
            rf"{_BEGUN}[^\W\d\x00-ん]{{2,10}}は、?[^。、]{{0,12}}?{_LAST}(?:の\s?\d|{_AS_BEFORE}|より|に比べ|から\s?\d)"
            rf"|{_NEW_PERSONS}[^\W\d\x00-ん]{{2,10}}は、?[^。、]{{0,12}}?{_LAST}(?:{_AS_BEFORE})",
            needs=(
                "から始めた",
                "から新たに",
                "から開始",
                "から導入",
                "から実施",
                "から設け",
                "新設した",
                "新たに",
                "新規に",
            ),
        ),
        AnyOf("類似|別の|従来|旧|試行|計画|見込"),
    ),
    # 初めての取組として、前年度に引き続き; 昨年度から続けている取組で、今年度初めて実施した
    (
        LazyPattern(
            rf"(?:初めて|初)の(?:取り?組み?|試み|開催|実施|事業|企画)(?:として|で|であり|となる)、?[^。、]{{0,6}}(?:{_LAST}|例年|従来)"
            r"(?:に引き?続き|に続き|に続いて|と同様に?|と同じく|どおり|通り)"
            rf"|(?:{_LAST}|以前|\d年度)から(?:続けて|継続して|続く|実施して|行って)[^。、]{{0,12}}(?:で|であり|だが)、[^。、]{{0,10}}初めて(?:実施|開催|行っ|開い)",
            needs=("初めて", "初の"),
        ),
        AnyOf("対面|会場|オンライン|土曜|地区|別の"),
    ),
    # 医師が欠席した会議で、医師から助言を受けた
    (
        LazyPattern(
            r"(?P<who>[^\W\d\x00-ん]{2,8})が欠席[^。、]{0,14}、(?P=who)(?:から|が|も|の(?:発言|説明|意見|助言))[^。]{2,20}た(?=。)",
            needs=("が欠席",),
        ),
        AnyOf("後日|事前|書面|代理|別|改めて|文書|メール|代わ|次|録"),
    ),
    # 参加者が集まらず中止した教室のアンケートでは
    (
        LazyPattern(
            rf"(?:中止した|中止となった|見送った|取りやめた)(?:{_EVENT})(?:の)?(?:アンケート|終了後|満足度|参加者の(?:満足|感想))[^。]{{0,12}}",
            needs=("中止した", "中止となった", "見送った", "取りやめた"),
        ),
        AnyOf("途中|前回|昨年|前年|代わ|申込"),
    ),
    # 配布を終えたチラシを、来月から配布する予定である
    (
        LazyPattern(
            r"(?P<act>[^\W\d\x00-ん]{2})を(?:終えた|完了した)(?P<thing>[^\W\d\x00-ん]{2,10})を、?[^。、]{0,14}(?P=act)(?:する|予定|していく)",
            needs=("を終えた", "を完了した"),
        ),
        AnyOf("再|別|追加|残|引き続き|も|ほか|新"),
    ),
    # 対象者はいなかったが、対象者に個別に連絡した
    (
        LazyPattern(
            r"(?P<who>(?:[^\W\d\x00-ん]{2,6})?(?:者|方|事業所|委員))(?:は|が)(?:1\s?[名人社]も)?(?:いなかったが|おらず|なかったが|なく)、(?P=who)(?:全員)?(?:に|へ|から|が)[^。]{2,24}た(?=。)",
            needs=("いなかったが", "おらず", "なかったが", "なく"),
        ),
        AnyOf("場合|ため|前年|昨年|以外|予定|募集|再|改めて|次"),
    ),
)
