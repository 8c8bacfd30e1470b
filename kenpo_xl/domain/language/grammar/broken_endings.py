"""Endings of verbs and sentences that do not exist (実施しま。, 把握た。, 実施おり、)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kenpo_xl.domain.language.grammar.misuse import Misuse, noun_before
from kenpo_xl.domain.language.grammar.usual_nouns import ACTIONS
from kenpo_xl.domain.language.letters import is_kanji
from kenpo_xl.domain.lazy_patterns import LazyPattern

_ACTIONS = frozenset(ACTIONS)
# Kanji that are verbs with た or て alone: 来た, 全て.
_WHOLE_VERBS = frozenset("来見経得出居似寝着煮射鋳診観看視満全総凡果建立捨育当宛隔企慌充初併棄")
_STEM = "いしりきみびぎにえけせねべめれげ"
_STOP = "(?=[、。]|が、|ところ|ため|ほか|もの|こと|結果)"
_HELPER = "(いる|おり|いた)(?=[。、]|ため|ところ|こと|もの|が、)"
# Behind a noun that makes a verb with する.
_BEHIND_ACTIONS = (
    (LazyPattern(r"(?:た|したた|しした)(?=[^ぁ-ん]|が|とこ|ため|ほか|もの|こと|$)"), "した"),
    (LazyPattern(r"て(?=、|い[るたま]|おり|きた|いく)"), "して"),
    (LazyPattern(rf"し?{_HELPER}"), r"して\1"),
    (
        LazyPattern(
            r"し(?=ため[、に]|ところ[、で]|こと[にで。]|ほか、|。)",
            needs=("しため", "しところ", "しこと", "しほか、", "し。"),
        ),
        "した",
    ),
    (LazyPattern(r"せる(?=[。、]|ため|こと|よう)", needs=("せる",)), "させる"),
    (LazyPattern(r"[れさ](た|て|る)(?=[。、]|い[るた]|おり|ため|こと|ところ)"), r"され\1"),
)
# Behind any two kanji.
_BEHIND_KANJI = (
    (LazyPattern(rf"た{_STOP}"), "した"),
    (
        LazyPattern(
            r"(?:しす|しだ|しうる|したした)(?=。)|(?:すた|そた)(?=[。、がこほとめ]|ため)",
            needs=("しす。", "しだ。", "すた", "そた", "しうる。", "したした。"),
        ),
        "した",
    ),
)
# Behind any two kanji, even those that are verbs with た (出た).
_BEHIND_TWO_KANJI = (
    (
        LazyPattern(
            r"(?:しる|すりる|すする)(?=[。、]|よう|こと|ため|予定|方針|とき|際)",
            needs=("しる", "すりる", "すする"),
        ),
        "する",
    ),
    (LazyPattern(r"(?:すて|しって|しで)(?=、|い[るた]|おり|から)", needs=("すて", "しって", "しで")), "して"),
)
_ANYWHERE = (
    (LazyPattern(r"(?<=[うくすつむぶるた])ことでき(?=る|た|な|ま|、)", needs=("ことでき",)), "ことができ"),
    (LazyPattern(r"(?<=[主者員部会所長])代わり(?=[、に])", needs=("代わり",)), "に代わり"),
    (LazyPattern(r"(?<=こと)を(?=でき(?:る|た|な|ま|、|、))", needs=("ことをでき",)), "が"),
    (
        LazyPattern(
            r"(?<=を中心|を契機|を前提)(?=[訪電文実送配広案説調周働])", needs=("を中心", "を契機", "を前提")
        ),
        "に",
    ),
    (
        LazyPattern(
            r"に(?:いて|つて|つい)(?=、?(?:掲載|説明|報告|周知|検討|協議|確認|案内|情報|意見|議論|依頼|照会|理解|共有|分析)|は、)",
            needs=("にいて", "につて", "につい"),
        ),
        "について",
    ),
    (LazyPattern(r"(?<=[うくすつむぶぐる])よに(?=[、努しな依周配要])", needs=("よに",)), "ように"),
    (
        LazyPattern(
            r"(?:おこな|行な)(?=こと|た[。、]|て[、い])",
            needs=("おこなこ", "おこなた", "おこなて", "行なこ", "行なた"),
        ),
        "行う",
    ),
    (LazyPattern(r"なっかた|なかたっ|なたっか", needs=("なっかた", "なかたっ", "なたっか")), "なかった"),
    (LazyPattern(r"(?<=[一-龥])しする?(?=こと|ため|とともに|予定|よう)", needs=("しすこ", "しする")), "する"),
    (LazyPattern(r"(?<=て)(?:いただ|おりま)(?=。)", needs=("ていただ。", "ておりま。")), "いただいた"),
    (
        LazyPattern(
            r"(?:(?<=もらう)|(?<=つなげる))が(?=(?:重要|必要|大切|不可欠)で)|(?<=図る|行う|促す|する)が(?=(?:重要|必要|大切|不可欠)である)",
            contains="[うるす]が[重必大不]",
        ),
        "ことが",
    ),
    (LazyPattern(r"(?<=[っめけげべれえじちびて])たした(?=[。、]|が、)", needs=("たした",)), "た"),
    (LazyPattern(r"ませんできた", needs=("ませんでき",)), "ませんでした"),
    (LazyPattern(r"(?:(?<=[上下]回)|(?<=[図至]))るなかった", needs=("るなかった",)), "らなかった"),
    (LazyPattern(r"(?<=行)うなかった", needs=("行うなか",)), "わなかった"),
    (LazyPattern(r"(?<=[一-龥])するなかった", needs=("するなかった",)), "しなかった"),
    (LazyPattern(r"(ある|いる|する|きた|なった|れた|った|です)\1(?=。)", needs="るたす"), r"\1"),
    (
        LazyPattern(
            r"(?<=[たるい])が(?=(?:主な|大きな|最大の)?(?:原因|要因|理由|一因)(?:である|であっ|であり|と考え|となって|と思))",
            needs=("が原因", "が要因", "が理由", "が主な", "が大きな", "が最大の", "が一因"),
        ),
        "のが",
    ),
    (
        LazyPattern(
            r"(?:(?<=やか)|(?<=円滑|適切|着実|確実|迅速|丁寧|慎重|柔軟|適正|十分)|(?<=[一-龥]的))な"
            r"(?=(?:実施|対応|支援|把握|周知|処理|推進|連携|活用|回答|指導|点検|審査|勧奨|働きかけ|管理|説明|案内|検討|運用|提供)(?:した|し、|している|しており))",
            needs=tuple(f"な{act}し" for act in (*ACTIONS, "働きかけ", "運用")),
        ),
        "に",
    ),
    (
        LazyPattern(
            rf"(?<=[{_STEM}])(?:まし?|また|ました?たた|ましす|まし[いり])(?=。)",
            needs=("ま。", "まし。", "また。", "たた。", "ましす。", "ましい。", "ましり。"),
        ),
        "ました",
    ),
    (
        LazyPattern(
            rf"(?<=[{_STEM}])(?:また|ましす)(?=が、|ので)",
            needs=("またが、", "またので", "ましすが", "ましすの"),
        ),
        "ました",
    ),
    (LazyPattern(r"(?<=[っしきけえめれべせ])て(?=ため[、に])", needs=("てため",)), "た"),
    (LazyPattern(r"(?<=し)て(?=ところ|こと[をにがで])", needs=("してところ", "してこと")), "た"),
    (LazyPattern(r"(?<=[うくすつぶむる])こと(?=した[。、]|している|しており)", needs=("ことし",)), "ことと"),
    (LazyPattern(r"(?<=[すえいけめられ]る)こと(?=なった[。、])", needs=("ことなった",)), "ことと"),
    (
        LazyPattern(
            r"(?<=[すえいけめられ]る)よう(?=(?:した|なった)[。、]|している|しており)",
            needs=("ようし", "ような"),
        ),
        "ように",
    ),
    (LazyPattern(r"(?<=[てで])い(?=。)", needs=("てい。", "でい。")), "いる"),
    (
        LazyPattern(
            r"であ(?=。)|(?:(?<=予定)|(?<=状況)|(?<=内容)|(?<=こと)|(?<=込み))でる(?=。)",
            needs=("であ。", "でる。"),
        ),
        "である",
    ),
    (LazyPattern(rf"(?<=[をにがは][行図届伴])た{_STOP}", needs=("行た", "図た", "届た", "伴た")), "った"),
    (
        LazyPattern(
            rf"(?<=[をにがは][努進求深高始])た{_STOP}", needs=("努た", "進た", "求た", "深た", "高た", "始た")
        ),
        "めた",
    ),
    (
        LazyPattern(
            r"(?<=を)図(?=ため[、に]|とともに|こととし|よう[、に])",
            needs=("図ため", "図ととも", "図こと", "図よう"),
        ),
        "図る",
    ),
    (
        LazyPattern(
            r"(?<=を)行(?=ため|とともに|こととし|よう[、に])",
            needs=("行ため", "行ととも", "行こと", "行よう"),
        ),
        "行う",
    ),
    (LazyPattern(r"(?<=を)行る(?=[。、]|ため|こと|よう)", needs=("行る",)), "行う"),
    (
        LazyPattern(
            r"(?<=[しめけっれいえせべ])て(る|た)(?=[。、]|ため|ほか|こと|ところ)", needs=("てる", "てた")
        ),
        r"てい\1",
    ),
    (LazyPattern(r"(?<=[しっんい][ただる])です(?=。)", needs=("です。",)), ""),
    (
        LazyPattern(
            r"(?<=[すくむぐぶえけせてねべめれげいきしみびり]る)た(?=[。、])", needs=("るた。", "るた、")
        ),
        "",
    ),
)


def broken_endings(text: str) -> Iterator[Misuse]:
    """The broken endings of a text, each place once."""
    found = [
        *_misuses_of_patterns(text, _ANYWHERE, lambda _: True),
        *_misuses_of_patterns(text, _BEHIND_KANJI, _is_no_verb),
        *_misuses_of_patterns(text, _BEHIND_TWO_KANJI, _ends_in_two_kanji),
        *_misuses_of_patterns(text, _BEHIND_ACTIONS, _is_noun_of_action),
    ]
    end = -1
    for one in sorted(found, key=lambda each: each.start):
        if one.start >= end:
            end = one.end
            yield one


def _misuses_of_patterns(
    text: str, patterns: Iterable[tuple[LazyPattern, str]], fits: Callable[[str], bool]
) -> Iterator[Misuse]:
    for pattern, right in patterns:
        for found in pattern.finditer(text):
            noun = noun_before(text, found.start())
            if fits(noun):
                before = noun or text[max(0, found.start() - 3) : found.start()]
                yield Misuse(found.start(), found.end(), before + found[0], before + found.expand(right))


def _is_no_verb(noun: str) -> bool:
    """Whether a noun has two kanji and is no verb with た."""
    return _ends_in_two_kanji(noun) and noun[-1] not in _WHOLE_VERBS


def _ends_in_two_kanji(noun: str) -> bool:
    return len(noun) > 1 and is_kanji(noun[-1]) and is_kanji(noun[-2])


def _is_noun_of_action(noun: str) -> bool:
    return noun[-2:] in _ACTIONS or noun[-3:] in _ACTIONS or noun[-4:] in _ACTIONS
