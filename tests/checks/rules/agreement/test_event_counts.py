"""How many took part in the same event of the same day, where two sentences say it."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, RECEIPTS, findings, places

FIRST = "公開セミナー（10/10 開催）には 140 名の参加があった。"


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("10/10 開催の公開セミナーは149名の参加となった。", True),
        ("10月10日に開催した公開セミナーの参加者は１４９人であった。", True),
        ("10月10日の公開セミナーでは、149名の参加者に資料を配付した。", True),
        ("10月10日に公開セミナーを開催した（参加者140人）。", False),
        ("10月11日に開催した公開セミナーの参加者は149人であった。", False),
        ("10月10日に開催した公開講演会の参加者は149人であった。", False),
        ("10月10日の公開セミナーは定員149人に対し、多くの参加があった。", False),
        ("10月10日の公開セミナーの参加者140人のうち、149人分の資料を使った。", False),
        ("10月の公開セミナーの参加者は149人であった。", False),
        ("10月10日の公開セミナーで149件の相談があり、参加者に好評であった。", False),
    ],
)
def test_an_event_of_one_day(text: str, is_wrong: bool) -> None:
    found = findings(HEALTH, {"2-2-5 D9": FIRST, "2-2-5 D15": text}, codes=("CO63",))
    assert places(found) == [("CO63", "2-2-5!D15")] * is_wrong
    assert [one.cell for finding in found for one in finding.related] == ["D9"] * is_wrong


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("・健康経営セミナーの参加者54名に資料を配った。", True),
        ("・健康経営セミナーの参加者45名に資料を配った。", False),
        ("・セミナーの参加者54名に資料を配った。", False),
        ("・第2回健康経営セミナーの参加者は54名であった。", False),
        ("・健康経営セミナーの川越会場には54名が参加した。", False),
    ],
)
def test_an_event_without_a_day(text: str, is_wrong: bool) -> None:
    first = "・健康経営セミナーには45名が参加した。"
    found = findings(HEALTH, {"2-2-5 D9": first, "2-2-5 D15": text}, codes=("CO63",))
    assert places(found) == [("CO63", "2-2-5!D15")] * is_wrong
    elsewhere = findings(HEALTH, {"2-2-4 D10": first, "2-2-5 D15": text}, codes=("CO63",))
    assert elsewhere == []


def test_two_items_make_one_finding() -> None:
    other = "10/10 開催の公開セミナーは149名の参加となった。"
    found = findings(HEALTH, {"2-2-4 D10": FIRST, "2-2-5 D15": other}, codes=("CO",))
    assert [one for one in places(found) if one[1] in ("2-2-4!D10", "2-2-5!D15")] in (
        [("CO63", "2-2-5!D15")],
        [("CO11", "2-2-4!D10")],
    )


@pytest.mark.parametrize("group", [OFFICE, HEALTH, BENEFITS, RECEIPTS])
def test_the_sample_has_none(group: str) -> None:
    assert findings(group, codes=("CO63",)) == []


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("個人情報保護委員会は計5回実施した。", True),  # six lines of 3-3 begin with its days
        ("個人情報保護委員会は6回実施した。", False),
        ("個人情報保護委員会を7回開催した。", True),
        ("個人情報保護委員会は年6回開催する予定である。", False),
        ("個人情報保護委員会のほか、部会を5回開催した。", False),
        ("第5回個人情報保護委員会を開催した。", False),
        ("前年の個人情報保護委員会は5回実施した。", False),
        ("アンケートは5回実施した。", False),
    ],
)
def test_how_often_an_event_was_held(text: str, is_wrong: bool) -> None:
    found = findings(OFFICE, {"3-3 D9": f"• {text}"}, codes=("CO96",))
    assert places(found) == [("CO96", "3-3!D9")] * is_wrong


@pytest.mark.parametrize(
    ("days", "times", "is_wrong"),
    [
        ("支部内研修会(4/24、7/23、9/10、11/19)", 3, True),
        ("支部内研修会(4/24、7/23、9/10、11/19)", 4, False),
        ("支部内研修会(4/24、7/23、9/10、11/19)", 5, True),
        ("支部内研修会(4/24、7/23、9/10、2/19)", 3, False),  # in February it is to come
        ("支部内研修会(4/24、4/25、9/10、9/11)", 2, False),  # of two days each
        ("支部内研修会を4月24日に開催し、7月23日に報告書を配布して説明会", 1, False),
    ],
)
def test_the_days_of_one_sentence(days: str, times: int, is_wrong: bool) -> None:
    text = f"４）{days}を開催。支部内研修会は {times} 回開催した。"
    found = findings(HEALTH, {"2-2-3 D19": text}, codes=("CO96",))
    assert places(found) == [("CO96", "2-2-3!D19")] * is_wrong
