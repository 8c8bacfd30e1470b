"""A business or clinic by its name, in one sentence with its debt, a suspicion or a sanction."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kenpo_xl.domain.language.letters import is_hiragana, is_noun_letter
from kenpo_xl.domain.language.normalize import AnyOf, alternatives, half_width, places_of
from kenpo_xl.domain.lazy_patterns import LazyPattern

_COMPANIES = alternatives(
    "株式会社|有限会社|合同会社|合資会社|合名会社|医療法人社団|医療法人財団|医療法人|社会福祉法人|学校法人|宗教法人"
    "|(株)|㈱|(有)|㈲|(医)|(同)"
)
_PLACES = alternatives(
    "接骨院|整骨院|鍼灸院|はり灸院|治療院|整体院|マッサージ院|歯科医院|歯科クリニック|クリニック|医院|薬局|病院|診療所"
    "|内科|歯科|皮膚科|眼科|工業|商事|運送|建設|製作所|商店|興業|工務店|産業|物流|電機|印刷|食品"
)
_DEBTS = LazyPattern(
    r"未納|滞納|差し?押さ?え|不正(?:請求|受給|行為|な請求|の疑い|が疑われ|を?(?:調査|認め))|架空請求|水増し|詐欺|立入検査|監査を(?:行|実施)|返還(?:を求|請求|命令|させ|金)"
    r"|支払督促|督促|催告|返納金|(?:債権|未収金?)[をのが]|倒産|破産|行政処分|取消処分|指定を?取り?消|指名停止|分割納付"
    r"|から(?:は|も)?[^。、]{0,10}[\d,]+\s*[千万億]?円を回収|虚偽|偽造|偽装|保険逃れ|労災隠し|告発|告訴|提訴|強制執行|(?:個別指導|過誤調整)を?(?:行|と|実施)|二重請求|付増請求|疑義",
    needs=(
        *("未納", "滞納", "差押", "差し押", "不正", "架空", "水増", "詐欺", "立入", "監査", "返還", "督促"),
        *("催告", "返納金", "債権", "未収", "倒産", "破産", "処分", "取消", "取り消", "指名停止", "分割納付"),
        *(
            "円を回収",
            "逃れ",
            "隠し",
            "偽装",
            "虚偽",
            "偽造",
            "告発",
            "告訴",
            "提訴",
            "強制執行",
            "個別指導",
            "過誤",
            "二重請求",
            "付増",
            "疑義",
        ),
    ),
)
# Whom an office pays or works with.
_PARTNERS = AnyOf(
    "委託|受託|契約|落札|入札|発注|受注|納品|業者|講師|協定|連携|協力|表彰|認定|派遣|納入|設立|監査法人"
)
# What is before a kind of place and no name: 県内の接骨院, 一般の薬局.
_NO_NAMES = AnyOf(
    "県|市内|町内|村内|都内|府内|区内|各|該当|当該|一部|複数|特定|対象|他の|全|近隣|調剤|総合|大学|指定|個人|民間|地域|門前|保険|公立"
    "|管内|当院|自院|開設|新規|柔道整復|施術|多店舗|同一|系列|既存|件|社|整形|外科|一般|専門|主要|上位|大手|中小|協力|未|以外|団体"
)
_LONGEST = 12


def named_debtors(text: str) -> Iterator[tuple[int, str, str]]:
    """The place of each name in a text, its kind (接骨院), and what is said of it (不正請求)."""
    plain = half_width(text)
    if not _DEBTS.search(plain):
        return
    first = 0
    for sentence in plain.replace("\n", "。").split("。"):
        debt = _DEBTS.search(sentence)
        if debt and not _PARTNERS.is_in(sentence):
            found = next(_names_in(sentence), None)
            if found:
                yield first + found[0], found[1], debt[0]
        first += len(sentence) + 1


def _names_in(sentence: str) -> Iterator[tuple[int, str]]:
    for kind in _COMPANIES:
        for place in places_of(sentence, kind):
            if _is_name_behind(sentence, place + len(kind)) or _name_before(sentence, place):
                yield place, kind
    for kind in _PLACES:
        for place in places_of(sentence, kind):
            name = _name_before(sentence, place)
            if _is_name_of_place(name) and not _is_noun_continued(sentence, place + len(kind)):
                yield place - len(name), kind


def _is_name_of_place(name: str) -> bool:
    return len(name) > 1 and name not in _PLACES and not _NO_NAMES.is_in(name)


def _is_noun_continued(sentence: str, end: int) -> bool:
    """Whether a noun goes on at a place of a sentence."""
    return end < len(sentence) and is_noun_letter(sentence[end])


def _is_name_behind(sentence: str, start: int) -> bool:
    """Whether a name follows 株式会社, and not a particle, a number or a bracket."""
    letters = sentence[start : start + 2].strip()
    if len(letters) < 2 or letters in (
        "など",
        "から",
        "ほか",
        "及び",
        "並び",
        "又は",
        "各社",
        "等の",
        "その",
    ):
        return False
    if is_hiragana(letters[0]):
        return letters[0] not in "のにをがはでともへや"
    return is_noun_letter(letters[0]) or (letters.isascii() and letters[0].isalpha())


def _name_before(sentence: str, end: int) -> str:
    """The kanji and katakana before a kind of place, or the hiragana behind a mark: 山田, さくら."""
    start = _start_of_run(sentence, end, is_noun_letter)
    if start < end:
        return sentence[start:end]
    start = _start_of_run(sentence, end, is_hiragana)
    name = sentence[start:end]
    is_behind_mark = start == 0 or sentence[start - 1] in "・、。「(（ 　:"
    return name if is_behind_mark and len(name) > 1 and name not in _WORDS else ""


def _start_of_run(sentence: str, end: int, is_in_run: Callable[[str], bool]) -> int:
    """Where the letters of one script that end at a place begin, at most those of the longest name."""
    start = end
    while start and end - start < _LONGEST and is_in_run(sentence[start - 1]):
        start -= 1
    return start


_WORDS = frozenset(
    ("また", "なお", "さらに", "ただし", "その", "この", "ある", "および", "による", "いずれも", "あの")
)
