"""Forms that do not fit what is behind them: 積極的な取り組んだ, 効果的の広報, ないのため, 開催したまた、."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.normalize import alternatives
from kenpo_xl.domain.language.token import Token

_QUALITIES = frozenset(
    alternatives(
        "重要|簡単|円滑|大切|丁寧|迅速|速やか|新た|確実|適切|的確|明確|重大|良好|有効|有益|便利|正確|急激|円満|柔軟|綿密|緊密|詳細"
        "|慎重|顕著|多大|積極的|効果的|効率的"
    )
)
_NEEDED, _OF_NEEDED = (
    "必要",
    frozenset(("書類", "資料", "情報", "案内", "手続", "対応", "措置", "支援", "事項", "準備", "確認")),
)
_REASONS = frozenset(("ため", "うえ", "上", "際", "場合", "後", "とおり", "結果"))
_NEW_SENTENCES = frozenset(
    (
        "また",
        "なお",
        "さらに",
        "更に",
        "しかし",
        "ただし",
        "加えて",
        "併せて",
        "あわせて",
        "そのため",
        "このため",
        "このほか",
        "そのほか",
    )
)
_END = Token("", ("", ""), "", "", "", 0, False)


def misjoined_words(tokens: Sequence[Token]) -> Iterator[Misuse]:
    """The words of a text whose form does not fit the next word."""
    for index in range(1, len(tokens) - 1):
        end = _end_of_misjoined(tokens, index)
        if end:
            first = tokens[index - 1]
            words = "".join(one.surface for one in tokens[index - 1 : end])
            yield Misuse(first.start, tokens[end - 1].end, words, "")


def _end_of_misjoined(tokens: Sequence[Token], index: int) -> int:
    """The index behind words that do not fit the one before a place, 0 where they do."""
    one = tokens[index]
    if one.surface == "な" and one.base == "だ":
        return _end_of_act(tokens, index)
    if one.surface == "の":
        return _end_of_wrong_no(tokens, index)
    if one.base == "た" or one.inflection.startswith(("終止形", "連体形")):
        return _end_of_next_sentence(tokens, index)
    return 0


def _end_of_act(tokens: Sequence[Token], index: int) -> int:
    """The index behind an act with する, or a verb in the past, behind 積極的な; 0 for none."""
    if (
        tokens[index - 1].part_of_speech[0] not in ("形状詞", "接尾辞")
        and tokens[index - 1].surface not in _QUALITIES
    ):
        return 0
    act, verb, past = (*tokens[index + 1 : index + 4], _END, _END, _END)[:3]
    if act.part_of_speech[0] == "名詞" and verb.base == "する" and verb.surface in ("し", "する"):
        is_act = act.part_of_speech[1] == "普通名詞" and len(act.surface) > 1 and past.surface != "な"
        return index + 3 if is_act else 0
    is_verb = act.part_of_speech[0] == "動詞" and act.inflection.startswith("連用形")
    return index + 3 if is_verb and verb.base in ("た", "だ", "ます") else 0


def _end_of_wrong_no(tokens: Sequence[Token], index: int) -> int:
    """The index behind the noun of 効果的の広報, or the ため of ないのため; 0 where の is right."""
    before, behind = tokens[index - 1], tokens[index + 1]
    if behind.part_of_speech[0] != "名詞":
        return 0
    is_verb = before.part_of_speech[0] in ("動詞", "形容詞", "助動詞")
    if is_verb and before.inflection.startswith(("終止形", "連体形")):
        return index + 2 if behind.surface in _REASONS else 0
    is_quality = before.surface in _QUALITIES or before.part_of_speech[1] == "形状詞的"
    is_needed = before.surface == _NEEDED and behind.surface in _OF_NEEDED
    is_after_no = index > 1 and tokens[index - 2].surface in "のをがは"
    return index + 2 if (is_quality and not _is_noun_here(before, is_after_no)) or is_needed else 0


def _is_noun_here(before: Token, is_after_no: bool) -> bool:
    """Whether a quality is used as a noun: 業務の円滑の…."""
    return is_after_no and before.part_of_speech[0] == "名詞"


def _end_of_next_sentence(tokens: Sequence[Token], index: int) -> int:
    """The index behind また、 right behind a verb that ends a sentence; 0 for other words."""
    one = tokens[index]
    if one.part_of_speech[0] not in ("動詞", "助動詞", "形容詞"):
        return 0
    words = ""
    for place in range(index + 1, min(index + 4, len(tokens))):
        if tokens[place].surface == "、":
            return place + 1 if words in _NEW_SENTENCES else 0
        words += tokens[place].surface
    return 0
