"""Another particle before 対し, 関する, 基づき: 事業所を対し, 未提出の対し, 計画を基づき."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import alternatives, places_of

_PHRASES = (
    ("を", "対し、|対して|対する|関し|基づき|基づく|基づいて|応じ|際し|よって、|係る|つき、"),
    ("の", "対し|関し|関する|基づき|基づく|基づいて|応じ|際し、|伴い|おける|よる|よって|係る"),
    ("が", "対し、|対して|関し、|関する|基づき|基づいて|際し"),
    ("へ", "対し|関し|関する|基づき|基づいて|おける"),
    ("で", "対し、|対して|関する|基づき|基づいて|おける"),
    ("と", "基づき|基づいて|応じて|際して"),
)


def wrong_phrase_particles(text: str) -> Iterator[Misuse]:
    """The particles behind a noun and before a phrase that takes に."""
    yield from _wrong_particles_of_means(text)
    yield from _wrong_particles_of_media(text)
    for particle, phrases in _PHRASES:
        for phrase in alternatives(phrases):
            for at in places_of(text, particle + phrase):
                if at and (is_noun_letter(text[at - 1]) or text[at - 1] in "」）)"):
                    words = text[max(0, at - 2) : at]
                    behind = phrase.rstrip("、")
                    yield Misuse(at, at + 1 + len(behind), words + particle + behind, f"{words}に{behind}")


_MEANS = alternatives("電話|メール|はがき|ハガキ|郵便|郵送|書面|ファクス|FAX|オンライン")
_ACTS = alternatives("確認|照会|勧奨|督促|催告|案内|連絡|通知|周知|説明|面談|実施|開催|依頼|聴取")
_ENDS = ("し", "。", "を行")
_MEDIA = alternatives("広報誌|広報紙|ホームページ|メールマガジン|会報|ウェブサイト|SNS|だより")
_PUT, _LONGEST = ("掲載し", "発信し", "投稿し"), 10


def _wrong_particles_of_means(text: str) -> Iterator[Misuse]:
    """電話に確認した for 電話で."""
    for means in _MEANS:
        for at in places_of(text, f"{means}に"):
            end = at + len(means) + 1
            act = next((one for one in _ACTS if text.startswith(one, end)), "")
            if act and text.startswith(_ENDS, end + len(act)):
                yield Misuse(at, end + len(act), f"{means}に{act}", f"{means}で{act}")


def _wrong_particles_of_media(text: str) -> Iterator[Misuse]:
    """広報誌を記事に掲載した for 広報誌に記事を."""
    for medium in _MEDIA:
        for at in places_of(text, f"{medium}を"):
            start = at + len(medium) + 1
            end = start
            while end < len(text) and end - start < _LONGEST and is_noun_letter(text[end]):
                end += 1
            put = next((one for one in _PUT if text.startswith(("に" + one, "へ" + one), end)), "")
            if put and end > start:
                words, matter = text[at : end + 1 + len(put)], text[start:end]
                yield Misuse(at, at + len(words), words, f"{medium}に{matter}を{put}")
