"""Words that do not fit together, which a dictionary tells: what follows what, particles and verbs.

What searches a text is imported for the first text that no earlier check has searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Requirement, rule
from kenpo_xl.checks.support.known_texts import found_in_texts, has_in_plan, misuse_violation
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.grammar.half_replaced import half_replaced
from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.token import Token


@rule(
    "WO92",
    Family.WORDING,
    Severity.WARNING,
    "言葉のつながりが崩れています",
    why="「期限を杉た」「取り組んだいる」のような文は、変換や入力の誤りで、そのまま印刷されます。",
    remedy="正しく打ち直してください。",
    needs=Requirement.DICTIONARY,
    superseded_by=(
        *("WO08", "WO14", "WO18", "WO19", "WO20", "WO22", "WO28", "WO29", "WO30", "WO31", "WO39"),
        *("WO60", "WO61", "WO62", "WO65", "WO90", "WO91"),
    ),
)
def words_cannot_follow(context: CheckContext) -> Iterator[Violation]:
    """Two words that no sentence has in this order, such as a noun before た; once a line.

    Also the past of a verb right before that of another (送付した発送した), a form that does not fit the next
    word (積極的な取り組んだ, 図るのため), one or a particle before a word that it never has behind it
    (行っむ, 職員のに制度を) and a paper that does something to persons.
    """
    return _violations_by_tokens(context, _broken_words, "は、言葉のつながりが崩れています。")


def _broken_words(tokens: Sequence[Token]) -> Iterator[Misuse]:
    from kenpo_xl.domain.language.grammar.impossible_words import impossible_words
    from kenpo_xl.domain.language.syntax.attributes import misjoined_words
    from kenpo_xl.domain.language.syntax.following_forms import misfollowed_forms
    from kenpo_xl.domain.language.syntax.impossible_neighbors import impossible_neighbors
    from kenpo_xl.domain.language.syntax.roles import exchanged_roles
    from kenpo_xl.domain.language.syntax.two_endings import two_endings

    yield from impossible_words(tokens)
    yield from misfollowed_forms(tokens)
    yield from impossible_neighbors(tokens)
    # what is plain without a dictionary is reported so
    yield from (one for one in two_endings(tokens) if not any(half_replaced(one.words)))
    yield from misjoined_words(tokens)
    yield from exchanged_roles(tokens)


@rule(
    "WO93",
    Family.WORDING,
    Severity.WARNING,
    "助詞が動詞と合いません",
    why="「42名を参加した」「種類が絞り」のような文は、書き直しの跡が残ったもので、誰が何をしたのか分からなくなります。",
    remedy="動詞に合う助詞に直してください。",
    needs=Requirement.DICTIONARY,
    superseded_by=("WO08", "WO18", "WO19", "WO20", "WO28", "WO29", "WO30", "WO31", "WO60", "WO61", "WO92"),
)
def case_does_not_fit(context: CheckContext) -> Iterator[Violation]:
    """を before a verb without object, が before one that persons alone do, に for を; once a line.

    Times and adverbs may be between them. Also を before a passive verb (医療費分析を開始された).
    """
    return _violations_by_tokens(
        context, _wrong_cases, "は、助詞が動詞と合いません。「{meant}」のことですか。"
    )


def _wrong_cases(tokens: Sequence[Token]) -> Iterator[Misuse]:
    from kenpo_xl.domain.language.grammar.wrong_cases import wrong_cases
    from kenpo_xl.domain.language.syntax.passive_objects import passive_objects

    yield from wrong_cases(tokens)
    yield from passive_objects(tokens)


def _violations_by_tokens(
    context: CheckContext, find: Callable[[Sequence[Token]], Iterator[Misuse]], fact: str
) -> Iterator[Violation]:
    """A violation for the first misuse of each text, if the plan does not write it."""
    for text, misuses in found_in_texts(context, find.__name__, lambda text: find(text.tokens)):
        if misuses and not has_in_plan(context, misuses[0].words, lambda line: find(context.tokens(line))):
            yield misuse_violation(text, misuses[0].start, misuses[0], fact)
