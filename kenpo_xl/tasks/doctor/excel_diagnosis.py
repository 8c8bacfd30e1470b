"""What the facts on Office and Windows mean for the buttons, and what IT does about each."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.tasks.doctor.excel_setup import FONT, ExcelSetup, server_of_share

WINDOWS = "Windows"
# Value VBAWarnings of Excel\Security: 2 asks (the default), 3 lets signed macros run, 4 lets none run.
_ONLY_SIGNED, _NO_MACROS = 3, 4
# An attack surface reduction rule: 0 off, 1 blocks, 2 only records, 6 warns.
_BLOCKS, _WARNS = 1, 6
_STORE = "\\microsoft\\windowsapps\\"


@frozen
class Diagnosis:
    """The result for one subject, in Japanese; `remedy` is what to do, '' if nothing."""

    subject: str
    fact: str
    remedy: str = ""

    @property
    def is_ok(self) -> bool:
        return not self.remedy


def is_store_alias(path: str) -> bool:
    """Whether a path is Windows' placeholder for a Python that is not installed, which opens the store."""
    return _STORE in path.casefold()


def diagnose_excel(facts: ExcelSetup, system: str) -> Iterator[Diagnosis]:
    """Excel itself, its bits, and the font of the books."""
    if system != WINDOWS:
        yield Diagnosis("Excel", f"{system} のため、Excel と Windows の設定は調べていません。")
        return
    if facts.has_excel:
        bits = {True: "（32 ビット。Python は 64 ビットで構いません）", False: "（64 ビット）", None: ""}
        yield Diagnosis("Excel", f"Excel{bits[facts.is_32_bit]}があります。")
    else:
        remedy = "点検は kenpo-xl check でもできますが、ボタンは Excel の入った PC でお使いください。"
        yield Diagnosis("Excel", "この PC に Excel が見つかりません。", remedy)
    if facts.has_font is False:
        remedy = f"Windows の「設定」の「オプション機能」で、日本語の補助フォント（{FONT}）を入れてください。"
        yield Diagnosis(
            "書体", f"{FONT} がないため、報告書の改ページや列の幅が変わることがあります。", remedy
        )


def diagnose_macros(facts: ExcelSetup, system: str, place: str) -> Iterator[Diagnosis]:
    """Whether macros may run, for a book at `place` ('' for none)."""
    subject = "マクロの設定"
    how = "IT 担当に、ブックのフォルダーを「信頼できる場所」に入れるよう頼んでください。"
    without = (
        "ボタンのないブック（kenpo-xl build --no-buttons）を、取りまとめ担当と IT 担当に頼んでください。"
    )
    if facts.is_vba_off:
        yield Diagnosis(subject, "方針（VBAOff）で、Office の VBA が止められています。", without)
    elif place and facts.is_trusted(place):
        yield Diagnosis(subject, "このブックは「信頼できる場所」にあり、マクロはそのまま動きます。")
    elif facts.macro_policy == _NO_MACROS:
        yield Diagnosis(subject, "Excel のマクロがすべて止められています。", how)
    elif facts.macro_policy == _ONLY_SIGNED:
        yield Diagnosis(subject, "署名のあるマクロだけが許されています。", how)
    elif system == WINDOWS:
        fact = "マクロは使えます（開いたときに「コンテンツの有効化」を押します）。"
        more = "インターネットなどから受け取ったブックのマクロは、方針で止められます。"
        yield Diagnosis(subject, f"{fact}{more if facts.blocks_internet_macros else ''}")


def diagnose_rules(facts: ExcelSetup, system: str) -> Iterator[Diagnosis]:
    """The rules of Defender that stop a button from starting Python."""
    subject = "Defender の規則"
    without = "ボタンの代わりに kenpo-xl check と flag をお使いください。"
    exclusion = f"IT 担当に、ボタンの Python をこの規則の除外に入れるよう頼むか、{without}"
    stops = {facts.child_process_rule, facts.unknown_program_rule} & {_BLOCKS, _WARNS}
    if facts.child_process_rule in stops:
        fact = "Office から別のプログラムを始めさせない規則のため、ボタンから Python を始められません。"
        yield Diagnosis(subject, fact, exclusion)
    if facts.unknown_program_rule in stops:
        fact = "広く使われていないプログラムを止める規則のため、Python が止められることがあります。"
        yield Diagnosis(subject, fact, exclusion)
    if system == WINDOWS and not stops:
        yield Diagnosis(subject, "Office から Python を始めることは止められていません。")


def diagnose_share(facts: ExcelSetup, subject: str, place: str, *, is_book: bool) -> Iterator[Diagnosis]:
    r"""A book or a Python on a share: by IP address or full name Windows takes it for the internet."""
    if not facts.is_of_internet(place) or (is_book and facts.is_trusted(place)):
        return
    server = server_of_share(place)
    what = "マクロが止められます" if is_book else "始めるときに警告の画面が出て、ボタンが止まることがあります"
    yield Diagnosis(
        subject,
        f"サーバーの名前 {server} に点があるか、IP アドレスのため、インターネットの場所とみなされ、{what}。",
        "\\\\サーバー名\\ のような短い名前で開くか、IT 担当に、このサーバーを「ローカル イントラネット」"
        f"{'か「信頼できる場所」' if is_book else ''}に入れるよう頼んでください。",
    )
