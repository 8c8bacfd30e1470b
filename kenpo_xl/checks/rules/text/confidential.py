"""What is not for the public: files, passwords, businesses with debts, one person's illness (個人情報).

What searches a text is imported for the first text that no earlier check has searched.
"""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, found_in_each, quoted
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.privacy.internal_traces import PASSWORD, internal_traces
from kenpo_xl.domain.text_span import TextSpan


@rule(
    "PR09",
    Family.PRIVACY,
    Severity.WARNING,
    "職員だけが使う場所やパスワードが残っています",
    why="フォルダーやファイルの名前、パスワード、職員だけのページは、読み手の役に立たず、外に出ると悪用されるおそれがあります。",
    remedy="公にしないものなら消してください。",
)
def internal_trace_is_left(context: CheckContext) -> Iterator[Violation]:
    r"""A path (\\server\share, C:\), the name of a file, a page of an intranet, a password; once a text.

    Passwords are not repeated.
    """
    for written, traces in found_in_each(context, internal_traces):
        if traces:
            yield _violation_for_trace(written, *traces[0])


def _violation_for_trace(written: PrintedText, start: int, end: int, what: str) -> Violation:
    shown = "" if what == PASSWORD else f": {quoted(written.text[start : end + 12])}"
    return written.violation(start, f"{what}が残っています{shown}", "公にしないものなら消してください。")


@rule(
    "PR10",
    Family.PRIVACY,
    Severity.WARNING,
    "事業所や施術所の名前と、その未納や不正のことが書かれています",
    why="名前の分かる事業所の未納、滞納、不正の疑いは、公になるとその事業所の信用を傷つけるおそれがあります。",
    remedy="名前を「事業所」「施術所」などに書き換えてください。公表されていることなら、確認済にしてください。",
)
def business_is_named_with_its_debt(context: CheckContext) -> Iterator[Violation]:
    """株式会社…の未納額, …接骨院に不正請求の疑い; not of those with whom the office works (委託, 協定).

    The name is not repeated.
    """
    for written, debtors in found_in_each(context, _named_debtors):
        for start, kind, debt in debtors:
            yield written.violation(
                start,
                f"事業所などの名前（…{kind}…）と「{debt}」が書かれています。",
                "名前を「事業所」「施術所」などに書き換えてください。公表されていることなら、シート「指摘」のこの行に、その理由を入れてください。",
                actual=kind,
            )


def _named_debtors(text: str) -> Iterator[tuple[int, str, str]]:
    from kenpo_xl.domain.privacy.named_debtors import named_debtors

    yield from named_debtors(text)


@rule(
    "PR11",
    Family.PRIVACY,
    Severity.WARNING,
    "一人の人の病気と、年齢や住まい、勤め先が書かれています",
    why="名前がなくても、年齢と町名や勤め先があれば、知る人にはだれの病気のことか分かります。",
    remedy="年齢を「60歳代」などとし、町名や勤め先、病名を消してください。本人の同意を得て公にしていることなら、確認済にしてください。",
    superseded_by=("PR05",),
)
def patient_is_known_to_others(context: CheckContext) -> Iterator[Violation]:
    """The age of one person, an illness, and where she lives or works, in one sentence.

    Not of groups (40歳以上の女性), nor of cases in talks and leaflets. The words are not repeated.
    """
    for written, patients in found_in_each(context, _patients_known_to_others):
        for start, illness in patients:
            yield written.violation(
                start,
                f"一人の人の年齢と病気（「{illness}」）、住まいか勤め先が書かれています。",
                "年齢を「60歳代」などとし、町名や勤め先、病名を消してください。公にしていることなら、シート「指摘」のこの行に、その理由を入れてください。",
                actual=illness,
            )


def _patients_known_to_others(text: str) -> Iterator[tuple[int, str]]:
    from kenpo_xl.domain.privacy.single_patients import patients_known_to_others

    yield from patients_known_to_others(text)


_INITIALS = r"[A-Z]\s?[・.]\s?[A-Z](?![A-Za-z])|(?<![A-Za-z])[A-Z](?:さん|氏|様)"
_TOWN = r"[^\W\d\x00-ヿ]{1,4}[市町村区](?!町村|区町村)"
_ONE_PERSON = LazyPattern(
    rf"[(](?=[^()。]{{0,30}}(?<!\d)\d{{2}}\s?[歳才](?![以未代前~か]))"
    rf"(?=[^()。]{{0,30}}(?:{_INITIALS}|{_TOWN}))[^()。]{{4,40}}[)]",
    needs=("歳", "才"),
)
_GROUP = AnyOf("講師|登壇|最高齢|平均|対象|以上|未満|モデル|架空|例|体験")


@rule(
    "PR12",
    Family.PRIVACY,
    Severity.INFO,
    "一人の人の頭文字や住まいと、年齢が書かれています",
    why="名前がなくても、頭文字や市町村と年齢があれば、知る人にはだれのことか分かります。",
    remedy="頭文字、住まい、年齢を消してください。公にしていることなら、このままで構いません。",
    superseded_by=("PR05", "PR06", "PR11"),
)
def person_is_known_by_initials(context: CheckContext) -> Iterator[Violation]:
    """The age of one person beside initials or a town, in one bracket: （Ｋ・Ｓ、62歳、熊谷市）."""
    for written, spans in found_in_each(context, _spans_of_persons_with_age):
        for start, _ in spans[:1]:
            yield written.violation(
                start,
                "一人の人の年齢と、頭文字か住まいが書かれています。",
                "頭文字、住まい、年齢を消してください。公にしていることなら、このままで構いません。",
            )


def _spans_of_persons_with_age(text: str) -> Iterator[TextSpan]:
    plain = half_width(text)
    for found in _ONE_PERSON.finditer(plain):
        if not _GROUP.is_in(plain):
            yield found.span()
