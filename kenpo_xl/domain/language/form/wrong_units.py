"""Units that do not count what is said to be counted: 42件が参加した, チラシを860人配布した."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

_NUMBER = r"(?<![\d,.])\d[\d,]*(?:\.\d+)?[ \u3000]*"
_COMERS = r"(?:参加者|受講者|来場者|来訪者|来所者|出席者|申込者)"
_PERSONS = rf"(?:{_COMERS}|職員|従業員|委員)"
_PLACES = r"(?:事業所|事業主|医療機関|健診機関|市町村|企業|団体)"
_PAPERS = (
    r"(?:文書|案内|通知書?|チラシ|リーフレット|パンフレット|冊子|はがき|ハガキ|資料|調査票|ポスター|申請書"
    r"|手引き?)"
)
_ATTENDED = r"(?:参加|受講|出席|来場|聴講|来訪|来所|列席)"
_SENDING = r"(?:配布|配付|送付|発送|郵送|印刷|作成|発行|封入)"
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
    r"|へ(?:送付|発送|通知))",
    contains=r"\d[ \u3000]*[件円部通枚冊回日歳人名]",
)


def wrong_units(text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each number with what shows that its unit is wrong, and the unit."""
    for found in _COUNTED_SO.finditer(half_width(text)):
        yield found.start(), found.end(), found[found.lastgroup or 0]
