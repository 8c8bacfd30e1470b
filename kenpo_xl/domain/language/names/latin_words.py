"""Abbreviations and words in Latin letters with letters exchanged, missing or too many: KIP for KPI, Zomm."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import PlacedSlip

_USUAL_TEXT = """
SNS KPI ICT PDF URL QR LDL HDL BMI DVD USB OCR RPA CSV NPO NHK PDCA FAQ OJT DX AI IT PC ID HP PT WG PR CM TV
CD IoT ISO AED MRI CT COPD CKD eGFR HbA GPT ALT AST GTP UTM VPN LAN SMS MCI QOL ADL ICU WHO OECD SDGs EBPM
BPR BCP CIO GIS JAF JA JR NTT KDB NDB DPC OTC HIV HPV RSV PCR BCG LGBT PTA DM CSR NGO GDP OHSAS JIS ADHD
PTSD DV TKA IQ EU USA UK Zoom Web Excel Word PowerPoint Teams Webex Google Microsoft Windows Outlook YouTube
Instagram Facebook Twitter LINE Access Adobe Acrobat Android iPhone iPad Apple Amazon Chrome Edge Office
Forms Meet Skype TikTok WiFi Wi-Fi Bluetooth e-mail email E-mail mail eLTAX e-Gov e-Tax e-Learning online
offline Online Offline Guide GUIDE BOOK GUIDEBOOK Book NEWS News Health HEALTH Smart SMART Life LIFE Work
WORK Style Kids Plus PLUS Sports Walk Walking Club Cafe Lunch Report report Ver ver Vol vol No DATA Data
data Step STEP Check CHECK Lite Pro PRO Total TOTAL Mail Line Meta Copilot ChatGPT Gemini Kintone kintone
Slack Canva Netflix Yahoo YAHOO J-SHIS CAMPUS Map MAP SWOT ROI KGI PoC MaaS RFP RFI SaaS CRM ERP KJ GHQ PSC
CMR NISC LGWAN J-LIS LASDEC METI MHLW DPAT DMAT PPE PHR EHR UX UI API HTML XML JSON SQL CSS PNG JPEG JPG GIF
MP TEL FAX Tel Fax AM PM am pm OK NG vs VS etc ECO Eco eco
"""
_BEFORE_WORDS = (
    ("QR", ("コード",)),
    ("e", ("ラーニング",)),
    ("Web", ("セミナー", "サイト", "アンケート", "ページ", "会議", "研修", "配信", "講座", "広告", "申請")),
)
"""Latin words with the words behind them, before which another one is a slip."""
_TOKENS = LazyPattern(r"[A-Za-z]+(?:-[A-Za-z]+)*", contains="[A-Za-z]")
_TOKENS_OF_ANY_WIDTH = LazyPattern(r"[A-Za-zＡ-Ｚａ-ｚ]+(?:[-－−][A-Za-zＡ-Ｚａ-ｚ]+)*")
_IN_NAMES = frozenset("./@:\\_0123456789=%#&?\"'<>!")
_SHORTEST, _LONG = 3, 4


def latin_slips(text: str, other_texts: str) -> Iterator[PlacedSlip]:
    """The Latin words that neither are usual nor are in other texts, near one that is.

    Of three letters two that stand side by side are exchanged; of a longer word also one is missing, too
    many or another. Two letters are exchanged where the other texts have them so behind the same noun.
    """
    plain = half_width(text)
    tokens = [found for found in _TOKENS.finditer(plain) if not _is_in_name(plain, *found.span())]
    known = _known_words_by_lower_case(other_texts) if tokens else {}
    for found in tokens:
        start, end = found.span()
        meant = _corrected_by_word_behind(plain, end, found[0])
        if not meant and found[0].casefold() not in known:
            meant = _near_known_word(found[0], known) or _word_as_in_other_texts(
                plain, start, found[0], other_texts
            )
        if meant:
            yield start, text[start:end], meant


def _is_in_name(plain: str, start: int, end: int) -> bool:
    """Whether Latin letters are a part of an address, a file or a formula."""
    return bool(_IN_NAMES.intersection((plain[start - 1 : start], plain[end : end + 1])))


@lru_cache(maxsize=4)
def _known_words_by_lower_case(other_texts: str) -> dict[str, str]:
    """The usual words and those of other texts as they are written, by their small letters."""
    words = {*_USUAL_TEXT.split(), *map(half_width, _TOKENS_OF_ANY_WIDTH.findall(other_texts))}
    return {one.casefold(): one for one in sorted(words)}


def _near_known_word(word: str, known: dict[str, str]) -> str:
    """The known word that a word is near, '' for none or for another form of it (Teams, Team)."""
    letters = word.casefold()
    if len(letters) < _SHORTEST:
        return ""
    for other, written in known.items():
        least = min(len(other), len(letters))
        is_long = least > _LONG or (least == _LONG and set(letters) <= set(other))
        if _are_letters_exchanged(letters, other) or (is_long and _is_letter_off(letters, other)):
            return written
    return ""


def _first_difference(one: str, other: str) -> int:
    """Where two words begin to differ."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return len(list(same))


def _are_letters_exchanged(letters: str, other: str) -> bool:
    """Whether two letters side by side are exchanged."""
    at = _first_difference(letters, other)
    swapped = letters[:at] + letters[at + 1 : at + 2] + letters[at : at + 1] + letters[at + 2 :]
    return letters != other and len(other) >= _SHORTEST and swapped == other


def _is_letter_off(letters: str, other: str) -> bool:
    """Whether one letter is another, missing or too many; not the s of a plural."""
    if other in (letters + "s", letters.removesuffix("s")):
        return False
    at = _first_difference(letters, other)
    return other[at + 1 :] in (letters[at:], letters[at + 1 :]) or other[at:] == letters[at + 1 :]


def _corrected_by_word_behind(plain: str, end: int, word: str) -> str:
    """The Latin word that is usual before the word behind a place (QR of コード), one letter off."""
    behind = plain[end : end + 12].lstrip(" -－")
    for latin, words in _BEFORE_WORDS:
        if len(word) == len(latin) and behind.startswith(words):
            others = sum(a != b for a, b in zip(word.casefold(), latin.casefold(), strict=True))
            return latin if others == 1 else ""
    return ""


def _word_as_in_other_texts(plain: str, start: int, word: str, other_texts: str) -> str:
    """The two letters in the order that other texts have behind the same noun: 適正化 PT for 適正化 TP."""
    before = plain[max(0, start - 4) : start].strip()
    if len(word) != len("PT") or len(before) < len("適正") or word[::-1] == word:
        return ""
    blanks = plain[start - 1 : start].strip() == ""
    return word[::-1] if f"{before}{' ' * blanks}{word[::-1]}" in half_width(other_texts) else ""
