"""Particles that a verb does not take (研修を参加した, 説明会が開催した, 健診に実施した)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.grammar.misuse import Misuse, noun_before
from kenpo_xl.domain.language.grammar.transitive_verbs import OF_TRANSITIVE_VERBS, verbs_with_particle
from kenpo_xl.domain.language.grammar.usual_nouns import (
    ACTIONS,
    AMOUNTS,
    ASKED,
    ASKERS,
    COMPARED,
    EVENTS,
    GROUNDS,
    IMPROVED,
    MADE,
    PAPERS,
    PARTNERS,
    PERSONS,
    THINGS,
)
from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.lazy_patterns import LazyPattern

_WITH_NI = (
    "参加|出席|参画|加入|加盟|協力|貢献|従事|着手|該当|所属|同席|同行|注力|留意|応募|言及|"
    "直面|準拠|対応|違反|寄与|賛同|賛成|反対|配慮"
)


_INTRANSITIVE = "向上|低下|上昇|浸透|定着|発生|進展|悪化|停滞|成立|増大|活発化"
_DONE = "(?:した|し、|して|しま|する)"
_PLANNED = "(?:した|し、|して|しま|する|予定|中。|。)"
_PLACES = ("会場", "会館", "会議室", "ホール")
_SET_PHRASES = ("意表", "核心", "不意", "弱点", "杖", "嘘", "底", "隙", "鐘", "餅", "虚")
_SECTIONS = ("担当", "管理", "審査", "監査", "点検", "広報", "指導", "相談", "給付")
_ACTS = (
    *("周知広報", "広報活動"),
    *(one for one in ACTIONS if one not in _SECTIONS and not one.endswith(THINGS)),
)
_PAGES = ("ホームページ", "ＨＰ", "HP", "ウェブサイト", "掲示板", "SNS", "メールマガジン")
_CARRIED_OUT = (*EVENTS, "依頼", "周知")
_DATES = tuple("月日旬末")
_ANY: tuple[str, ...] = ()
# The particle with the verb behind it, what is meant, and the nouns before it: any for none.
_WRONG = (
    (LazyPattern(rf"を(?:{_WITH_NI}){_DONE}", needs=verbs_with_particle("を", _WITH_NI)), "に", _ANY),
    (
        LazyPattern(
            r"を(?:立ち会|立ち寄|携わ)[っりい]|を(?:取り組(?:ん|む|み、)|努め|応じ|基づ|際し|先立|従い、|従って)",
            needs=verbs_with_particle("を", "立ち|携わ|取り組|努め|応じ|基づ|際し|先立|従"),
        ),
        "に",
        _ANY,
    ),
    (LazyPattern(r"を[応答]え", needs=("を応え", "を答え")), "に", ASKERS),
    (
        LazyPattern(
            r"を(?:関し|関する|対し|対する|係る|属する|至るまで|及ぶ|限らず)",
            needs=verbs_with_particle("を", "関し|関する|対し|対する|係る|属する|至る|及ぶ|限らず"),
        ),
        "に",
        _ANY,
    ),
    (
        LazyPattern(rf"を(?:{_INTRANSITIVE}){_DONE}", needs=verbs_with_particle("を", _INTRANSITIVE)),
        "が",
        _ANY,
    ),
    (LazyPattern(rf"に(?:(?:実施|開催){_PLANNED}|行い)"), "を", _CARRIED_OUT),
    (LazyPattern(rf"に(?:送付|発送|配布|配付|郵送){_DONE}"), "を", PAPERS),
    (
        LazyPattern(r"が行(?:う(?=ため|こと|予定|。)|った(?=。|、|が、)|い、|って)", needs=("が行",)),
        "を",
        _ACTS,
    ),
    (
        LazyPattern(
            r"を[一-龥ァ-ヴー]{2,8}を(?:し(?:た|、|て)|する|行(?:う|い|った|って)|徹底|依頼|実施|図|促|求め|呼びかけ)",
            contains="を[^ぁ-ん、。]{2,8}を",
        ),
        "の",
        _ANY,
    ),
    (
        LazyPattern(
            r"を(?:電話|架電|連絡|返答|返信|相談|説明|回答|配布|配付|発送|郵送|送付)(?:した|し、|して|する)"
        ),
        "に",
        PERSONS,
    ),
    (
        LazyPattern(
            r"を(?:(?:広が|高ま|深ま|強ま|集ま|決ま|始ま)[っりるら]|(?:伸び|増え)た(?=。|、|が)|減った(?=。|、|が))",
            needs=verbs_with_particle("を", "広が|高ま|深ま|強ま|集ま|決ま|始ま|伸びた|増えた|減った"),
        ),
        "が",
        _ANY,
    ),
    (
        LazyPattern(r"を(?:達し(?:た|、|て)|達する|投函(?:し|す))", needs=("を達", "を投函")),
        "に",
        (*COMPARED, "ポスト"),
    ),
    (
        LazyPattern(r"が(?:依頼|要請|お願い)(?:した|し、|して|する|。)", contains="が[依要お]"),
        "を",
        ("掲示", "提出", "返却", "納付", "設置", "送付", "報告", "登録", "確認", "対応", "派遣", *ASKED),
    ),
    (
        LazyPattern(
            r"を(?:掲載|投稿|登載)(?:した|し、|して|する)", needs=tuple(page + "を" for page in _PAGES)
        ),
        "に",
        _PAGES,
    ),
    (
        LazyPattern(
            r"に(?:強化|推進|促進|見直)(?:した|し、|して|する)",
            needs=verbs_with_particle("に", "強化|推進|促進|見直"),
        ),
        "を",
        (*THINGS, *ACTIONS),
    ),
    (
        LazyPattern(
            r"の(?:依頼|説明|案内|周知|徹底|強化|把握|検討|提供|共有|実施|開催|策定)した(?=。)",
            contains="の[^ぁ-ん、。]{2}した。",
        ),
        "を",
        (*THINGS, "協力", "参加", "連携", "受診", "利用"),
    ),
    (
        LazyPattern(
            r"を(?:行わ|行なわ|実施さ|開催さ|作成さ|送付さ|配布さ|発送さ|策定さ|設置さ|掲載さ|締結さ)れ(?=た。|、|ている|ており)",
            needs=verbs_with_particle(
                "を", "行わ|行なわ|実施さ|開催さ|作成さ|送付さ|配布さ|発送さ|策定さ|設置さ|掲載さ|締結さ"
            ),
        ),
        "が",
        THINGS,
    ),
    (
        LazyPattern(
            r"へ(?:依頼|要請|勧奨|求め|促|呼びかけ|呼び掛け)",
            needs=verbs_with_particle("へ", "依頼|要請|勧奨|求め|促|呼びかけ|呼び掛け"),
        ),
        "を",
        ASKED,
    ),
    (
        LazyPattern(
            rf"を(?:連携|協働|共催|協議){_DONE}", needs=verbs_with_particle("を", "連携|協働|共催|協議")
        ),
        "と",
        PARTNERS,
    ),
    (LazyPattern(r"[にが]図[っりる]", needs=("に図", "が図")), "を", IMPROVED),
    (
        LazyPattern(
            r"[にがのでへ]踏まえ", needs=("に踏まえ", "が踏まえ", "の踏まえ", "で踏まえ", "へ踏まえ")
        ),
        "を",
        GROUNDS,
    ),
    (LazyPattern(rf"を(?:開催|実施){_DONE}"), "で", _PLACES),
    (LazyPattern(rf"を(?:実施|開催|送付|発送|配布|公表){_DONE}"), "に", _DATES),
    (LazyPattern(r"に[上下]回", needs=("に上回", "に下回")), "を", COMPARED),
    (
        LazyPattern(
            r"が(?:向上|増加|減少|上昇|低下|改善)させ",
            needs=verbs_with_particle("が", "向上|増加|減少|上昇|低下|改善"),
        ),
        "を",
        AMOUNTS,
    ),
    (
        LazyPattern(r"[のが](?:対し[て、]|対する|関し[て、]|関する)", needs=("の対", "が対", "の関", "が関")),
        "に",
        _ANY,
    ),
    (
        LazyPattern(
            r"の(?:基づき、|基づいて|向けて、|向けた取|努め)",
            needs=verbs_with_particle("の", "基づ|向けて、|向けた取|努め"),
        ),
        "に",
        _ANY,
    ),
    (
        LazyPattern(
            r"に(?:目的|対象|中心)と[しす]|に(?:対象|中心)に(?![ぁ-ん])",
            needs=("に目的と", "に対象", "に中心"),
        ),
        "を",
        _ANY,
    ),
    (LazyPattern(r"をついて", needs=("をついて",)), "に", _ANY),
    (
        LazyPattern(r"をついて", needs=("人をつい", "名をつい", "件をつい", "社をつい")),
        "に",
        ("人", "名", "件", "社"),
    ),
)


_MADE = frozenset(MADE)
_ACTIVE = ("した", "し、", "して", "する")
_OF_KANJI = (
    *("結び、", "結んだ", "選び、", "選んだ", "開いた", "開き、", "設けた", "設け、", "設けて"),
    *("見直した", "見直し、", "進めた", "進め、", "まとめた", "取りまとめた", "集めた", "始めた"),
    *("配った", "配り、", "送った", "送り、", "作った", "作り、", "図った", "図り、", "整えた", "整え、"),
    *("終えた", "取り入れた", "載せた", "受け付けた", "立てた", "行った", "行い、", "行って"),
)


def _things_as_actors(text: str) -> Iterator[Misuse]:
    """Things with が right before a verb that needs an object: 講座が開いた, not 教室が開いた体験会."""
    at = text.find("が")
    while at >= 0:
        is_made = text[at + 1 : at + 3] in _MADE
        verbs, begin = (_ACTIVE, at + 3) if is_made else (_OF_KANJI, at + 1)
        verb = next((one for one in verbs if text.startswith(one, begin)), "")
        behind = text[begin + len(verb) :][:1]
        is_of_noun = verb.endswith("た") and behind != "" and is_noun_letter(behind)
        if verb and not is_of_noun and text.endswith(THINGS, 0, at):
            noun, words = noun_before(text, at), text[at + 1 : at + 5].rstrip("、。")
            yield Misuse(at, at + 1, f"{noun}が{words}", f"{noun}を{words}")
        at = text.find("が", at + 1)


def wrong_particles(text: str) -> Iterator[Misuse]:
    """The particles of a text that its verbs do not take."""
    yield from _things_as_actors(text)
    for pattern, meant, nouns in (*_WRONG, *OF_TRANSITIVE_VERBS):
        for found in pattern.finditer(text):
            start = found.start()
            noun = noun_before(text, start) or text[max(0, start - 2) : start]
            if _is_particle_wrong_behind(text, start, noun, nouns):
                words = found[0].rstrip("、")
                yield Misuse(start, start + 1, noun + words, noun + meant + words[1:])


def _is_particle_wrong_behind(text: str, start: int, noun: str, nouns: tuple[str, ...]) -> bool:
    if nouns is _DATES:
        return text.endswith(nouns, 0, start) and any(
            letter.isdecimal() for letter in text[max(0, start - 4) : start]
        )
    if nouns:
        return text.endswith(nouns, 0, start)
    return len(noun) > 1 and noun[-1] not in "\n、。" and not noun.endswith(_SET_PHRASES)
