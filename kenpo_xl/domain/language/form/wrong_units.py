"""Units that do not count what is said to be counted: 42件が参加した, チラシを860人配布した."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.form.counted_words import name_in_wrong_unit, wrong_lengths_before
from kenpo_xl.domain.language.normalize import alternatives, half_width
from kenpo_xl.domain.language.numbers_in_text import numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import SpanAndWord

_NUMBER = r"(?<![\d,.])\d[\d,]*(?:\.\d+)?[ \u3000]*"
_UNITS = r"\d[ \u3000]*[件円部通枚冊回日歳人名社か箇時%千万億ポ事機団市世週年]"
_COMERS = r"(?:参加者|受講者|来場者|来訪者|来所者|出席者|申込者)"
_PERSONS = rf"(?:{_COMERS}|職員|従業員|委員)"
_PLACES = r"(?:事業所|事業主|医療機関|健診機関|市町村|企業|団体)"
_PAPERS = (
    r"(?:文書|案内|通知書?|チラシ|リーフレット|パンフレット|冊子|はがき|ハガキ|資料|調査票|ポスター|申請書"
    r"|手引き?)"
)
_ATTENDED = r"(?:参加|受講|出席|来場|聴講|来訪|来所|列席)"
_SENDING = r"(?:配布|配付|送付|発送|郵送|印刷|作成|発行|封入)"
_SPACE = r"[ \u3000]*"
_IN_ALL = rf"{_SPACE}(?:計|合計|延べ|約|全|各)?{_SPACE}"
_HELD = (
    r"(?:説明会|研修会?|勉強会|講習会|相談会|連絡会|懇談会|セミナー|教室|講座|会議|委員会|講演会|協議会"
    r"|ミーティング)"
)
_STAFF = (
    r"(?:保健師|看護師|管理栄養士|栄養士|職員|相談員|調査員|指導員|推進員|訪問員|講師|委員|担当者"
    r"|ボランティア)"
)
_BODIES = r"(?:医師会|歯科医師会|薬剤師会|商工会議所|商工会|市町村|自治体|支部|保険者|町内会|自治会)"
_COUNTED_SO = LazyPattern(
    # what attends is a person or a body
    rf"{_NUMBER}(?P<attends>件|円|部|通|枚|冊|回|日|歳)が{_ATTENDED}(?:し|す|、|。)"
    # what is handed out is no person, money or age
    rf"|{_PAPERS}を[ \u3000]*(?:約|延べ|計|合計|各)?[ \u3000]*{_NUMBER}(?P<sent>人|名|円|歳|日)"
    rf"[ \u3000]*{_SENDING}"
    # money and ages are no number of persons or places
    rf"|{_PLACES}[ \u3000]*[(]{_NUMBER}(?P<worth>円|歳)[)](?:に対し|へ|に)"
    rf"|{_NUMBER}(?P<paid>円|歳)の{_COMERS}(?!負担)"
    rf"|(?:者|員|人|所|関|社|団体)数(?:は|が|も|:)[^。、\d]{{0,16}}{_NUMBER}(?P<held>円|歳)(?![\dァ-ヶー])"
    rf"|{_PERSONS}は[ \u3000]*{_NUMBER}(?P<being>円)(?=であ|で、|と|。)"
    rf"|{_NUMBER}(?P<asked>円)(?:に(?:保健指導|照会|面談|勧奨)|から(?:の)?(?:申し?込み|回答|応募)"
    r"|へ(?:送付|発送|通知))"
    rf"|{_NUMBER}(?P<gained>回|件|部|通|枚|冊|日|歳)の参加(?:を得|があ|者(?:を|が))"
    rf"|{_HELD}を{_IN_ALL}{_NUMBER}(?P<opened>人|名|部|通|枚|冊|歳|社){_SPACE}"
    r"(?:開い|開き|開催|実施|行っ|行い)"
    rf"|{_STAFF}{_IN_ALL}{_NUMBER}(?P<staff>件|部|通|枚|冊|円|か所|箇所)"
    r"(?:が|を配置|で(?:訪問|対応|実施))"
    rf"|{_PLACES}を{_IN_ALL}{_NUMBER}(?P<visited>人|名|部|通|枚|冊){_SPACE}(?:訪問|巡回)"
    rf"|訪問した{_PLACES}は{_SPACE}{_NUMBER}(?P<places>人|名|部|通|枚|冊)(?:であ|だっ|とな|で、|。)"
    rf"|(?:した|する|の){_PLACES}は{_IN_ALL}{_NUMBER}(?P<aged>歳|円|部|通|枚|冊|時間|%)(?:であ|だっ|とな|。)"
    rf"|(?:した|する){_PAPERS}は{_IN_ALL}{_NUMBER}(?P<made>人|名|円|歳|時間|%)(?:であ|だっ|とな|。)"
    rf"|(?:アンケート|調査票|回答|申込書|申請書)を{_IN_ALL}{_NUMBER}(?P<back>回|円|歳){_SPACE}回収"
    rf"|{_NUMBER}(?P<bodies>件|部|通|枚|冊)の{_BODIES}(?:に|と|へ|から|の協力)"
    rf"|(?:参加者|受講者|来場者|出席者|来訪者)は{_IN_ALL}{_NUMBER}(?P<comers>回|件|部|通|枚|冊)"
    r"(?:であ|だっ|とな|で、|。)",
    contains=_UNITS,
)


_MONEY_LIST = (
    "委託費|委託料|報酬|謝礼|謝金|旅費|参加費|受講料|手数料|予算|経費|補助金|給付金|助成金|交付金|保険料|返納金|賃金|講師料|印刷費"
    "|郵送料|費用|料金|手当金|一時金"
)
_MONEY = alternatives(_MONEY_LIST)
_COSTS = alternatives("参加費|受講料|料金|手数料|費用|単価|委託費|委託料|旅費|謝礼")
_NO_MONEY = alternatives("人|名|通|社|部|歳|枚|冊")
_PAID = alternatives("支払|支給し|徴収|計上|削減|交付し|支出|納付し|充て|返還")
_COST = alternatives("とし|であ|だっ|とな|。")
# What follows a unit where it ends: 22名であった.
_END_OF_UNIT = alternatives(
    "であ|でし|で、|で。|と|を|に|が|は|、|。|)|だっ|の|から|へ|も|送付|発送|配布|配付|実施|開催|訪問|行っ|行い|参加|受講"
)
_SECOND_UNITS = (
    (
        alternatives("千円|万円|億円|百万円|円|%|ポイント"),
        alternatives("円|千円|万円|件|人|名|回|日|部|%|ポイント"),
    ),
    (alternatives("人|名"), alternatives("円|人|名|件|社|部|通|枚|%")),
    (alternatives("件|通|枚|冊|部|社"), alternatives("円|千円|人|名|件|社|通|枚|冊|部|回|%|数")),
    (alternatives("社"), alternatives("事業所|機関|団体|企業")),
    (alternatives("回"), alternatives("数|度|件")),
    (alternatives("事業所|機関|団体|市町村|世帯|か所"), alternatives("人|名|件|社|部|通|枚|回|円")),
    (alternatives("か月"), alternatives("月|週|年")),
    (alternatives("日間|か月間|週間|年間"), alternatives("日|月|か月|週|年")),
)


def _money_and_second_units(plain: str) -> Iterator[SpanAndWord]:
    """Money that is counted in persons (予算387名を計上), and two units behind one number (22名人)."""
    for number in numbers_in(plain):
        if not number.unit:
            continue
        end = number.start + len(number.text.rstrip())
        behind = plain[end : end + 12].lstrip()
        for unit in _second_units(number.unit, behind):
            yield number.start, end + len(unit), number.unit + unit
        lead = plain[max(0, number.start - 12) : number.start].rstrip("計約 延べ")
        if _is_money_in_other_unit(number.unit, lead, behind):
            yield number.start, end, number.unit


def _second_units(unit: str, behind: str) -> Iterator[str]:
    """The unit that follows another one (人 behind 名), in each group of such units."""
    for first, then in _SECOND_UNITS:
        second = next((one for one in then if behind.startswith(one)), "") if unit in first else ""
        if second and behind[len(second) :].startswith(_END_OF_UNIT):
            yield second


def _is_money_in_other_unit(unit: str, lead: str, behind: str) -> bool:
    """Whether the words around a number speak of money, and its unit does not."""
    name = lead.removesuffix("として").removesuffix("を")
    if name.endswith(_MONEY) and behind.removeprefix("を").startswith(_PAID):
        return unit in _NO_MONEY or (unit == "回" and lead.endswith("として"))
    is_cost = lead.endswith("は") and lead.removesuffix("は").endswith(_COSTS) and behind.startswith(_COST)
    return is_cost and unit in (*_NO_MONEY, "回", "件")


def wrong_units(text: str) -> Iterator[SpanAndWord]:
    """Start and end of each number with what shows that its unit is wrong, and the unit."""
    plain = half_width(text)
    for found in _COUNTED_SO.finditer(plain):
        yield found.start(), found.end(), found[found.lastgroup or 0]
    yield from _wrong_units_between_words(half_width(text))
    yield from _money_and_second_units(plain)


def _wrong_units_between_words(plain: str) -> Iterator[SpanAndWord]:
    for number in numbers_in(plain):
        if number.unit:
            end = number.start + len(number.text)
            before, behind = (
                plain[max(0, number.start - 20) : number.start].rstrip("計約 "),
                plain[end : end + 20],
            )
            for length in wrong_lengths_before(before, number.unit, behind.lstrip()):
                yield number.start - length, end, number.unit
            name = name_in_wrong_unit(number.unit, behind)
            if name:
                yield number.start, end + len(name) + 1, number.unit
