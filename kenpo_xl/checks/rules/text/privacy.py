"""Rules on names, numbers, addresses and contact data of persons in public texts (個人情報)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_cells import all_number_cells
from kenpo_xl.checks.support.printed_text import PrintedText, all_printed_texts, unconfirmed_lines
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.privacy.personal_data import (
    PrivatePart,
    is_of_public_contact,
    is_private_number,
    mask_private_parts,
    mask_range,
    private_parts,
)


@rule(
    rule_codes.MY_NUMBER,
    Family.PRIVACY,
    Severity.ERROR,
    "マイナンバーらしい番号があります",
    why="検査用数字まで合う12桁の数は、ほぼ確かにマイナンバー（個人番号）です。公表する文書には載せられません。",
    remedy="番号を消してください。別の番号なら、桁を区切るか書き方を変えてください。",
)
def my_number(context: CheckContext) -> Iterator[Violation]:
    """12 digits, also in groups of four, with a valid check digit (検査用数字) or called マイナンバー.

    In a text, or as the number of a cell that counts no 円.

    The formula is that of 行政手続における特定の個人を識別するための番号の利用等に関する法律の規定による
    通知カード及び個人番号カード並びに情報提供ネットワークシステムによる特定個人情報の提供等に関する省令
    (平成26年総務省令第85号) 第5条. Twelve times the same digit is none. The number is not repeated.
    """
    for written, found in _private_parts_of_texts(context, rule_codes.MY_NUMBER):
        yield written.violation(found.start, *_my_number_message_and_hint(found.words))
    for cell in all_number_cells(context):
        if cell.is_input_cell and cell.number is not None and is_private_number(cell.number, cell.unit):
            yield Violation(
                cell.source,
                cell.figure.identity_with_entity,
                *_my_number_message_and_hint(decimal_text(cell.number)),
            )


def _private_parts_of_texts(context: CheckContext, code: str) -> Iterator[tuple[PrintedText, PrivatePart]]:
    """What a rule is about in all that is written, but for the public contacts of the plan (公の窓口)."""
    for written in (*all_printed_texts(context), *unconfirmed_lines(context)):
        for found in private_parts(written.text):
            if found.code == code and not is_of_public_contact(found, context.plan.public_contacts):
                yield written, found


def _my_number_message_and_hint(digits: str) -> tuple[str, str]:
    return (
        f"「{digits[:2]}…」で始まる12桁の数は、マイナンバー（個人番号）のようです。",
        "個人番号なら、すぐに消してください。",
    )


@rule(
    rule_codes.PHONE,
    Family.PRIVACY,
    Severity.WARNING,
    "電話番号があります",
    why="個人や事業所の電話番号が、評議会の資料として公になるおそれがあります。",
    remedy="公にしない番号なら消してください。支部の代表番号など公の番号なら、確認済にしてください。",
)
def phone_number(context: CheckContext) -> Iterator[Violation]:
    """A domestic number of 10 or 11 digits from 0 on, with hyphens or brackets.

    0120, 0570 and mobile numbers also without. Dates and amounts never begin with 0.
    """
    for written, found in _private_parts_of_texts(context, rule_codes.PHONE):
        yield written.violation(
            found.start,
            f"電話番号（…{found.words[-4:]}）が書かれています。",
            "個人や事業所の番号なら消してください。支部の代表番号など公にしている番号なら、シート「指摘」のこの行に、その理由を入れてください。",
        )


@rule(
    rule_codes.MAIL_ADDRESS,
    Family.PRIVACY,
    Severity.WARNING,
    "メールアドレスがあります",
    why="個人のメールアドレスが、評議会の資料として公になるおそれがあります。",
    remedy="公にしないアドレスなら消してください。公の窓口のものなら、確認済にしてください。",
)
def mail_address(context: CheckContext) -> Iterator[Violation]:
    """A name, @ and a domain with a dot, in half or full width."""
    for written, found in _private_parts_of_texts(context, rule_codes.MAIL_ADDRESS):
        yield written.violation(
            found.start,
            f"メールアドレス（…@{found.words.partition('@')[2][:20]}）が書かれています。",
            "個人のものなら消してください。公の窓口のものなら、シート「指摘」のこの行に、その理由を入れてください。",
        )


@rule(
    rule_codes.INSURED_NUMBER,
    Family.PRIVACY,
    Severity.ERROR,
    "被保険者の記号・番号があります",
    why="被保険者等記号・番号は、法律で告知を求めることも制限されている番号です（健康保険法第194条の2）。",
    remedy="記号と番号を消してください。",
)
def insured_number(context: CheckContext) -> Iterator[Violation]:
    """記号 and 番号 side by side, each with digits, or 被保険者証番号 with four digits or more."""
    for written, found in _private_parts_of_texts(context, rule_codes.INSURED_NUMBER):
        words = re.sub(r"\d", "＊", found.words)[:30]
        yield written.violation(
            found.start,
            f"被保険者の記号・番号のようです（「{words}」）。",
            "個人の記号・番号なら、すぐに消してください。",
        )


@rule(
    rule_codes.PERSON_NAME,
    Family.PRIVACY,
    Severity.WARNING,
    "個人の名前があります",
    why="加入者や相談者の名前が、評議会の資料として公になるおそれがあります。",
    remedy="名前を消して「加入者」「相談者」などと書いてください。公にしている方の名前なら、確認済にしてください。",
    superseded_by=("WO21",),
)
def person_name(context: CheckContext) -> Iterator[Violation]:
    """A name before 様, さん, 氏, 殿 or 先生, or a full name behind what a person is (患者の山田太郎).

    Not お客様 and 事業主様, nor speakers and people in office. One finding for a text.
    """
    for written, found, more in _first_private_parts_with_masked_text(context, rule_codes.PERSON_NAME):
        words = found.words[0] + re.sub(r"[^\s]", "＊", found.words[1:])
        honorific = next((one for one in _HONORIFICS if found.words.endswith(one)), "")
        shown = words[: len(words) - len(honorific)] + honorific
        yield written.violation(
            found.start,
            f"個人の名前のようです（{_masked_excerpt(written.text, found, shown)}{more}）。",
            "「加入者」「相談者」などに書き換えてください。公にしている方の名前なら、シート「指摘」のこの行に、その理由を入れてください。",
        )


_HONORIFICS = ("様", "さん", "氏", "殿", "先生")
_WORDS_AROUND = 8


def _first_private_parts_with_masked_text(
    context: CheckContext, code: str
) -> Iterator[tuple[PrintedText, PrivatePart, str]]:
    """The first part of a kind in each text, and how many others there are as a message says it."""
    found_by_text: dict[PrintedText, list[PrivatePart]] = {}
    for written, found in _private_parts_of_texts(context, code):
        found_by_text.setdefault(written, []).append(found)
    for written, parts in found_by_text.items():
        first = min(parts, key=lambda part: part.start)
        others = len({part.normalized_secret for part in parts}) - 1
        yield written, first, f"、ほかに {others} か所" if others else ""


def _masked_excerpt(text: str, found: PrivatePart, shown: str) -> str:
    """What is shown of a private part with the words after it, in which nothing else is private."""
    after = mask_private_parts(text)[found.end : found.end + _WORDS_AROUND]
    return f"「{' '.join((shown + after).split())}」"


@rule(
    rule_codes.BIRTH_DATE,
    Family.PRIVACY,
    Severity.WARNING,
    "個人の生年月日があります",
    why="生年月日は、ほかのことと合わせるとだれのことか分かります。公表する文書には載せられません。",
    remedy="生年月日を消してください。必要なら「50歳代」などと書いてください。",
)
def birth_date(context: CheckContext) -> Iterator[Violation]:
    """A whole date before 生まれ or 生, or behind 生年月日; not of a group (以前に生まれた者)."""
    for written, found, more in _first_private_parts_with_masked_text(context, rule_codes.BIRTH_DATE):
        yield written.violation(
            found.start,
            f"個人の生年月日のようです（「{_without_digits(found.words)}」{more}）。",
            "生年月日を消してください。必要なら「50 歳代」のように書いてください。",
        )


def _without_digits(words: str) -> str:
    return mask_range(words, 0, len(words))[:30]


@rule(
    rule_codes.POSTAL_ADDRESS,
    Family.PRIVACY,
    Severity.WARNING,
    "番地までの住所があります",
    why="個人の住所が、評議会の資料として公になるおそれがあります。",
    remedy="個人の住所なら消すか、市区町村までにしてください。支部や会場など公の場所なら、確認済にしてください。",
)
def postal_address(context: CheckContext) -> Iterator[Violation]:
    """A postal code, or a town with its house number; not that of a hall or an office."""
    for written, found, more in _first_private_parts_with_masked_text(context, rule_codes.POSTAL_ADDRESS):
        yield written.violation(
            found.start,
            f"番地までの住所のようです（「{_without_digits(found.words)}」{more}）。",
            "個人の住所なら、消すか市区町村までにしてください。支部や会場など公の場所なら、シート「指摘」のこの行に、その理由を入れてください。",
        )


@rule(
    rule_codes.ACCOUNT_NUMBER,
    Family.PRIVACY,
    Severity.WARNING,
    "口座、年金、免許証などの番号があります",
    why="振込先や年金、免許証の番号は、だれのものか分かり、悪用されるおそれがあります。公表する文書には載せられません。",
    remedy="番号を消してください。",
    superseded_by=(rule_codes.MY_NUMBER, rule_codes.INSURED_NUMBER),
)
def account_number(context: CheckContext) -> Iterator[Violation]:
    """6 to 8 digits behind 口座番号, 普通 or 当座; the number of a pension, insurance, licence or passport.

    Never an amount or a count.
    """
    for written, found, more in _first_private_parts_with_masked_text(context, rule_codes.ACCOUNT_NUMBER):
        yield written.violation(
            found.start,
            f"口座や年金、免許証などの番号のようです（「{_without_digits(found.words)}」{more}）。",
            "番号を消してください。",
        )
