"""Another prefecture where an office writes of its own work (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import ANY_OTHER, rule
from kenpo_xl.checks.support.known_texts import USUALLY, known_texts
from kenpo_xl.checks.support.printed_text import PrintedText, joined_texts, quoted, sentence_at
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import is_kanji
from kenpo_xl.domain.language.names.bodies_elsewhere import PREFECTURES
from kenpo_xl.domain.language.normalize import AnyOf, places_of

# What makes a place of a name: 千葉県, 千葉労働局; not 山口氏, 福島様.
_IS_PLACE = (
    *(
        "県",
        "都",
        "府",
        "内",
        "支部",
        "労働局",
        "だより",
        "新聞",
        "産業保健",
        "年金",
        "社会保険",
        "社労士",
        "医師会",
    ),
    *("歯科", "薬剤師会", "商工会", "市内", "健康", "国民健康保険", "看護", "栄養士会"),
)
_OF_SEVERAL_PLACES = AnyOf(
    "全国|他支部|各支部|近隣|隣接|ほか|比べ|平均|上位|下位|順位|位|転入|転出|移管|移転|本社|本店|所在|在住|在勤|通勤|勤務"
    "|出張|視察|参考|事例|先進|災害|地震|豪雨|被災|協働|連携|合同|共同|共催|ブロック|関東|情報交換|意見交換|県外|都外"
    "|をまたぐ|広域|から来|講師|出席|派遣|異動|にある|受診し|研修|会議"
)


@rule(
    "CO112",
    Family.AGREEMENT,
    Severity.INFO,
    "ほかの都道府県の名前があります",
    why="ほかの支部の文を写すと、その都道府県の名前が残ったまま評議会の資料に印刷されます。",
    remedy="都道府県の名前を確かめてください。ほかの都道府県のことで正しければ、このままで構いません。",
    superseded_by=(ANY_OTHER,),
)
def another_prefecture_is_named(context: CheckContext) -> Iterator[Violation]:
    """千葉県内の事業所 in a line of 埼玉支部, where neither the plan nor another text names that prefecture.

    Silent for an address (千葉県船橋市), where the sentence also names the own one, or says why it is of
    several places (転入, 近隣, 比べ).
    """
    own = context.plan.branch.removesuffix("支部")
    joined = joined_texts(context)
    for place in PREFECTURES if own in PREFECTURES else ():
        if place == own or place not in joined.text or _is_place_in_known_texts(context, place):
            continue
        found = [joined.place(at) for at in places_of(joined.text, place)]
        if len({written.source for written, _ in found}) == 1:
            written, start = found[0]
            if written.line and _is_sentence_about_place_alone(written.text, start, place, own):
                yield _violation_for_other_place(written, start, place, own)


def _is_place_in_known_texts(context: CheckContext, place: str) -> bool:
    return any(place in text for kind, texts in known_texts(context) if kind != USUALLY for text in texts)


def _is_sentence_about_place_alone(text: str, start: int, place: str, own: str) -> bool:
    sentence = sentence_at(text, start)
    end = start + len(place)
    is_name = not is_kanji(text[:start][-1:]) and text.startswith(_IS_PLACE, end)
    is_address = text.startswith(("県", "都", "府"), end) and is_kanji(text[end + 1 :][:1].replace("内", ""))
    return is_name and not is_address and own not in sentence and not _OF_SEVERAL_PLACES.is_in(sentence)


def _violation_for_other_place(written: PrintedText, start: int, place: str, own: str) -> Violation:
    return written.violation(
        start,
        f"「{place}」とありますが、{own}のことではありませんか"
        f"（{quoted(sentence_at(written.text, start))}）。",
        f"{own}のことなら、名前を直してください。",
        actual=place,
        expected=own,
    )
