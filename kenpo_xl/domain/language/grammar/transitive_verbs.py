"""Verbs with and without an object behind the other particle: 設置が依頼した, 待ち時間を短くなった."""

from __future__ import annotations

from kenpo_xl.domain.language.grammar.usual_nouns import ASKED, IMPROVED, PAPERS, THINGS
from kenpo_xl.domain.lazy_patterns import LazyPattern

_ANY: tuple[str, ...] = ()


def verbs_with_particle(particle: str, verbs: str) -> tuple[str, ...]:
    """A particle with each of some verbs, as `needs` of a pattern."""
    return tuple(particle + verb for verb in verbs.split("|"))


# The particle with the verb behind it, what is meant, and the nouns before it: any for none.
OF_TRANSITIVE_VERBS = (
    (
        LazyPattern(
            r"が(?:強化|推進|促進|徹底|共有|拡充)(?:した|し、|する)|が(?:進め|深め|高め|広め|強め|図)(?:た(?=。|、|$)|、|る|り、|った(?=。|、|$))",
            needs=verbs_with_particle("が", "強化|推進|促進|徹底|共有|拡充|進め|深め|高め|広め|強め|図"),
        ),
        "を",
        IMPROVED,
    ),
    (
        LazyPattern(
            r"が(?:達成(?:する(?=ため|よう|べく)|すべく|し、|した(?=。))|上回る(?=ため|よう))",
            needs=("が達成", "が上回る"),
        ),
        "を",
        ("目標", "目標値"),
    ),
    (
        LazyPattern(
            r"を(?:短く|長く|多く|少なく|高く|低く|大きく|小さく|早く|遅く|明らかに|可能に|必要に|明確に)な[っりる]",
            needs=("くな", "にな"),
            contains="を(?:[短長多少高低大小早遅]|明|可能|必要)",
        ),
        "が",
        _ANY,
    ),
    (
        LazyPattern(r"ことを(?:わか|分か|判明し|明らかにな)(?:った|り、|って|た)", needs=("ことを",)),
        "が",
        _ANY,
    ),
    (
        LazyPattern(
            r"を(?:あった|あり、|あるため|届い(?=た|て)|見られ(?=た。|る。|、))",
            needs=verbs_with_particle("を", "あ|届い|見られ"),
        ),
        "が",
        _ANY,
    ),
    (
        LazyPattern(
            r"を(?:不足|進捗|減少|増加|改善さ|急増|急減|激減)(?:した(?=。|、)|し(?:ている|ており)|れた)",
            needs=verbs_with_particle("を", "不足|進捗|減少|増加|改善さ|急増|急減|激減"),
        ),
        "が",
        _ANY,
    ),
    (
        LazyPattern(
            r"が(?:確かめ|調べ|訪ね|伝え|知らせ|受け取|取り入れ|取りまとめ|盛り込|定め|決め|求め|促|呼びかけ|呼び掛け|配|渡し|送り)(?:た(?=。|、|が、)|、|て(?=いる|おり|、)|った(?=。|、)|んだ(?=。|、)|した(?=。|、))",
            needs=verbs_with_particle(
                "が",
                "確かめ|調べ|訪ね|伝え|知らせ|受け取|取り入れ|取りまとめ|盛り込|定め|決め|求め|促|呼び|配|渡し|送り",
            ),
        ),
        "を",
        (*THINGS, *ASKED, "理解", "受診", "登録", "状況", "結果"),
    ),
    (
        LazyPattern(r"がお(?:送り|願い|伝え|知らせ|渡し|配り|届け)し(?:た|、)", needs=("がお",)),
        "を",
        (*PAPERS, *ASKED, *THINGS),
    ),
)
