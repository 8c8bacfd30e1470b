"""What identifies a person or is a way to reach one: where it is in a text, and the text without it.

What is kept longer than the books themselves (ledger, cache, logs) holds them masked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from kenpo_xl.domain.findings.rule_codes import (
    ACCOUNT_NUMBER,
    BIRTH_DATE,
    INSURED_NUMBER,
    MAIL_ADDRESS,
    MY_NUMBER,
    PERSON_NAME,
    PHONE,
    POSTAL_ADDRESS,
)
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import half_width, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.privacy.person_names import has_bare_name, person_name_spans
from kenpo_xl.domain.privacy.postal_addresses import address_spans
from kenpo_xl.domain.text_span import TextSpan
from kenpo_xl.domain.time.fiscal_calendar import ERAS

# No text without one of these holds any.
_SIGN = LazyPattern(
    r"[\d@＠様氏殿者長任査事幹員師士（(]|さん|先生|丁目|生まれ|日生|生年|患者|本人|名義人|保証人|相続人|社長|専務|常務|リーダー|マネジャ|マネージャ|課の|係の|室の|グループの|担当|文責|作成"
)
_HYPHENS = LazyPattern(r"(?<=[\d)])\s?[‐‑‒–—―ー−](?=\d)", needs="‐‑‒–—―ー−")
_TWELVE = LazyPattern(r"(?<![\d,.-])\d{4}([ -]?)\d{4}\1\d{4}(?![\d,-]|\.\d)", contains=r"\d{4}[ -]?\d{4}")
_NAME_OF_MY_NUMBER = LazyPattern(
    r"(?:マイナンバー|(?<!法人)(?<!法人の)個人番号)(?:は|が|の|を|:)?[\s(「:]*$",
    needs=("マイナンバー", "個人番号"),
)
_EXTENSION = r"内線(?:番号)?[ ::]?\d{3,5}(?!\s?(?:[台件人回本]|か所))"
_PHONE = LazyPattern(
    r"(?<![\d.,-])(?:0(?:120|570|800|990)[- (]?\d{3}[-) ]?\d{3,4}|0\d{1,4}-\d{1,4}-\d{4}"
    r"|0\d{1,4}\(\d{1,4}\)\d{4}"
    r"|\(0\d{1,4}\)\s?\d{1,4}-\d{4}|0[5789]0[ -]?\d{4}[ -]?\d{4}|\+81[- ]?\d{1,4}[- ]?\d{1,4}[- ]?\d{4}"
    r"|(?<=電話)0\d{9}|(?<=(?i:tel))0\d{9}|(?<=電話[ ::])0\d{9}|(?<=(?i:tel)[ ::.])0\d{9}"
    rf"|{_EXTENSION})(?![\d-])",
    needs=("0", "+81", "内線"),
    contains=r"\d{4}|内線",
)
_MAIL = LazyPattern(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_SYMBOL = LazyPattern(
    r"\(?記号\)?\s*[::は]?\s*\d{1,8}[\s、,・()-]{0,4}番号\)?\s*[::は]?\s*\d{1,7}"
    r"|記号\s*[・/と及び]{0,2}\s*番号\)?\s*[::は(]?\s*\d{4,8}(?:\s*[-・、, /]\s*\d{1,7}|(?=[)\s、。の]|$))"
    r"|(?:被保険者(?:証|等)?|保険証|資格確認書)の?(?:記号[・と]?)?番号\s*[::は(]?\s*(?:\d{4,8}(?:\s*-\s*\d{1,7})?|\d{10}|\d{1,3}\s*-\s*\d{1,7})(?!\d)"
    r"|(?:被保険者証|保険証|資格確認書)\s*[(:]\s*\d{6,8}\s*-\s*\d{1,7}(?!\d)",
    needs=("番号", "被保険者証", "保険証", "資格確認書"),
    contains=r"記号|番号\)?\s*\D?\s*(?:\d{4}|\d{1,3}\s*-)|[(:]\s*\d{6}",
)
_TENS = "(?:\\d{1,2}|[一二三四五六七八九十元]{1,4})"
_ERA_YEAR = rf"(?:(?:{'|'.join(name for name, _, _ in ERAS)})\s*{_TENS}|(?:18|19|20)\d\d)"
_DAY = (
    rf"(?:{_ERA_YEAR}\s*年\s*{_TENS}\s*月\s*{_TENS}\s*日"
    r"|(?:(?<![A-Za-z])[MTSHRmtshr]\s?\d{1,2}|(?<!\d)(?:18|19|20)\d\d)\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2})"
)
# Born before, after or between days: a group of persons. 生活 and 生産 are other words.
_BORN = LazyPattern(
    rf"(?<!から)(?<!~){_DAY}\)?\s*(?:生まれ|生れ|出生|誕生(?!日を)|生(?=[)\s、。,のはを」」]|$))"
    r"(?!\s*の?(?:方|者|人|子|児)?\s*(?:以[前降後]|から|~|まで|[をが]対象))"
    rf"|(?:生年月日|誕生日)\)?\s*[::はがを(]?\s*{_DAY}(?!\s*(?:以[前降後]|から|~|まで))",
    needs=("生", "誕生"),
)
_ACCOUNT = LazyPattern(
    r"口座(?:番号)?\)?\s*(?:No\.?)?\s*[::はがを(]?\s*(?<!\d)\d{6,8}(?![\d,.-]|\s*(?:円|千|件|人|社))"
    r"|(?:普通|当座|貯蓄|定期|総合)(?:預金|貯金|口座){0,2}\)?\s*(?:口座)?(?:番号|No\.?)?\s*[::はがを(]?\s*"
    r"\d{6,8}(?![\d,.-]|\s*(?:円|千|件|人|社))"
    r"|口座\s*\([^()\d]{1,24}(?<!\d)\d{6,8}(?![\d,.-]|\s*(?:円|千|件|人|社))"
    r"|(?:銀行|信用金庫|信用組合|農協|労働金庫)[^。、\d]{0,14}?(?:本|支|出張|営業)[店所部][、・\s]*\d{7}(?![\d,.-]|\s*(?:円|千|件|人|社))"
    r"|(?:受給者|診察券|患者|公費負担者)の?(?:番号|No\.?)?\)?\s*[::はがを(]?\s*\d{5,10}(?![\d,.-]|\s*(?:円|千|件|人|名|社))"
    r"|(?:クレジット)?カード(?:番号)?\)?\s*[::はがを(]?\s*\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}(?!\d)"
    r"|年金(?:手帳|証書)?の?番号\)?\s*[::はがを(]?\s*\d{4}\s?-?\s?\d{6}(?!\d)"
    r"|(?:雇用|介護|医療|労災)保険の?(?:被保険者)?(?:証の?)?番号\)?\s*[::はがを(]?\s*\d{4}-?\d{4,6}(?:-?\d)?(?!\d)"
    r"|(?:免許証?|旅券|パスポート|在留カード|身分証|住民票コード|資格証)の?(?:番号|No\.?)?\)?\s*[::はがを(]?\s*第?\s*"
    r"(?:[A-Z]{2}\d{7}(?!\d)|[A-Z]{2}\d{8}[A-Z]{2}|\d{11,12}(?!\d))",
    needs=(
        *("銀行", "金庫", "信用組合", "農協"),
        *("口座", "普通", "当座", "貯蓄", "定期", "総合", "年金", "保険", "免許", "旅券", "パスポート"),
        *("カード", "身分証", "住民票コード", "資格証", "受給者", "診察券", "患者", "公費負担者"),
    ),
    contains=r"\d{5}|\d{4}[ -]\d{4}",
)
_Spans = Iterator[TextSpan]


def _spans_of(pattern: LazyPattern) -> Callable[[str], _Spans]:
    return lambda text: (found.span() for found in pattern.finditer(text))


_FINDERS: dict[str, Callable[[str], _Spans]] = {
    MY_NUMBER: _spans_of(_TWELVE),
    PHONE: _spans_of(_PHONE),
    MAIL_ADDRESS: _spans_of(_MAIL),
    INSURED_NUMBER: _spans_of(_SYMBOL),
    PERSON_NAME: person_name_spans,
    BIRTH_DATE: _spans_of(_BORN),
    POSTAL_ADDRESS: address_spans,
    ACCOUNT_NUMBER: _spans_of(_ACCOUNT),
}
# What no text of these kinds lacks.
_NEEDED = {MAIL_ADDRESS: "@"}
# Kinds that may be those of a public office or a public person, which a group then accepts (確認済).
MAY_BE_PUBLIC = (PHONE, MAIL_ADDRESS, PERSON_NAME, POSTAL_ADDRESS)
# Kinds that a secret keeps as they are written: their digits alone would be those of any number.
_KEPT_AS_WORDS = (MAIL_ADDRESS, PERSON_NAME, BIRTH_DATE, POSTAL_ADDRESS)
_WITH_LETTERS = (MAIL_ADDRESS, PERSON_NAME)
# Digits with what may part them, or what looks like the beginning of a mail address.
_RUN = LazyPattern(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]*|\d(?:[\d,.\s()‐-―ー−-]*\d)?")
_LEAST_CUT = 3
_DIGITS_OF_PHONE = (10, 11)
_MASK = "＊"
# Identities, names and lines are masked again and again. Longer texts are few.
_KEPT, _LONGEST_KEPT = 4_096, 500


@frozen
class PrivatePart:
    """A place in a text that a rule is about; `words` are those there, half-width, with plain hyphens."""

    code: str
    start: int
    words: str

    @property
    def end(self) -> int:
        return self.start + len(self.words)

    @property
    def may_be_public(self) -> bool:
        """Whether it may be that of a public office or person, which a group then accepts (確認済)."""
        return self.code in MAY_BE_PUBLIC

    @property
    def normalized_secret(self) -> str:
        """What is the same however it is written: the digits, or the words in small letters."""
        return normalized(self.words).casefold() if self.code in _KEPT_AS_WORDS else _digits_of(self.words)


def is_of_public_contact(part: PrivatePart, contacts: Iterable[str]) -> bool:
    """Whether a part is written in a contact that the plan names as public, or a contact is in the part."""
    if not part.may_be_public:
        return False
    secret = part.normalized_secret
    if part.code == PHONE:
        return any(secret in _digits_of(half_width(contact)) for contact in contacts)
    written = (normalized(contact).casefold() for contact in contacts)
    return any(secret in contact or (len(contact) >= _LEAST_CUT and contact in secret) for contact in written)


def private_parts(text: str) -> tuple[PrivatePart, ...]:
    """Everything that identifies a person, and every way to reach one, that the rules are about."""
    return _kept_private_parts(text) if len(text) <= _LONGEST_KEPT else tuple(_find_private_parts(text))


@lru_cache(maxsize=_KEPT)
def _kept_private_parts(text: str) -> tuple[PrivatePart, ...]:
    return tuple(_find_private_parts(text))


def _find_private_parts(text: str) -> Iterator[PrivatePart]:
    if not (_SIGN.search(text) or has_bare_name(text)):
        return
    wide = half_width(text)
    words = _HYPHENS.sub(lambda found: "-".rjust(len(found[0])), wide)
    for code, find in _FINDERS.items():
        if _NEEDED.get(code, "") not in wide:
            continue
        searched = wide if code in _WITH_LETTERS else words
        for start, end in find(searched):
            if _has_valid_digits(code, searched[start:end]) or _is_named(code, searched[:start]):
                yield PrivatePart(code, start, searched[start:end])


def _is_named(code: str, before: str) -> bool:
    """Whether the words before twelve digits call them a My Number, which may be mistyped."""
    return code == MY_NUMBER and _NAME_OF_MY_NUMBER.search(before) is not None


def _has_valid_digits(code: str, words: str) -> bool:
    """Whether what reads like one also has the digits of one."""
    if code == MY_NUMBER:
        return _is_my_number(_digits_of(words))
    return code != PHONE or words.startswith("内線") or len(_digits_of(words)) in _DIGITS_OF_PHONE


def is_private_number(number: Decimal | None, unit: str) -> bool:
    """Whether the number of a cell is a My Number; one that counts 円 is not."""
    digits = "" if number is None or "円" in unit else decimal_text(number)
    return bool(_TWELVE.fullmatch(digits)) and _is_my_number(digits)


def mask_private_parts(text: str, *, allowed: Container[str] = ()) -> str:
    """The text with ＊ in the place of each digit of its private parts, of names and mail each letter too.

    `allowed` are secrets that may stay: a public phone. The length is the same, and a masked text masked
    again is itself.
    """
    for part in private_parts(text):
        if part.normalized_secret not in allowed:
            text = mask_range(text, part.start, part.end, letters_too=part.code in _WITH_LETTERS)
    return text


def mask_range(text: str, start: int, end: int, *, letters_too: bool = False) -> str:
    """The text with ＊ in the place of each digit (三 too), or also of each letter, from `start` to `end`."""
    is_hidden = str.isalnum if letters_too else str.isnumeric
    letters = (_MASK if is_hidden(letter) else letter for letter in text[start:end])
    return text[:start] + "".join(letters) + text[end:]


@frozen
class Mask:
    """What masks the texts about some books: also a secret of theirs that a sentence shows in part.

    `allowed` are secrets that may stay, `secrets` all others that are known.
    """

    allowed: frozenset[str] = frozenset()
    secrets: frozenset[str] = frozenset()

    def __call__(self, text: str) -> str:
        return self.without_secrets(mask_private_parts(text, allowed=self.allowed))

    def without_secrets(self, text: str) -> str:
        """The text with the secrets masked that are in it with other signs between, or cut off."""
        for found in _RUN.finditer(half_width(text)) if self.secrets else ():
            words = found[0] if "@" in found[0] else _digits_of(found[0])
            if self._is_known_secret(words.casefold(), is_truncated=text[found.end() :].startswith("…")):
                text = mask_range(text, found.start(), found.end(), letters_too="@" in found[0])
        return text

    def _is_known_secret(self, words: str, *, is_truncated: bool) -> bool:
        """Whether words are a secret, or the beginning of one that is cut off (123,456…)."""
        if words in self.secrets:
            return True
        return (
            is_truncated and len(words) >= _LEAST_CUT and any(one.startswith(words) for one in self.secrets)
        )


def entry_with_masked_texts(entry: dict[str, Any]) -> dict[str, Any]:
    """The same entry of a log with every text in it masked, also those in lists."""
    return {key: _masked_value(value) for key, value in entry.items()}


def _masked_value(value: Any) -> Any:
    if isinstance(value, str):
        return mask_private_parts(value)
    return [_masked_value(one) for one in value] if isinstance(value, list | tuple) else value


def _digits_of(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_my_number(digits: str) -> bool:
    """Whether the last of 12 digits is the check digit of the others; twelve times the same is none.

    The formula is that of 行政手続における特定の個人を識別するための番号の利用等に関する法律の規定による
    通知カード及び個人番号カード並びに情報提供ネットワークシステムによる特定個人情報の提供等に関する省令
    (平成26年総務省令第85号) 第5条.
    """
    if len(set(digits)) == 1:
        return False
    *body, check = map(int, digits)
    weights = [place + 1 if place <= 6 else place - 5 for place in range(11, 0, -1)]
    rest = sum(digit * weight for digit, weight in zip(body, weights, strict=True)) % 11
    return check == (0 if rest <= 1 else 11 - rest)
