"""What is not for the public, in the cell of its line, without the secret itself."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import findings_in_line, said_of

HERE = "1-3!D9"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("・（\\\\sv01\\共有\\03_事業\\集計.xlsx 参照）", "PR09"),
        ("・元データは Z:\\統計\\受診者一覧.xlsx にある。", "PR09"),
        ("・http://portal/ で集計した。", "PR09"),
        ("・詳細は https://www.example.or.jp/portal/ に掲載した。", None),
        ("・ひまわり整骨院に不正請求の疑いがあり、照会した。", "PR10"),
        ("・施術所に不正請求の疑いがあり、照会した。", None),
        ("・株式会社山田工業に督促状の印刷を委託した。", None),
    ],
)
def test_what_is_not_for_the_public(text: str, code: str | None) -> None:
    assert said_of(text, "PR") == [(code, HERE)] * (code is not None)


def test_a_password_is_not_repeated() -> None:
    (finding,) = findings_in_line("・名簿のパスワードは別途送付（pw: aoba0401）。", ["PR"])
    assert finding.code == "PR09"
    assert "aoba0401" not in f"{finding.message}{finding.hint}{finding.actual}{finding.expected}"


def test_a_name_with_its_debt_is_not_repeated() -> None:
    (finding,) = findings_in_line("・株式会社山田工業の未納額 1,230 千円について、催告を行った。", ["PR"])
    assert finding.code == "PR10"
    assert "山田" not in f"{finding.message}{finding.hint}{finding.actual}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("・申請者（Ｋ・Ｓ、62歳、熊谷市）について、調査した。", True),
        ("・対応に時間を要した方（A.B、45歳）に説明した。", True),
        ("・申請者（60歳代）について、調査した。", False),
        ("・講演会（講師はA.B、45歳）を開催した。", False),
        ("・健診の会場（熊谷市、40歳以上の方）を案内した。", False),
    ],
)
def test_one_person_by_initials_and_age(text: str, found: bool) -> None:
    assert said_of(text, "PR12") == [("PR12", HERE)] * found
