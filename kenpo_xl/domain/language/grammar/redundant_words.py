"""Words that say a thing twice (ごと毎, 等など, 約100件程度, およそ約)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.letters import is_kanji
from kenpo_xl.domain.language.normalize import places_of
from kenpo_xl.domain.language.numbers_in_text import numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern

_COUNTED = "件|人|名|社|事業所|機関|団体|か所|ヶ所|箇所|市町村|部|枚|通|冊|回|円|千円|％|%|割|倍"


def _superlatives_before(letter: str) -> tuple[str, ...]:
    """What says most before a letter."""
    return tuple(one + letter for one in ("一番", "いちばん", "最も"))


# What says it twice, and what says it once.
_TWICE = (
    (
        LazyPattern(
            r"(?:ごと[に]?毎|毎ごと|ごとごと|毎毎)(に?)(?![年月日週回度])",
            needs=("ごと毎", "ごとに毎", "毎ごと", "ごとごと", "毎毎"),
        ),
        r"ごと\1",
    ),
    (
        LazyPattern(
            r"毎([月年週日])(?:ごと|毎)(?:に)?",
            needs=("毎月ごと", "毎年ごと", "毎週ごと", "毎日ごと", "毎月毎", "毎年毎", "毎週毎", "毎日毎"),
        ),
        r"毎\1",
    ),
    (LazyPattern(r"約(半[数分]|[一二三四五六七八九]割)(?:程度|ほど|くらい)", needs=("約半", "割")), r"約\1"),
    (
        LazyPattern(
            r"(約|およそ|おおよそ)\s*([\d０-９]+\s*(?:か月|日|週|年|時間|分)間?)(?:ほど|程度|くらい)",
            needs=("約", "およそ", "おおよそ"),
        ),
        r"\1\2",
    ),
    (
        LazyPattern(r"(?:全て|すべて|全部)の?(?:全て|すべて|全部)", needs=("て全", "てす", "部す", "部全")),
        "全て",
    ),
    (
        LazyPattern(
            r"ことができ[^。、]{0,10}ことができ|ことが可能ができ", needs=("ことができ", "ことが可能")
        ),
        "ことができ",
    ),
    (
        LazyPattern(r"毎([^\W\x00-ヿ]{1,3}[前後時]?に?)(?:ごと|毎)に?", contains="毎[^。、]{1,5}(?:ごと|毎)"),
        r"毎\1",
    ),
    (
        LazyPattern(
            r"などといった等|といった等|などの等|等の等|など等|などといったなど|等といった(?:など|等)",
            needs=("った等", "の等", "など等", "ったなど"),
        ),
        "など",
    ),
    (
        LazyPattern(
            r"等(?:など|等|とう)|など等|などなど", needs=("等など", "等等", "等とう", "など等", "などなど")
        ),
        "など",
    ),
    (LazyPattern(r"(?:およそ|おおよそ|ほぼ|約)約|約(?:およそ|おおよそ|ほぼ)", needs="約"), "約"),
    (
        LazyPattern(
            rf"約\s*([\d０-９][\d０-９,，.．万千百]*\s*(?:{_COUNTED}))(?:ほど|くらい|ぐらい|余り|あまり|前後|程度)+",
            needs="約",
        ),
        r"約\1",
    ),
    (
        LazyPattern(
            rf"(?:およそ|おおよそ)\s*([\d０-９][\d０-９,，.．万千百]*\s*(?:{_COUNTED}))(?:ほど|くらい|ぐらい|余り|前後|程度)",
            needs=("およそ", "おおよそ"),
        ),
        r"およそ\1",
    ),
    (LazyPattern(r"最も一番|一番最も", needs=("最も一番", "一番最も")), "最も"),
    (
        LazyPattern(
            r"あらかじめ[、]?事前に|事前に[、]?あらかじめ|予め[、]?事前に|事前に[、]?予め",
            needs=("あらかじめ", "予め"),
        ),
        "事前に",
    ),
    (LazyPattern(r"後から後で|後で後から", needs=("後から後で", "後で後から")), "後から"),
    (
        LazyPattern(
            r"(?:一番|いちばん)最初に|まず最初に|まず始めに|まず初めに", needs=("最初", "始め", "初め")
        ),
        "最初に",
    ),
    (
        LazyPattern(
            r"(?:一番|いちばん|最も)最(後|新|大|小|多|少|高|低|善|適)", needs=_superlatives_before("最")
        ),
        r"最\1",
    ),
    (
        LazyPattern(
            r"(?:引き?続き|継続して)[、]?(?:継続|引き?続き)(し|を)", needs=("続き継", "続き、継", "して引")
        ),
        r"継続\1",
    ),
    (
        LazyPattern(
            r"(?:いま|未)だ(?:に)?未(提出|回答|納付?|受診|確認|処理|加入|登録|実施|着手|達成|定)",
            needs=("だ未", "だに未"),
        ),
        r"未\1",
    ),
    (LazyPattern(r"まだ未(実施|着手|達成|返送|返信|払|定)", needs=("まだ未",)), r"未\1"),
    (
        LazyPattern(
            r"(?:再度|再び|もう一度|改めて)再(確認|点検|周知|送付|検討|依頼|通知|発送|開)",
            needs=("度再", "び再", "めて再"),
        ),
        r"再\1",
    ),
    (LazyPattern(r"(?:再度|もう一度)(確認|見|点検|計算|作成)(し)?直", needs=("直し", "直す")), r"\1\2直"),
    (
        LazyPattern(
            r"(?:すでに|既に)[、]?(?:すでに|既に)",
            needs=("でに既", "でに、既", "でにすで", "既に既", "既にすで"),
        ),
        "既に",
    ),
    (LazyPattern(r"後で後悔", needs=("後で後悔",)), "後悔"),
    (LazyPattern(r"違和感を感じ", needs=("違和感を感",)), "違和感を覚え"),
    (LazyPattern(r"被害を被(っ|り|る)", needs=("被害を被",)), r"被害を受け"),
    (
        LazyPattern(r"(?:従来|以前|従前|古来)から(の)?(?:従来|以前|従前)", needs=("来から", "前から")),
        r"従来から\1",
    ),
    (LazyPattern(r"(?:互いに|お互いに)相互に|相互に互いに", needs=("相互に",)), "互いに"),
    (LazyPattern(r"(?:とりあえず|取りあえず)暫定的|暫定的にとりあえず", needs=("暫定的",)), "暫定的"),
    (
        LazyPattern(r"(?:だいたい|大体|おおむね|概ね)約|約(?:だいたい|大体|おおむね|概ね)", needs=("約",)),
        "約",
    ),
    (LazyPattern(r"(?:全て|すべて)一任|一切(?:すべて|全て)", needs=("一任", "一切")), "すべて"),
    (LazyPattern(r"連日毎日|毎日連日", needs=("連日",)), "毎日"),
    (
        LazyPattern(
            r"最低でも\s*([\d０-９][\d０-９,，]*\s*\S{1,3}?)以上",
            needs=("最低",),
        ),
        r"\1以上",
    ),
    (LazyPattern(r"(?:過半数|半数以上)以上|半数を超える過半数", needs=("過半数", "半数以上")), "過半数"),
    (
        LazyPattern(
            r"(?:事前の?|前もって)(?:予約|予告|予測)を?事前|前もって(?:予約|予告|事前)",
            needs=("事前", "前もって"),
        ),
        "事前に",
    ),
    (LazyPattern(r"期限までに期限内|期間内の期間", needs=("期限内", "期間内")), "期限までに"),
    (
        LazyPattern(r"(?:ほぼ|概ね|おおむね)(?:ほとんど|ほぼ|大半)|ほとんどほぼ", needs=("ほとんど", "ほぼ")),
        "ほぼ",
    ),
    (
        LazyPattern(
            r"(?:さらに|更に)(?:より一層|なお一層|加えて、さらに)|より一層さらに",
            needs=("一層", "加えて、さらに"),
        ),
        "より一層",
    ),
    (
        LazyPattern(
            r"(?:全て|すべて)の全(?=[^\W\x00-ヿ]{2})(?!国|員|体|般|面|力|容|部)", needs=("ての全", "べての全")
        ),
        "全",
    ),
    (LazyPattern(r"各それぞれの?|それぞれの各", needs=("各それぞれ", "それぞれの各")), "各"),
    (LazyPattern(r"毎(回|月|年|週|日)ごとに毎\1", needs=("ごとに毎",)), r"毎\1"),
    (
        LazyPattern(
            r"(?:本年度|今年度|当年度)の(?:本年度|今年度|当年度)|(?:昨年度|前年度)の(?:昨年度|前年度)",
            needs=("年度の本", "年度の今", "年度の当", "年度の昨", "年度の前"),
        ),
        "",
    ),
    (LazyPattern(r"今現在|いま現在", needs=("現在",)), "現在"),
    (LazyPattern(r"過半数を(超え|上回)", needs=("過半数を",)), r"半数を\1"),
    (LazyPattern(r"まだ未(提出|回答|納付|受診|確認|処理|加入|登録)", needs=("まだ未",)), r"未\1"),
    (LazyPattern(r"各(月|年|日|週|回)(?:ごと|毎)に", needs=("ごとに", "毎に")), r"\1ごとに"),
    (LazyPattern(r"返(?:事|答)を返", needs=("を返",)), "回答を返"),
    (LazyPattern(r"必ず必要", needs=("必ず必要",)), "必要"),
    (
        LazyPattern(r"(?:全て|すべて)の([^。、はが]{1,12}が)(?:全て|すべて)(?!の)", needs=("全て", "すべて")),
        r"全ての\1",
    ),
    (
        LazyPattern(r"(以上|以内)を(?:超え|上回っ)", needs=("以上を超え", "以上を上回", "以内を超え")),
        r"\1となっ",
    ),
    (LazyPattern(r"(以下|未満)を(?:下回っ)", needs=("以下を下回", "未満を下回")), r"\1となっ"),
    (LazyPattern(r"以降から", needs=("以降から",)), "以降"),
    (LazyPattern(r"以前まで", needs=("以前まで",)), "以前"),
    (LazyPattern(r"(以上|以下|未満|以内|以降|以前)(?:以上|以下|未満|以内|以降|以前|超)(?!児)"), r"\1"),
)


def redundant_words(text: str) -> Iterator[Misuse]:
    """The words of a text that say a thing twice."""
    for pattern, once in _TWICE:
        for found in pattern.finditer(text):
            yield Misuse(found.start(), found.end(), found[0], found.expand(once))
    yield from _bounds_with_opposite_words(text)
    yield from _words_repeating_themselves(text)


_BEHIND_NAME = tuple("をにがはでへ、。会")
_SHORTEST_NAME, _LONGEST_NAME = 2, 6


def _words_repeating_themselves(text: str) -> Iterator[Misuse]:
    """結果の結果を, 会長の会長が: a word of itself, whole on both sides."""
    for at in places_of(text, "の"):
        start = at
        while start and at - start < _LONGEST_NAME and is_kanji(text[start - 1]):
            start -= 1
        name = text[start:at]
        end = at + 1 + len(name)
        is_same = len(name) >= _SHORTEST_NAME and text.startswith(name, at + 1)
        if is_same and text.startswith(_BEHIND_NAME, end):
            yield Misuse(start, end, text[start:end], name)


_BOUNDS = (
    ("最大", ("以上",)),
    ("最高", ("以上",)),
    ("少なくとも", ("以下", "未満", "以内")),
    ("最低でも", ("以下", "未満")),
)


def _bounds_with_opposite_words(text: str) -> Iterator[Misuse]:
    """最大30名以上, 少なくとも30名以下: words before and behind a number that exclude each other."""
    for word, ends in _BOUNDS:
        for number in numbers_in(text) if word in text else ():
            behind = number.start + len(number.text)
            end = next((one for one in ends if text.startswith(one, behind)), "")
            if end and text[: number.start].rstrip("で は").endswith(word):
                start = text.rfind(word, 0, number.start)
                yield Misuse(start, behind + len(end), text[start : behind + len(end)], text[start:behind])
