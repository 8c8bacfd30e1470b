"""Slips of a letter in the words that begin or join sentences: まだ、周知を行った, さらい、."""

from __future__ import annotations

# Before the first word of a sentence.
_FIRST = r"(?<![^。\n・●■◆※）) 　])"
_LIST = """
また、 まあ、
なお、 なえ、 なぉ、
さらに、 さらみ、 さらい、 さら、
しかし、 しがし、 しかじ、
そして、 そしで、
このため、 このめ、 このたた、
これにより、 これおより、 これにおり、 これにょり、
あわせて、 あらせて、 あわさて、 あわえて、
一方、 一万、 一報、
ただし、 ただじ、 たたし、 だだし、
したがって、 したがつて、 しだがって、 したかって、
また、 また。
なお、 なお。
さらに、 さらに。
一方、 一方。
このため、 このため。
"""
_ACTS = "実施|開催|送付|発送|配布|周知|依頼|訪問|掲載|配信|案内|公表|説明|要請|委嘱"
_UNFINISHED = "ない|なか|なく|ず|ませ|未|残|途中|一部|少|のみ|だけ|しか"
_JOINED = r"(?<=\w)(?<![ぁ-ん])"
# What is written, where it is wrong, and what is meant.
WRONG_CONJUNCTIONS = (
    *((wrong, _FIRST + wrong, line.split()[0]) for line in _LIST.split("\n") for wrong in line.split()[1:]),
    (
        "まだ、",
        rf"{_FIRST}まだ、(?![^。\n]*(?:{_UNFINISHED}))(?=[^。\n]*(?:(?:{_ACTS})し|を行っ|を図っ|に努め)た(?:。|\n|$))",
        "また、",
    ),
    ("おおび", f"{_JOINED}おおび", "および"),
    ("らなびに", f"{_JOINED}らなびに", "ならびに"),
    ("ならびみ", f"{_JOINED}ならびみ", "ならびに"),
    ("ならひに", f"{_JOINED}ならひに", "ならびに"),
    ("なびに", f"{_JOINED}なびに", "ならびに"),
    ("まあは", f"{_JOINED}まあは", "または"),
    ("もしくわ", "もしくわ", "もしくは"),
    ("もしは", f"{_JOINED}(?<![何誰])もしは(?!し)", "もしくは"),
    ("具体手", "具体手(?=に|な)", "具体的"),
    ("具対的", "具対的", "具体的"),
)
"""Wrong where a sentence begins, or between two nouns; まだ、 where its sentence ends with what was done."""
