"""What a button reports to its macro: any letter, a busy Excel, names with signs."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kenpo_xl.errors import KenpoError
from kenpo_xl.live import bridge, button
from kenpo_xl.live.bridge import is_excel_busy
from kenpo_xl.live.button import Answer, write_answer
from tests.books.common.macros.launcher import decoded_in_emulator

EXCEL_REJECTS, EXCEL_EDITS = -2147418111, -2146777998


class ComError(Exception):
    """An error as pywin32 raises it."""

    def __init__(self, hresult: int, details: tuple[object, ...] | None = None) -> None:
        super().__init__(hresult, "", details, None)
        self.hresult = hresult


class TestAnswer:
    @pytest.mark.parametrize(
        "sentence",
        ["提出しました。", "全角の〜と−", "𠮷野さんの「髙」と①", "絵文字😀", "C:\\u1234\\x.xlsm", "a\nb"],
    )
    def test_every_letter_reaches_the_macro(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sentence: str
    ) -> None:
        monkeypatch.setattr(button.locale, "getencoding", lambda: "cp932")
        write_answer(tmp_path / "done.txt", Answer(sentence, is_failure=True))
        text = (tmp_path / "done.txt").read_text(encoding="cp932")
        shown = decoded_in_emulator(text)
        assert shown == f"ng\n{sentence}".replace("〜", "～").replace("−", "－")
        assert "?" not in shown

    def test_what_the_encoding_has_is_written_plainly(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(button.locale, "getencoding", lambda: "utf-8")
        write_answer(tmp_path / "done.txt", Answer("𠮷〜"))
        assert (tmp_path / "done.txt").read_text(encoding="utf-8") == "ok\n𠮷〜"


class TestBusyExcel:
    @pytest.mark.parametrize(
        ("error", "is_busy"),
        [
            (ComError(EXCEL_REJECTS), True),
            (ComError(-2147352567, (0, "", "", None, 0, EXCEL_EDITS)), True),
            (ComError(-2147352567, (0, "", "", None, 0, -2146827284)), False),
            (ValueError("no"), False),
        ],
    )
    def test_its_errors_are_known(self, error: Exception, is_busy: bool) -> None:
        assert is_excel_busy(error) is is_busy
        wrapped = KenpoError("保存できませんでした。")
        wrapped.__cause__ = error
        assert is_excel_busy(wrapped) is is_busy

    def test_it_is_called_again_for_a_while_and_not_for_ever(self, monkeypatch: pytest.MonkeyPatch) -> None:
        waited: list[float] = []
        monkeypatch.setattr(bridge.time, "sleep", waited.append)
        patience, attempts = bridge._Patience(sys.maxsize - 1), 1
        while not patience or attempts < patience:  # as xlwings writes it
            attempts += 1
        assert sum(waited) == pytest.approx(bridge.SECONDS_OF_PATIENCE, abs=1)
        assert patience.left <= 0

    def test_the_sentence_says_what_to_do(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def rejected() -> Any:
            raise ComError(EXCEL_REJECTS)

        monkeypatch.setattr(button, "_calling_book", rejected)
        answer, _ = button._run_button(lambda _: "", "…")
        assert answer.is_failure
        assert answer.sentence.endswith("もう一度押してください。")
        assert "画面を閉じるか" in answer.sentence


@pytest.mark.parametrize("name", ["a=b.xlsm", " b.xlsm"])
def test_a_name_with_signs_is_whole(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    apps = [SimpleNamespace(hwnd=1, books={}), SimpleNamespace(hwnd=7, books={name: "the book"})]
    monkeypatch.setattr(button, "import_xlwings", lambda: SimpleNamespace(apps=apps))
    monkeypatch.setattr(sys, "argv", ["buttons", "check", f"--wb={name}", "--from_xl=1", "--hwnd=7"])
    assert button._calling_book() == "the book"
