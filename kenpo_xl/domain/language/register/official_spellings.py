"""Words that official texts (公用文) write in kana: 行う事が出来る, 以下の通り, 確認して頂く."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.letters import QUOTES, has_open_pair_at_end
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import PlacedSlip

_VERB = "うくぐすつぬぶむるたいだ"
_RARE = (
    "予め 殆ど 僅か 於 依って 拘 関わらず 沢山 色々 宜しく 是非とも 毎に 勿論 流石 何卒 丁度 一寸 旨く 呉れ "
    "仕舞 兎に角 或 矢張 尤も 暫く 直ぐ 未だ"
)
# Verbs of two kanji that official texts write in full, the nouns of which may be short: 取組, 申込み.
_VERBS_IN_FULL = {
    "取組": "取り組",
    "申込": "申し込",
    "引継": "引き継",
    "打合": "打ち合わ",
    "受付": "受け付",
    "取扱": "取り扱",
    "取消": "取り消",
    "差替": "差し替",
    "切替": "切り替",
    "引渡": "引き渡",
    "立会": "立ち会",
    "割当": "割り当",
    "振込": "振り込",
    "取下": "取り下",
    "引上": "引き上",
    "引下": "引き下",
    "積立": "積み立",
    "申入": "申し入",
}
_SHORT_VERBS = (
    r"(?:取組(?=[むんめ])|申込(?=[むんめま])|引継(?=[いぐがげ])|打合(?=せ[たるて])|受付(?=け[たるて])|取扱(?=[っうわえ])"
    r"|取消(?=[しす][たて、。])|差替(?=え[たるて])|切替(?=え[たるて])|引渡(?=[しす][たて])|立会(?=[っう])|割当(?=て[たる])"
    r"|振込(?=[むん])|取下(?=げ[たる])|引[上下](?=げ[たる])|積立(?=て[たる])|申入(?=れ[たる]))"
)
# What is written, and what official texts write.
_PATTERNS = (
    (LazyPattern(_SHORT_VERBS, needs=tuple(_VERBS_IN_FULL)), ""),
    (LazyPattern(r"出来(?=る|た(?!て|ば)|な[いかくけ]|て|ま[すせし]|ず|れば)", needs="出"), "でき"),
    (LazyPattern(rf"(?<=[{_VERB}])事(?=[がをはもにとでの、。])", needs="事"), "こと"),
    (LazyPattern(rf"(?<=[{_VERB}の])通り(?=[、。に実進]|である|です|行|と)", needs="通り"), "とおり"),
    (LazyPattern(rf"(?<=[{_VERB}の])為(?=[、に。の])", needs="為"), "ため"),
    (LazyPattern(rf"(?<=[{_VERB}の])様に(?=[、しなっ努依周])", needs="様に"), "ように"),
    (LazyPattern(rf"(?<=[{_VERB}と])共に", needs="共に"), "ともに"),
    (
        LazyPattern(
            r"(?<=[てで])(?:下さ(?=い|る|っ|り)|頂(?=い|く|け|き))", needs=("て下", "で下", "て頂", "で頂")
        ),
        "",
    ),
    (LazyPattern(r"(?<=[^\W\x00-ん])致し(?=た|ま|て)", needs="致"), "いたし"),
    (
        LazyPattern(rf"(?<=[{_VERB}])(?:所(?=、)|筈(?=[だで])|訳(?=で[はあ]))", needs=("所、", "筈", "訳で")),
        "",
    ),
    (LazyPattern(rf"(?<=[{_VERB}])迄|(?<=[月日時年度])迄", needs="迄"), "まで"),
    (
        LazyPattern(
            r"(?<![^。、\n・ \u3000])(?:但し|尚(?=、)|又(?=、)|即ち|従って(?=、)|然し|併し)",
            needs="但尚又即従然併",
        ),
        "",
    ),
    (
        LazyPattern(
            r"予め|殆ど|僅か(?=に|で|な)|於い?て|於け|依って|拘わ?らず|関わらず|沢山|色々|宜しく|是非とも|毎に(?=[、開実送配確行])",
            needs=_RARE.split(),
        ),
        "",
    ),
    (
        LazyPattern(
            r"(?<=[いきしちにみりえけせてねめれ])(?:易い|易く|難い|辛い|過ぎ(?=る|た|な))", needs="易難辛過"
        ),
        "",
    ),
    (LazyPattern(r"(?<=[^\W\x00-ん])等々(?=[をがはに、の])", needs="等々"), "など"),
    (
        LazyPattern(
            r"(?<=[はがも])(?:無[いかくけ](?!料|断)|有る|有り(?=、|、)|居る)", needs=("無", "有", "居る")
        ),
        "",
    ),
    (LazyPattern(r"基(?=く|き、|き[^\W\x00-ん])(?<=に基)", needs=("に基く", "に基き")), "基づ"),
    (
        LazyPattern(
            r"(?<=て)(?:来[たる]|居[りるた]|参り|置[くい])(?=[。、た])",
            needs=("て来", "て居", "て参", "て置"),
        ),
        "",
    ),
    (LazyPattern(r"(?<=[0-9０-９ 数])(?:ヶ|ケ|ヵ|カ|箇|個)(?:月|所)", needs="ヶケヵカ箇個"), ""),
    (
        LazyPattern(
            r"勿論|流石|何卒|丁度|一寸|旨く|呉れ|仕舞|兎に角|或い?は|矢張|尤も|暫く|直ぐ|未だ(?!に)",
            needs=_RARE.split(),
        ),
        "",
    ),
)
_KANA = {
    "下さ": "くださ",
    "頂": "いただ",
    "所": "ところ",
    "筈": "はず",
    "訳": "わけ",
    "但し": "ただし",
    "尚": "なお",
    "又": "また",
    "即ち": "すなわち",
    "従って": "したがって",
    "然し": "しかし",
    "併し": "しかし",
    "予め": "あらかじめ",
    "殆ど": "ほとんど",
    "僅か": "わずか",
    "於て": "おいて",
    "於いて": "おいて",
    "於け": "おけ",
    "依って": "よって",
    "拘らず": "かかわらず",
    "拘わらず": "かかわらず",
    "関わらず": "かかわらず",
    "沢山": "多く",
    "色々": "いろいろ",
    "宜しく": "よろしく",
    "是非とも": "ぜひとも",
    "毎に": "ごとに",
    "易い": "やすい",
    "易く": "やすく",
    "難い": "にくい",
    "辛い": "づらい",
    "過ぎ": "すぎ",
    "有る": "ある",
    "有り": "あり",
    "居る": "いる",
    "来た": "きた",
    "来る": "くる",
    "居り": "おり",
    "居た": "いた",
    "参り": "まいり",
    "置く": "おく",
    "置い": "おい",
    "勿論": "もちろん",
    "流石": "さすが",
    "何卒": "なにとぞ",
    "丁度": "ちょうど",
    "一寸": "少し",
    "旨く": "うまく",
    "呉れ": "くれ",
    "仕舞": "しま",
    "兎に角": "とにかく",
    "或は": "あるいは",
    "或いは": "あるいは",
    "矢張": "やはり",
    "尤も": "もっとも",
    "暫く": "しばらく",
    "直ぐ": "すぐ",
    "未だ": "まだ",
}


def unofficial_spellings(text: str) -> Iterator[PlacedSlip]:
    """Each word in kanji that official texts write in kana, and that; not in quotes."""
    for pattern, kana in _PATTERNS:
        for found in pattern.finditer(text):
            first = text.rfind("\n", 0, found.start()) + 1
            if not has_open_pair_at_end(text[first : found.start()], QUOTES):
                yield found.start(), found[0], kana or _official_kana_of(found[0])


def _official_kana_of(word: str) -> str:
    if word[0] in "ヶケヵカ箇個":
        return f"か{word[-1]}"
    if word in _VERBS_IN_FULL:
        return _VERBS_IN_FULL[word]
    return f"な{word[1:]}" if word[0] == "無" else _KANA[word]
