"""Ages of groups that the law fixes (特定健診, 前期高齢者), written otherwise (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import (
    PrintedText,
    all_printed_texts,
    quoted_with_neighbors,
    sentence_at,
)
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

_OLDEST = 200
_NEAR = 24
_LEADS = ("(", "の対象", "対象", "となる", "である", "医療", "制度", "に", "へ")
# The names, the least and the highest age, and the law: 高齢者の医療の確保に関する法律 (高確法), 介護保険法.
_GROUPS = (
    (("特定健康診査", "特定健診"), 40, 74, "高確法第20条"),
    (("特定保健指導",), 40, 74, "高確法第24条"),
    (("前期高齢者",), 65, 74, "高確法第32条"),
    (("後期高齢者",), 75, _OLDEST, "高確法第50条"),
    (("第1号被保険者", "1号被保険者"), 65, _OLDEST, "介護保険法第9条"),
    (("第2号被保険者", "2号被保険者"), 40, 64, "介護保険法第9条"),
)
_CARE, _INSURED = AnyOf("介護|要支援|認定"), "号被保険者"
_AGES = LazyPattern(
    r"(?:\(|の?対象(?:と(?:なる|する|した)|である|者である)、?|となる|である)"
    r"(?=\d\d(?:歳|(?:から|~|-|以上)\d\d歳))(?P<least>\d{2})歳?(?:から|~|-|以上)(?:(?P<most>\d{2})歳(?P<below>未満)?)?",
    needs="歳",
)
_MOVES = LazyPattern(
    r"(?:医療(?:制度|広域連合)?|制度)?(?:に|へ)(?:移る|移行する|移行となる|加入する|切り替わる)(?P<age>\d{2})歳",
    needs="歳",
)
# With a disability from 65 on; and what is no definition of the group.
_OTHER = AnyOf(
    "障害|障がい|一定の|除|以外|年金|がん|独自|若年|生活習慣病予防|事業者健診|人間ドック|拡大|加えて"
)


@rule(
    "CO47",
    Family.AGREEMENT,
    Severity.WARNING,
    "特定健診や前期高齢者などの年齢が、法律の年齢と合いません",
    why="特定健診は40～74歳、前期高齢者は65～74歳のように法律で決まった年齢が違うと、対象を誤って読まれます。",
    remedy="対象の名前と年齢を確かめ、違う方を直してください。",
    superseded_by=("CO77",),
)
def age_is_not_that_of_the_law(context: CheckContext) -> Iterator[Violation]:
    """Ages right behind the name of a group that go beyond those of the law; ages within it may be a part.

    特定健診 40 to 74 (高齢者の医療の確保に関する法律第20条), 前期高齢者 65 to 74 (第32条), 後期高齢者 from 75
    on (第50条; with a disability from 65 on, so silent for 障害), 介護保険の第1号被保険者 from 65 on and
    第2号被保険者 40 to 64 (介護保険法第9条; with 介護 in the sentence, since 国民年金 has such names too).
    """
    for written in all_printed_texts(context):
        if "任意継続" in written.text:
            yield from _violations_for_years_unlike_law(written)
        if "歳" not in written.text:
            continue
        plain = half_width(written.text)
        places = [place for place, letter in enumerate(plain) if not letter.isspace()]
        joined = "".join(plain[place] for place in places)
        for names, least, most, law in _GROUPS:
            found = _first_ages_unlike_law(joined, names, least, most)
            if found:
                start, end = places[found.start()], places[found.end() - 1] + 1
                quote = quoted_with_neighbors(written.text, start, end)
                ages = f"{least}歳以上" if most == _OLDEST else f"{least}～{most}歳"
                yield written.violation(
                    start,
                    f"{quote}とありますが、法律では{ages}です（{law}）。",
                    "対象の名前と年齢を確かめ、違う方を直してください。",
                    actual=found[0].strip("("),
                    expected=ages,
                )


_YEARS = LazyPattern(
    r"任意継続(?:被保険者)?(?:の|として|である|は|が)?(?:加入|資格|継続)?(?:期間|できるの)?(?:の|は|である|が|を|、)*(?:最長|最大)?"
    r"(?P<years>[1-9])年(?!度|\d|以|[0-9か]|目|前)",
    needs="任意継続",
)


def _violations_for_years_unlike_law(written: PrintedText) -> Iterator[Violation]:
    """任意継続の期間は3年: the law gives two (健康保険法第38条)."""
    plain = half_width(written.text)
    places = [place for place, letter in enumerate(plain) if not letter.isspace()]
    for found in _YEARS.finditer("".join(plain[place] for place in places)):
        if found["years"] != "2":
            start, end = places[found.start()], places[found.end() - 1] + 1
            quote = quoted_with_neighbors(written.text, start, end)
            yield written.violation(
                start,
                f"{quote}とありますが、法律では2年です（健康保険法第38条）。",
                "年数を確かめて直してください。",
                actual=f"{found['years']}年",
                expected="2年",
            )


def _first_ages_unlike_law(
    joined: str, names: tuple[str, ...], least: int, most: int
) -> re.Match[str] | None:
    """The first ages behind a name in a text without blanks that are not those of the law."""
    for name in names:
        before = _ages_before_name_unlike_law(joined, name, least, most)
        if before:
            return before
        at = joined.find(name)
        if at < 0 or not _is_name_followed_by_ages(joined, name, at):
            continue
        found = _AGES.match(joined, at + len(name))
        if found and _is_age_range_beyond_law(found, least, most):
            return found
        up_to = _UP_TO_AGE.match(joined, at + len(name))
        if up_to and int(up_to["age"]) < least:
            return up_to
        moved = _MOVES.match(joined, at + len(name)) if most == _OLDEST else None
        if moved and int(moved["age"]) != least:
            return moved
    return None


def _ages_before_name_unlike_law(joined: str, name: str, least: int, most: int) -> re.Match[str] | None:
    """Ages that lead to a name: 40歳から84歳までの特定健診, 39歳以下の方に特定健診の."""
    place = joined.find(name)
    sentence = sentence_at(joined, place) if place >= 0 else ""
    is_of_care = not name.endswith(_INSURED) or _CARE.is_in(sentence)
    if not sentence or not is_of_care or _OTHER.is_in(sentence) or _NOT_MEANT.is_in(sentence):
        return None
    for found in _AGES_BEFORE.finditer(joined[max(0, place - _NEAR) : place]):
        if _are_ages_outside_law(found, least, most):
            return _AGES_BEFORE.search(joined, max(0, place - _NEAR) + found.start(), place)
    return None


def _are_ages_outside_law(found: re.Match[str], least: int, most: int) -> bool:
    """Whether stated ages (40歳から84歳まで, 39歳以下) are not within the legal ones."""
    first, last = int(found["least"]), int(found["most"] or 0)
    if found["side"] == "以下":
        first, last = 0, first
    if found["side"] == "以上" and not found["most"] and first > most:
        return True
    return (bool(found["most"]) and (first < least or last > most)) or 0 < last < least


_AGES_BEFORE = LazyPattern(
    r"(?<!\d)(?P<least>\d{2})歳(?:(?:から|~|-|以上)(?P<most>\d{2})歳(?:まで|以下)?|(?P<side>以上|以下))"
    r"(?:の(?:[^。、]{0,6}?(?:方|者|人|住民))?)?(?:を対象(?:に|とした|とする)|に対し(?:て)?|へ|に)?、?(?:の)?$",
    needs="歳",
)
_UP_TO_AGE = LazyPattern(
    r"(?:の?対象(?:者)?(?:となる|である|は|とした)?|となる|を受ける)、?(?P<age>\d{2})歳(?:以下|未満)",
    needs="歳",
)
_NOT_MEANT = AnyOf("対象外|対象とな|受けられな|該当しな|移行|まで受|除く|含")


def _is_name_followed_by_ages(joined: str, name: str, at: int) -> bool:
    """Whether ages are right behind a name at a place, of the group that the law means."""
    sentence = sentence_at(joined, at)
    if _OTHER.is_in(sentence) or (name.endswith(_INSURED) and not _CARE.is_in(sentence)):
        return False
    behind = joined[at + len(name) :][:_NEAR]
    return "歳" in behind and behind.startswith(_LEADS)


def _is_age_range_beyond_law(found: re.Match[str], least: int, most: int) -> bool:
    last = int(found["most"]) - bool(found["below"]) if found["most"] else 0
    return int(found["least"]) < least or last > most
