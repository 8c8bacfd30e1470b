"""Numbers that cannot count what they are said of: 0社が参加した, 12.5件, 受診率は30件 (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import unit_of
from kenpo_xl.checks.support.names.named_figures import figures_named
from kenpo_xl.checks.support.number_matching import decimal_places, is_written_in_digits
from kenpo_xl.checks.support.sentences.labelled_numbers import labelled_number
from kenpo_xl.checks.support.sentences.mentions import mentions_of_item
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import is_kanji_word
from kenpo_xl.domain.language.normalize import AnyOf, alternatives, half_width
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber
from kenpo_xl.domain.lazy_patterns import LazyPattern

_WHOLE_UNITS = frozenset(
    alternatives(
        "人|名|件|社|回|通|部|枚|冊|校|園|団体|機関|会場|施設|事業所|市|町|村|市町村|支部|者|店|店舗|薬局|"
        "世帯|グループ|病院"
    )
)
_MAY_BE_BROKEN = AnyOf(
    "平均|当たり|あたり|当り|割合|比|換算|につき|率|倍|1日|一日|ごと|毎|ずつ|千人|人月|人日|相当|万|億|FTE|常勤|指数"
)
_NONE = ("該当なし(", "実績なし(", "申請なし(", "該当なし:", "実績なし:", "応募なし(", "欠席なし(")
_ACTS = ("を", "が", "に", "へ", "の", "で")
_DONE = alternatives(
    "参加した|受講した|出席した|来場した|開催した|実施した|送付した|発送した|配布した|配付した|"
    "訪問した|受診した|申込みがあった|申し込みがあった|応募があった|回答があった|処理した|交付した|"
    "登録した|締結した|掲載した|配信した|発行した"
)


@rule(
    "CO36",
    Family.AGREEMENT,
    Severity.WARNING,
    "0 や小数の数が、「した」ことや人・件の数になっています",
    why="「0社が参加した」「12.5件を送付した」のような数は、打ち間違いか、入れ忘れたままの数です。",
    remedy="正しい数に直してください。1 つもないときは「なかった」と書いてください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "VA40", "CO72"),
)
def count_is_impossible(context: CheckContext) -> Iterator[Violation]:
    """0社が参加した, 0回開催した, and 12.5件 or 3.5人 where the sentence has no average, ratio or rate."""
    for sentence in numbered_sentences(context):
        for number in sentence.numbers:
            if number.unit not in _WHOLE_UNITS or not is_written_in_digits(number):
                continue
            fact = ""
            if number.value > 0 and sentence.before(number).endswith(_NONE):
                fact = f"「なし」とありますが、「{number.text.strip()}」とあります"
            elif number.value == 0:
                done = _act_done_by_number(sentence, number)
                fact = f"「{number.text.strip()}」ですが、「{done}」とあります" if done else ""
            elif decimal_places(number.value) and not _MAY_BE_BROKEN.is_in(sentence.text):
                fact = f"「{number.text.strip()}」は、{number.unit}を数えた数ではありません"
            if fact:
                yield sentence.violation(number, fact, "元の資料で正しい数を確かめて直してください。")


def _act_done_by_number(sentence: NumberedSentence, number: TextNumber) -> str:
    """What is said to be done by so many, '' for nothing: 0社が参加した, 0件を窓口で受付した."""
    behind = sentence.behind(number).lstrip()
    rest = behind[1:] if behind.startswith(_ACTS) else behind
    return next((one for one in _DONE if rest.lstrip().startswith(one)), "")


_COUNTS = frozenset(alternatives("人|名|件|社|回|通|部|枚|冊|校|団体|機関|会場|施設|事業所|円|千円|市町村"))
_PERSONS, _MONEY = frozenset(("人", "名")), frozenset(("円", "千円", "百万円"))
_NUMBERS_OF_BODIES = ("社数", "事業所数", "企業数", "団体数", "機関数", "施設数")
_TIMES = frozenset(("歳", "時間", "日"))
_AMOUNTS = (
    "支払額",
    "請求額",
    "徴収額",
    "納付額",
    "返還額",
    "助成額",
    "契約額",
    "手数料",
    "委託料",
    "事業費",
    "金額",
    "予算額",
    "執行額",
    "決算額",
    "支給額",
    "査定額",
    "効果額",
    "総額",
    "費用額",
    "回収額",
)
# The end of a name, and the units that it cannot have.
_UNITS_OF_NAMES: tuple[tuple[tuple[str, ...], frozenset[str]], ...] = (
    (("率", "割合", "比率"), _COUNTS),
    (("件数", "通数", "部数", "枚数"), _PERSONS | _MONEY | _TIMES | {"回", "社", FRACTION}),
    (("人数", "者数", "員数"), _MONEY | _TIMES | {"件", "回", "部", "枚", "通", FRACTION}),
    (("回数",), _PERSONS | _MONEY | _TIMES | {"件", "社", "部", FRACTION}),
    (_NUMBERS_OF_BODIES, _PERSONS | _MONEY | _TIMES | {"回", "部", "通", FRACTION}),
    (("所要時間", "時間数", "した時間", "距離"), (_COUNTS | {"歳", FRACTION}) - {"回"}),
    (("平均年齢", "年齢"), _COUNTS | {FRACTION}),
    (_AMOUNTS, (_COUNTS - _MONEY) | _TIMES),
    (("日数",), _PERSONS | _MONEY | {"件", "社", "回", FRACTION}),
)  # fmt: skip
_ENDS = tuple(end for ends, _ in _UNITS_OF_NAMES for end in ends)
_LEADS = ("", "は", "が", "は、", ":", "も", "は約", "は計", "は合計")
_GOES_ON = alternatives(
    "増|減|の増|の減|中|のうち|に対|で|に|の|当|あた|上昇|低下|程度増|ほど|を|(|伸|改|上回|下回|、|"
    "から|へ|と|超|以"
)


@rule(
    "CO37",
    Family.AGREEMENT,
    Severity.WARNING,
    "「率」「人数」「件数」などの言葉と、数の単位が合いません",
    why="「受診率は30件」「参加人数は45％」のような数は、何の数か読み手に分かりません。",
    remedy="言葉と単位のどちらが正しいか確かめて直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO16",
        "CO72",
        "WO83",
    ),
)
def unit_is_not_that_of_the_name(context: CheckContext) -> Iterator[Violation]:
    """受診率は30件, 参加者数は45％, 件数は45人, 金額は30件: the number is all that is said of the name.

    Nor does a count change by points: 件数は前年同期より2.3ポイント増加.
    """
    yield from _violations_for_counts_in_points(context)
    for sentence in numbered_sentences(context):
        for number in sentence.numbers:
            before = sentence.before(number).rstrip()
            if not number.unit or not before.rstrip("は約計合:も、が").endswith(_ENDS):
                continue
            name = labelled_number(sentence, number).name
            lead = before[before.rfind(name) + len(name) :] if name else "?"
            behind = sentence.behind(number).lstrip()
            if lead in _LEADS and _is_end_of_statement(behind) and _is_unit_wrong_for_name(name, number.unit):
                unit = "％" if number.unit == FRACTION else number.unit
                yield sentence.violation(
                    number,
                    f"「{name}」の数の単位が「{unit}」になっています",
                    "言葉と単位のどちらが正しいか確かめて直してください。",
                )


_CHANGE_OF_COUNT = LazyPattern(
    r"(?P<name>[^\s、。はがも]{0,12}(?:件数|人数|者数|回数|部数|通数|社数|金額|総額|件の数))(?:は|が|も|について)、?\s*"
    r"(?:前年|昨年)[^。、\d]{0,8}\s*(?P<points>\d[\d.]*\s*ポイント)",
    needs=("ポイント",),
)


_RATE = AnyOf("率|割合")
_COMPARED_WITH = LazyPattern(r"(?:前年|昨年)度?(?:同[期月])?比?(?:で(?:は)?|から|より|と?に?比べて?)?")


def _violations_for_counts_in_points(context: CheckContext) -> Iterator[Violation]:
    """Counts, or figures of a table with such a unit, that change by points."""
    for item in context.own_items:
        for mention in mentions_of_item(context, item.id):
            if mention.number.unit != "ポイント" or not mention.is_change or _RATE.is_in(mention.words):
                continue
            words = _COMPARED_WITH.sub("", mention.words)
            named = figures_named(context, replace(mention, time=None), words=words, unit="") if words else []
            units = {unit_of(context, one.figure) for one in named if one.is_strict}
            found = _CHANGE_OF_COUNT.search(half_width(mention.written.text))
            is_named_so = found is not None and found.start("points") == mention.number.start
            if is_named_so or (units and units <= _COUNTS):
                yield mention.written.violation(
                    mention.number.start,
                    f"件数や人数の増減が「{mention.number.text.strip()}」になっています。"
                    "ポイントは、割合どうしの差に使う言葉です。",
                    "割合で増減したことなら「％」と書き、数の差なら数の単位を書いてください。",
                    actual=mention.number.text.strip(),
                )


def _is_end_of_statement(behind: str) -> bool:
    """Whether the words behind a number say nothing more of it."""
    return behind.startswith(("であ", "だっ", "です", "でし", "とな", "であっ")) or not behind.startswith(
        _GOES_ON
    )


def _is_unit_wrong_for_name(name: str, unit: str) -> bool:
    units = next((units for ends, units in _UNITS_OF_NAMES if name.endswith(ends)), frozenset())
    return unit in units and is_kanji_word(name[-2:])
