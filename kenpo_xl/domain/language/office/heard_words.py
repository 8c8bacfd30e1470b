"""What dictation writes for a sign or a counter: 開催したまる, かっこ閉じ, 誤名が参加, 説明会を一階開催."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.letters import is_kanji, is_noun_letter
from kenpo_xl.domain.language.normalize import half_width, places_of
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import PlacedSlip

_HELD = ("開催", "実施", "行い", "行った", "行う", "にわた", "に分けて開催", "に分けて実施", "に分けて行")
_CAME = (
    *(
        "が参加",
        "が出席",
        "が受講",
        "が受診",
        "が来場",
        "が来所",
        "が回答",
        "が応募",
        "の職員",
        "の参加",
        "の方",
    ),
    *("の担当", "の講師", "の委員", "の体制", "の申込", "の応募", "を派遣", "を配置", "であっ", "となった"),
)
_GIVEN = ("であ", "でし", "だっ", "とな", "。")
# Letters that sound as a number and its counter do, what may be before and behind, and what is meant.
_HEARD = (
    *(("誤解", "を", _HELD, "5 回"), ("後悔", "を", _HELD, "5 回"), ("散会", "を", _HELD, "3 回")),
    *(("三階", "を", _HELD, "3 回"), ("一階", "を", _HELD, "1 回"), ("二階", "を", _HELD, "2 回")),
    *(("四階", "を", _HELD, "4 回"), ("五階", "を", _HELD, "5 回"), ("六階", "を", _HELD, "6 回")),
    *(("一会", "を", _HELD, "1 回"), ("二会", "を", _HELD, "2 回"), ("三会", "を", _HELD, "3 回")),
    *(
        ("一見", "はが", (*_GIVEN, "あっ", "寄せ"), "1 件"),
        ("一軒", "はが", (*_GIVEN, "あっ", "寄せ"), "1 件"),
    ),
    *(("獣名", "", _CAME, "10 名"), ("重名", "", _CAME, "10 名"), ("住名", "", _CAME, "10 名")),
    *(("誤名", "", _CAME, "5 名"), ("語名", "", _CAME, "5 名"), ("産名", "", _CAME, "3 名")),
    *(("散名", "", _CAME, "3 名"), ("参名", "", _CAME, "3 名"), ("誤件", "", _GIVEN, "5 件")),
    *(("酸名", "", _CAME, "3 名"), ("誤社", "", _CAME, "5 社"), ("産社", "", _CAME, "3 社")),
    *(("救命", "は", ("が参加", "が出席", "が受講"), "9 名"), ("誤人", "", _CAME, "5 人")),
    *(("氏名", "は", ("が参加", "が出席", "が受講"), "4 名"), ("期命", "は", _CAME, "9 名")),
)
# Letters for a counter behind a number.
_COUNTERS = (
    ("会皆階改海界", _HELD, "回"),
    ("明命盟銘", _CAME, "名"),
    ("認忍妊", _CAME, "人"),
    ("痛", ("を送", "を発", "を郵", "の文", "の案"), "通"),
    ("縁", ("を支", "であ", "とな", "の"), "円"),
)
_ASKED = (
    *(
        "申請",
        "申込",
        "申込み",
        "申し込み",
        "相談",
        "苦情",
        "問合せ",
        "問い合わせ",
        "照会",
        "届出",
        "提案",
        "事故",
    ),
)
_OF_POINT = "検数在線滅字呼滴灯火々訴耳眼画差"
_JOINTS = "また|なお|さらに|一方|そのため|しかし|加えて|次に|今後は|引き続き"
_SIGNS = (
    (r"(?:し|っ|れ|い|え|め|け|げ|べ|せ)たまる(?!で|ごと)", "たまる", "まる", "。"),
    (r"(?:であ|す|い|いてい)るまる(?!で|ごと)", "るまる", "まる", "。"),
    (r"(?:で|ま)すまる(?!で|ごと)", "すまる", "まる", "。"),
    (
        rf"(?:{_JOINTS})(?:点|てん)(?![{_OF_POINT}をがはのにでもと、。\s])",
        " ".join(f"{joint}{sign}" for joint in _JOINTS.split("|") for sign in ("点", "てん")),
        "点 てん",
        "、",
    ),
    (
        rf"(?<![集途年])(?:中点|なかてん|中黒)(?![{_OF_POINT}をがはのにでもと、。\s])",
        "中点 なかてん 中黒",
        "",
        "・",
    ),
    (r"(?:かっこ|カッコ|括弧)(?:を?閉じる?|とじる?)", "かっこ カッコ 括弧", "", "）"),
    (r"(?:かっこ|カッコ)(?=[ \u3000]*[0-9０-９])", "かっこ カッコ", "", "（"),
    (r"(?<=と)ゆう(?=[こもよ意方声])", "とゆう", "", "いう"),
    (
        r"(?<=[0-9０-９])(?:点|てん)(?=[0-9０-９]+[ \u3000]*(?:%|％|パーセント|ポイント|倍))",
        " ".join(f"{sign}{digit}" for sign in ("点", "てん") for digit in "0123456789０１２３４５６７８９"),
        "",
        ".",
    ),
    (r"(?<=[0-9０-９])(?:ハイフン|コンマ|カンマ)(?=[0-9０-９])", "ハイフン コンマ カンマ", "", "-"),
    (r"(?<=[たる。])改行(?![しすをのが])", "改行", "", "。"),
)
_PATTERNS = [
    (LazyPattern(pattern, needs=needs.split()), signs.split(), meant)
    for pattern, needs, signs, meant in _SIGNS
]


def words_written_as_heard(text: str) -> Iterator[PlacedSlip]:
    """Start, the words and what is meant of each sign or counter that was heard as another word."""
    for pattern, signs, meant in _PATTERNS:
        for found in pattern.finditer(text):
            sign = next((one for one in signs if found[0].endswith(one)), found[0])
            yield found.end() - len(sign), sign, meant
    for written, before, behind, meant in _HEARD:
        for at in places_of(text, written):
            if text.startswith(behind, at + len(written)) and _may_letter_follow(text[at - 1 : at], before):
                yield at, written, meant
    yield from _misheard_counters(text)


def _may_letter_follow(letter: str, before: str) -> bool:
    return letter in tuple(before) if before else not is_noun_letter(letter or "、")


def _misheard_counters(text: str) -> Iterator[PlacedSlip]:
    for letters, behind, meant in _COUNTERS:
        for letter in letters:
            for at in places_of(text, letter):
                if text.startswith(behind, at + 1) and _is_word_counted_at(text, at):
                    yield at, letter, meant
    yield from _counts_of_cases(text)


def _counts_of_cases(text: str) -> Iterator[PlacedSlip]:
    """相談が3県あった: 件, heard as another counter."""
    for letter in "県軒券":
        for at in places_of(text, letter):
            is_given = text.startswith((*_GIVEN, "あった", "寄せられ"), at + 1)
            if is_given and _is_word_counted_at(text, at) and _is_word_asked_for_at(text, at):
                yield at, letter, "件"


def _is_word_asked_for_at(text: str, at: int) -> bool:
    """Whether a count is of what is asked or handed in: 相談は3県."""
    start = at
    while start and not is_kanji(text[start - 1]) and text[start - 1] not in "はがみせ":
        start -= 1
    return text[start - 1 : start] in ("は", "が") and text[: start - 1].endswith(_ASKED)


def _is_word_counted_at(text: str, at: int) -> bool:
    """Whether a number is before a letter, and it is the counter of what was done so often."""
    before = half_width(text[max(0, at - 8) : at]).rstrip()
    return before[-1:].isdecimal()
