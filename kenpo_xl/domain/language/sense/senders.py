"""Who sends what to whom, the wrong way round: 債務者から催告状を送付した, 関係団体へ関係団体から依頼した."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import AnyOf, alternatives, half_width, places_of
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan

_RECEIVERS = alternatives(
    "未提出の事業所|未回答の事業所|未登録の事業所|未登録事業所|未提出事業所|未回答事業所|対象者|未受診者|債務者|滞納者"
    "|加入者|被保険者|被扶養者|受診者|申請者|未治療者|未納者|該当者|事業主|対象事業所|対象の事業所"
)
_OF_OFFICE = alternatives(
    "督促状|督促文書|督促の文書|催告状|催告書|催告文書|受診勧奨文書|勧奨文書|勧奨通知|勧奨状|受診券|医療費のお知らせ"
    "|医療費通知|差額通知|軽減額通知|決定通知書|支給決定通知書|決定通知|支給決定通知|納付書|納入告知書"
    "|資格情報のお知らせ|健診の案内|健診案内|受診案内|保健指導の案内|給付費通知書|給付費の通知"
)
_SENDING = alternatives("発送|送付|郵送|送信|交付|発行|発出|投函")
_ROLES = alternatives(
    "事業所|事業主|加入者|被保険者|対象者|債務者|医療機関|健診機関|実施機関|契約機関|委託業者|委託先|業者|関係団体"
    "|関係機関|本部|協会|組合|自治体|市町村|健保組合|年金事務所|支払基金|施術所|受診者|申請者|商工会議所|受講者|参加者|未回答者|未提出者|出席者|委員|評議員"
)
_TRANSFERS = AnyOf(
    "送付|発送|郵送|返送|提出|依頼|照会|回答|報告|請求|委託|通知|案内|督促|催告|提供|配布|配付|連絡|指示|納付|返納|交付|電話"
)
_FAR, _VERB = 22, 16
_WITHIN = "、。\n・"
_UPWARD = AnyOf("報告を提出|報告書を提出|報告を上げ|進達|上申|申達|伺いを")
_DOWNWARD = AnyOf("指示を出|指示した|指示し、|通達した|通達を出|指導した|命令した|命じた")
_OWN = ("支部", "当支部", "事務所", "出先")


def senders_reversed(text: str) -> Iterator[TextSpan]:
    """Start and end of each place where the one who gets something is said to send it.

    Papers that only an office sends, a role that sends to itself, and orders to the head office.
    """
    plain = half_width(text)
    yield from _spans_of_sending_by_receivers(plain)
    yield from _spans_of_sending_to_itself(plain)
    yield from _spans_of_orders_upward(plain)
    yield from _done_to_those_who_do(plain)
    for pattern in (_BY_RECEIVERS, _SKILLS_OF_RECEIVERS):
        for found in pattern.finditer(plain):
            yield found.span()


_BY_RECEIVERS = LazyPattern(
    r"(?:債務者|滞納者|未納者|未受診者|未治療者|未提出事業所|未回答事業所|加入者|被保険者|被扶養者|申請者)による"
    r"[^、。]{0,12}?(?:への|に対する)?、?(?:催告|督促|受診勧奨|提出勧奨|立入検査|支払督促|特定保健指導|差押え)",
    needs="による",
)
_SKILLS_OF_RECEIVERS = LazyPattern(
    r"(?:保健指導対象者|対象者|加入者|被保険者|被扶養者|債務者|患者|未治療者|未受診者|申請者)の"
    r"(?:スキル|資質|指導力|指導技術|審査能力|点検能力|点検技術|面談技術|専門性)(?:アップ|の?(?:更なる|さらなる)?向上|を高め|を向上)",
    needs=("スキル", "資質", "指導", "審査能力", "点検", "面談技術", "専門性"),
)
_GETS = alternatives(
    "債務者|滞納者|未納者|対象者|加入者|被保険者|被扶養者|受講者|受診者|申請者|参加者|患者|未受診者|未治療者"
    "|相談者|出席者"
)
_ACTS_FOR = alternatives(
    "保健師|管理栄養士|弁護士|講師|協会|組合|本部|支部|職員|委託先|委託業者|医師|調査員|事務局|相談員|健診機関|医療機関"
    "|実施機関|認定調査員|担当者|審査会"
)
_DONE_TO_THEM = alternatives(
    "催告|督促|特定保健指導|保健指導|受診勧奨|勧奨|立入検査|差押え|研修|講義|健診|健康診断|検査|診察|認定調査|支給決定|訪問指導"
    "|栄養指導"
)
_DOING = ("を行", "を実施", "した", "し、")
_TOWARDS = ("に対して", "に対し", "に", "へ", "あて")
_NEAR = 7


def _done_to_those_who_do(plain: str) -> Iterator[TextSpan]:
    """債務者が弁護士に催告を行った, 加入者が協会へ医療費のお知らせを送付した."""
    for place in places_of(plain, "が"):
        name = next((one for one in _GETS if plain.endswith(one, 0, place)), "")
        act = _end_of_partner(plain, place + 1) if name else 0
        end = _end_of_office_act(_words_until_mark(plain[act : act + 24])) if act else 0
        if end:
            yield place - len(name), act + end


def _end_of_partner(plain: str, start: int) -> int:
    """Where 弁護士に ends that begins at a place; 0 where no such words begin there."""
    name = next((one for one in _ACTS_FOR if plain.startswith(one, start)), "")
    end = start + len(name)
    to = next((one for one in _TOWARDS if plain.startswith(one, end)), "") if name else ""
    return end + len(to) if to else 0


def _end_of_office_act(words: str) -> int:
    """Where an act of the office ends that words lead to: お知らせを送付, 催告を行っ; 0 for none."""
    sent = next((one for one in _OF_OFFICE if words.startswith(f"{one}を")), "")
    if sent and words.startswith(_SENDING, len(sent) + 1):
        return len(sent) + 3
    for act in _DONE_TO_THEM:
        found = words.find(act)
        if 0 <= found < _NEAR and words.startswith(_DOING, found + len(act)):
            return found + len(act) + 2
    return 0


def _spans_of_sending_by_receivers(plain: str) -> Iterator[TextSpan]:
    for place in places_of(plain, "から"):
        name = next((one for one in _RECEIVERS if plain.endswith(one, 0, place)), "")
        paper = next((one for one in _OF_OFFICE if plain.startswith(one, place + 2)), "") if name else ""
        at = place + 2 + len(paper)
        act = plain[at + 1 : at + 3] if paper and plain.startswith("を", at) else ""
        if act in _SENDING and plain.startswith(("した", "し、", "する", "。", "済"), at + 3):
            yield place - len(name), at + 3


def _spans_of_sending_to_itself(plain: str) -> Iterator[TextSpan]:
    """A role from which and to which something goes in one clause."""
    for place in places_of(plain, "から"):
        name = next((one for one in _ROLES if plain.endswith(one, 0, place)), "")
        if not name or _is_longer_name(plain, place - len(name)):
            continue
        start = place - len(name)
        behind = _words_until_mark(plain[place + 2 : place + 2 + _FAR])
        to = min((at for way in "へにあ" if (at := behind.find(name + way)) >= 0), default=-1)
        if to >= 0 and not _is_longer_name(f"から{behind}", to + 2):
            end = place + 2 + to + len(name)
            if _TRANSFERS.is_in(_words_until_mark(plain[place + 2 : end + _VERB])):
                yield start, end + 1
            continue
        at = _receiver_before(plain, name, start)
        if at >= 0 and _TRANSFERS.is_in(_words_until_mark(plain[place : place + _VERB])):
            yield at, place + 2


def _receiver_before(plain: str, name: str, end: int) -> int:
    """Where a role is the receiver in the clause before a place (事業所へ); -1 for nowhere."""
    lead = plain[max(0, end - _FAR) : end]
    lead = lead[max(lead.rfind(mark) for mark in _WITHIN) + 1 :]
    at = max(lead.rfind(name + way) for way in ("へ", "に", "あて"))
    is_part = at > 0 and is_noun_letter(lead[at - 1])
    return -1 if at < 0 or is_part else end - len(lead) + at


def _spans_of_orders_upward(plain: str) -> Iterator[TextSpan]:
    yield from _orders_to_superiors(plain)
    yield from _requests_by_superiors(plain)


def _orders_to_superiors(plain: str) -> Iterator[TextSpan]:
    for way in ("本部に", "本部へ", "本部に対し", "厚生労働省に", "厚生労働省へ"):
        for place in places_of(plain, way):
            end = place + len(way)
            if _DOWNWARD.is_in(plain[end : end + 6]) and not plain.startswith("より", end):
                yield place, end + 6


def _requests_by_superiors(plain: str) -> Iterator[TextSpan]:
    for way in ("本部から", "厚生労働省から"):
        for place in places_of(plain, way):
            behind = plain[place + len(way) :]
            own = next((one for one in _OWN if behind.startswith((f"{one}へ", f"{one}に"))), "")
            if own and _UPWARD.is_in(behind[len(own) : len(own) + 10]):
                yield place, place + len(way) + len(own) + 8


def _words_until_mark(words: str) -> str:
    ends = (at for mark in _WITHIN if (at := words.find(mark)) >= 0)
    return words[: min(ends, default=len(words))]


def _is_longer_name(plain: str, start: int) -> bool:
    """Whether letters before a name make it another one: 支払事業所, 他の事業所."""
    return start > 0 and (is_noun_letter(plain[start - 1]) or plain.endswith(("他の", "別の"), 0, start))
