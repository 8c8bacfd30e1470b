"""Words that do not go together: verbs, particles, endings, and what says a thing twice.

What searches a text is imported for the first text that no earlier check has searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.known_texts import has_in_plan, misuse_violation
from kenpo_xl.checks.support.printed_text import (
    found_in_all,
    joined_texts,
)
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.grammar.redundant_words import redundant_words
from kenpo_xl.domain.language.grammar.verb_homophones import wrong_verbs
from kenpo_xl.domain.language.sense.purposes import acts_against_purposes


@rule(
    "WO60",
    Family.WORDING,
    Severity.WARNING,
    "動詞の漢字が違います",
    why="「向上に務める」「要望に答える」のような字は、読みが同じなので気付きにくく、そのまま評議会の資料に印刷されます。",
    remedy="正しい漢字に直してください。",
    superseded_by=("WO08", "WO20", "WO28", "WO31"),
)
def verb_is_a_homophone(context: CheckContext) -> Iterator[Violation]:
    """A verb that only sounds like the one that goes with the noun and particle before it.

    Only where the noun goes with one of the verbs; what the plan writes is silent.
    """
    return _violations(context, wrong_verbs, "は、動詞の漢字が違います。ここでは「{meant}」と書きます。")


@rule(
    "WO61",
    Family.WORDING,
    Severity.WARNING,
    "助詞が動詞と合いません",
    why="「研修を参加した」「説明会が開催した」のような文は、書き直しの跡が残ったもので、誰が何をしたのか分からなくなります。",
    remedy="動詞に合う助詞に直してください。",
    superseded_by=("WO12", "WO18", "WO19", "WO20", "WO29", "WO30", "WO60"),
)
def particle_does_not_fit(context: CheckContext) -> Iterator[Violation]:
    """A particle that the verb behind it does not take with the noun before it."""
    return _violations(context, _wrong_particles, "は、助詞が動詞と合いません。「{meant}」のことですか。")


def _wrong_particles(text: str) -> Iterator[Misuse]:
    from kenpo_xl.domain.language.grammar.wrong_particles import wrong_particles
    from kenpo_xl.domain.language.syntax.case_frames import wrong_frames
    from kenpo_xl.domain.language.syntax.phrase_particles import wrong_phrase_particles

    yield from wrong_particles(text)
    yield from wrong_phrase_particles(text)
    yield from wrong_frames(text)


@rule(
    "WO62",
    Family.WORDING,
    Severity.WARNING,
    "言葉の終わりが崩れています",
    why="「集計しま。」「把握た」「実施おり、」のような打ち間違いは、そのまま印刷されます。",
    remedy="言葉の終わりを正しく打ち直してください。",
    superseded_by=("WO18", "WO19", "WO20", "WO22", "WO29", "WO30", "WO39"),
)
def ending_is_broken(context: CheckContext) -> Iterator[Violation]:
    """An ending that no verb has, or a verb that lost its し, って or ている."""
    return _violations(context, _broken_endings, "は、言葉の終わりが崩れています。「{meant}」のことですか。")


def _broken_endings(text: str) -> Iterator[Misuse]:
    from kenpo_xl.domain.language.grammar.broken_endings import broken_endings

    yield from broken_endings(text)


@rule(
    "WO63",
    Family.WORDING,
    Severity.WARNING,
    "同じ意味の言葉が重なっています",
    why="「各支部ごと毎」「約100件程度」「等など」のような重なりは、書き直しの跡に見えます。",
    remedy="どちらか一方にしてください。",
    superseded_by=("WO08", "WO18", "WO19", "WO20"),
)
def phrase_is_redundant(context: CheckContext) -> Iterator[Violation]:
    """Two words of one meaning around a number or in a row."""
    return _violations(context, _redundant_words, "は、同じ意味の言葉が重なっています。")


def _redundant_words(text: str) -> Iterator[Misuse]:
    from kenpo_xl.domain.language.syntax.repeated_phrases import repeated_phrases

    yield from redundant_words(text)
    yield from repeated_phrases(text)


@rule(
    "WO81",
    Family.WORDING,
    Severity.WARNING,
    "言葉の結び方が合いません",
    why="「必ずしも」には「ない」、「もし」には「場合」のような結びがないと、文の意味が分かりません。",
    remedy="文の終わりを直すか、その言葉を消してください。",
    superseded_by=("WO63",),
)
def adverb_lacks_its_partner(context: CheckContext) -> Iterator[Violation]:
    """必ずしも, たとえ, もし and the like without the ending that they need, 今後 with another time."""
    return _violations(context, _wrong_adverbs, "は、文の結びと合いません。「{meant}」のように結びます。")


def _wrong_adverbs(text: str) -> Iterator[Misuse]:
    from kenpo_xl.domain.language.grammar.adverb_partners import lonely_adverbs
    from kenpo_xl.domain.language.grammar.adverb_tenses import adverbs_of_another_time

    yield from lonely_adverbs(text)
    yield from adverbs_of_another_time(text)


@rule(
    "WO97",
    Family.WORDING,
    Severity.WARNING,
    "打ち消しが 2 度あります",
    why="「未提出でない事業所へ督促した」のように打ち消しが重なると、反対の意味になります。",
    remedy="打ち消しを一つにしてください。",
    superseded_by=("WO20", "WO29", "WO62", "WO92"),
)
def negation_is_repeated(context: CheckContext) -> Iterator[Violation]:
    """未提出でない before a noun, and なくない."""
    return _violations(context, _double_negatives, "は、打ち消しが 2 度あり、反対の意味に読めます。")


def _double_negatives(text: str) -> Iterator[Misuse]:
    from kenpo_xl.domain.language.grammar.double_negatives import double_negatives

    yield from double_negatives(text)


@rule(
    "WO98",
    Family.WORDING,
    Severity.WARNING,
    "動詞が言葉と合いません",
    why="「研修会を印刷し」「動画を開催し」のような文は、言葉か動詞の片方だけを書き直したもので、何をしたのか分かりません。",
    remedy="言葉と動詞のどちらかを直してください。",
    superseded_by=("WO20", "WO28", "WO31", "WO60", "WO61", "WO93"),
)
def verb_does_not_fit(context: CheckContext) -> Iterator[Violation]:
    """An event or a call that is sent, a paper that is held, an event that holds something itself."""
    return _violations(context, _wrong_objects, "は、動詞が言葉と合いません。")


def _wrong_objects(text: str) -> Iterator[Misuse]:
    from kenpo_xl.domain.language.grammar.wrong_objects import wrong_objects
    from kenpo_xl.domain.language.syntax.case_frames import wrong_verbs_of_nouns

    yield from wrong_objects(text)
    yield from wrong_verbs_of_nouns(text)


@rule(
    "WO82",
    Family.WORDING,
    Severity.WARNING,
    "反対の意味の言葉になっています",
    why="「認知度の低下を図る」「提出済の事業所へ提出勧奨」のような文は、言葉を取り違えたもので、そのまま印刷されます。",
    remedy="言いたいことと合う言葉に直してください。",
    superseded_by=("WO20", "WO28", "WO39"),
)
def words_mean_the_opposite(context: CheckContext) -> Iterator[Violation]:
    """What an office makes worse on purpose, asks of those who did it, or sends to an unknown address.

    Also an act that works against the purpose before it (待ち時間を短くするため、窓口を減らした), and a
    purpose that wants what is not wanted: 漏えいが起こるよう、管理を徹底した.
    """

    def find(text: str) -> Iterator[Misuse]:
        from kenpo_xl.domain.language.grammar.opposite_words import opposite_words
        from kenpo_xl.domain.language.syntax.lost_negations import lost_negations

        yield from opposite_words(text)
        yield from lost_negations(text)
        for start, end in acts_against_purposes(text):
            yield Misuse(start, end, text[start:end], "")

    return _violations(context, find, "は、反対の意味になっています。")


@rule(
    "WO84",
    Family.WORDING,
    Severity.WARNING,
    "主語と述語が合いません",
    why="「目的は、理解を深めた。」「理由は、発送が遅れた。」のような文は、目的や理由を言わないまま終わっています。",
    remedy="「目的は、…ことである。」「理由は、…ためである。」のように結んでください。",
    superseded_by=("WO20", "WO92", "WO93"),
)
def topic_is_not_answered(context: CheckContext) -> Iterator[Violation]:
    """目的は、 before an act in the past, 理由は、 before what happened, 課題は、 before what is lacking."""
    return _violations(
        context,
        _unanswered_topics,
        "は、主語と述語が合いません。「ことである」「ためである」のように結びます。",
    )


def _unanswered_topics(text: str) -> Iterator[Misuse]:
    from kenpo_xl.domain.language.grammar.topics import unanswered_topics

    yield from unanswered_topics(text)


def _violations(
    context: CheckContext, find: Callable[[str], Iterator[Misuse]], fact: str
) -> Iterator[Violation]:
    """A violation at the first misuse of each text; the texts are searched as one."""
    book = joined_texts(context)
    reported = set()
    for one in sorted(found_in_all(context, find), key=lambda misuse: misuse.start):
        written, start = book.place(one.start)
        if id(written) in reported or has_in_plan(context, one.words, find):
            continue
        reported.add(id(written))
        yield misuse_violation(written, start, one, fact)
