"""Words of talk that no report is written in: ちゃんとやっといた, すごい多くて, なので、, こんな感じ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.domain.language.letters import QUOTES, has_open_pair_at_end
from kenpo_xl.domain.language.normalize import alternatives, places_of
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan

_WORDS = alternatives(
    "ちゃんと|とりあえず|やっぱり|めっちゃ|とっても|すごい|すごく|けっこう|ぜんぜん|ちょくちょく|ちょこちょこ|ちょっと|ちょこっと"
    "|いろんな|こんな感じ|そんな感じ|という感じ|ような感じ|っていう|ていうか|っぽい|っぽく|無理やり|ばっちり|バッチリ|そこそこ|まあまあ"
    "|やばい|ヤバい|マジで|すいません|すみません|ごめん|ありがとう|お疲れ様|お疲れさま|めんどう|めんどくさ|ちゃった|ちゃって|ちゃう"
    "|しちゃ|しといた|っといた|やっとく|しとく|てくれた|でくれた|てくれて|でくれて|だけれど|だけど|じゃない|じゃなく|わりと"
)
_SIGNS = ("♪", "（笑）", "(笑)", "（汗）", "(汗)", "（泣）", "(^", "（^", "！！", "!!", "ｗｗ")
_FIRST_EMOJI = "\U0001f300"
_PATTERN = LazyPattern(
    # how a sentence of talk begins and ends
    r"(?:^|(?<=[。\n・]))[ \u3000]*(?:なので|でも|だから|あと|それで|んで|じゃあ)、"
    r"|(?:です|ます|した|だった|だ|い|る|か)(?:よね|ね|よ|かな|なあ)。"
    r"|(?<![てで試顧省])みたい(?:。|な|だ|で(?!き))|感じ(?:である|だった|です|でやっ|で進め)。?"
    r"|(?:った|した|いた|ている|れる|する|ない|多い)んで、"
    r"|(?<=[^\W\x00-ん])とか(?:[をがはで、]|の(?=[^\W\x00-ヿ]))"
    r"|(?<![精定員月ん])いっぱい(?:の|に|人|来|あ|い)|なんか(?=[^\W\x00-ヿ、])|(?<=[いるた])けど、",
    needs=alternatives(
        "なので|でも、|だから|あと、|それで、|んで、|じゃあ|ね。|よ。|かな。|なあ。|みたい|感じ|とか|いっぱい|なんか|けど"
    ),
    flags=re.MULTILINE,
)


def spoken_words(text: str) -> Iterator[TextSpan]:
    """Where a text has words or signs of talk; not in quotes, where someone is heard."""
    found = [(at, at + len(word)) for word in (*_WORDS, *_SIGNS) for at in places_of(text, word)]
    found.extend(one.span() for one in _PATTERN.finditer(text))
    if text and max(text) >= _FIRST_EMOJI:
        found.extend((at, at + 1) for at, letter in enumerate(text) if letter >= _FIRST_EMOJI)
    for start, end in sorted(found):
        first = text.rfind("\n", 0, start) + 1
        if not has_open_pair_at_end(text[first:start], (*QUOTES, "“”")):
            yield start, end
