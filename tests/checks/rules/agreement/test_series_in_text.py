"""What sentences say of the order of months, against the figures of a table."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, RECEIPTS, findings, places


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("文書勧奨の登録者数は10月が最も多かった。", True),
        ("文書勧奨の登録者数は6月が最も多かった。", False),
        ("登録者数が最大となったのは10月である。", True),
        ("送付件数は６月が最多であった。", False),
        ("送付件数は7月が最多であった。", True),
        ("送付件数は7月の1,037件が最多であった。", True),
        ("送付件数は2,307件の6月が最多であった。", False),
        ("送付件数は6月が最も少なかった。", True),
        ("登録者数は8月をピークに減っている。", True),
        ("登録者数は6月をピークに減っている。", False),
        ("10月の登録者数は過去最多であった。", False),
        ("相談件数は10月が最も多かった。", False),
        ("北部の登録者数は10月が最も多かった。", False),
        ("登録者数は10月以降、最大限に伸ばした。", False),
        ("登録者数は10月から12月では10月が最も多かった。", False),
    ],
)
def test_the_month_with_most(text: str, is_wrong: bool) -> None:
    found = findings(OFFICE, {"2-4 D25": f"• {text}"}, codes=("CO60",))
    assert places(found) == [("CO60", "2-4!D25")] * is_wrong


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("弁護士による催告を四半期別に見ると、第 3 四半期の 131 件が最も多かった。", True),
        ("文書による催告を四半期ごとに比べると、第1四半期の4,285件が最も多かった。", True),
        ("文書による催告は、四半期別では第1四半期が最多となった。", True),
        ("文書による催告を四半期別に見ると、第 2 四半期の 5,443 件が最も多かった。", False),
        ("訪問による催告を四半期別に見ると、第 1 四半期の 12 件が最も多かった。", False),
    ],
)
def test_quarters_side_by_side(text: str, is_wrong: bool) -> None:
    found = findings(RECEIPTS, {"1-2-5 D14": text}, codes=("CO60",))
    assert places(found) == [("CO60", "1-2-5!D14")] * is_wrong


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("文書による催告は、第2四半期に第1四半期より減少した。", True),
        ("文書による催告は、第2四半期に第1四半期より増加した。", False),
        ("文書による催告の件数は、第３四半期が第２四半期を上回った。", True),
        ("文書による催告の件数は、第3四半期が第2四半期を下回った。", False),
        ("文書による催告は、第1四半期の方が第2四半期より多かった。", True),
        ("文書による催告は、第1四半期の方が第2四半期より少なかった。", False),
        ("文書による催告は第3四半期に大きく増加した。", True),
        ("文書による催告は第2四半期に大きく増加した。", False),
        ("文書による催告は四半期ごとに増加している。", True),
        ("文書による催告の件数は、第1四半期以降、四半期ごとに前の四半期を上回っている。", True),
        ("文書による催告の件数は、第1四半期から第3四半期まで四半期ごとに増加した。", True),
        ("文書による催告の件数は、第1四半期から第2四半期まで四半期ごとに増加した。", False),
        ("文書による催告の件数は、第2四半期から第3四半期にかけて一貫して減少した。", False),
        ("文書による催告の件数は増え続けている。", True),
        ("文書による催告の件数は右肩上がりである。", True),
        ("文書による催告の件数は2四半期連続で増加した。", True),
        ("文書による催告の件数は2四半期連続で減少した。", False),
        # another figure, another time, or more than one
        ("訪問による催告は、第2四半期に第1四半期より減少した。", False),
        ("文書による催告は、第2四半期に前年同期より減少した。", False),
        ("文書による催告は、第1四半期と第2四半期に第3四半期より減少した。", False),
        ("文書による催告は、第2四半期に目標を下回った。", False),
        ("文書による催告の対象の債権は、第2四半期に第1四半期より減少した。", False),
    ],
)
def test_a_quarter_beside_another(text: str, is_wrong: bool) -> None:
    found = findings(RECEIPTS, {"1-2-5 D14": text}, codes=("CO61",))
    assert places(found) == [("CO61", "1-2-5!D14")] * is_wrong


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("債権回収率は4月から毎月低下している。", True),
        ("債権回収率は4月から毎月上昇している。", False),
        ("債権回収率は毎月上昇している。", False),
        ("債権回収率は月ごとに低下している。", True),
        ("保険証の回収率は、4月から11月まで毎月上昇している。", True),
        ("返納金債権の回収率は、4月から低下が続いている。", True),
        ("返納金債権の回収率は、4月から上昇が続いている。", False),
        ("返納金債権の回収率は5月から下がり続けている。", True),
        ("文書による催告は、第1四半期から2期続けて減少した。", True),
        ("文書による催告は、第2四半期から2期続けて減少した。", False),
        ("保険証回収率は4月から5月にかけて上昇した。", True),
        ("保険証回収率は4月から5月にかけて低下した。", False),
        ("保険証回収率は毎月確認している。", False),
    ],
)
def test_every_month(text: str, is_wrong: bool) -> None:
    found = findings(RECEIPTS, {"1-2-5 D22": f"・{text}"}, codes=("CO61",))
    assert places(found) == [("CO61", "1-2-5!D22")] * is_wrong


def test_both_figures_are_the_other_side() -> None:
    text = "文書勧奨の送付件数は、11月から12月にかけて減少した。"
    (found,) = findings(OFFICE, {"2-4 D25": text}, codes=("CO61",))
    assert [one.cell for one in found.related] == ["E76", "E75"]
    assert "863 件" in found.message
    assert "1,303 件" in found.message


@pytest.mark.parametrize("group", [OFFICE, HEALTH, BENEFITS, RECEIPTS])
def test_the_sample_has_none(group: str) -> None:
    assert findings(group, codes=("CO60", "CO61")) == []


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("8月の送付件数は前月と同数の749件であった。", True),
        ("9月の送付件数は1,106件で、前月と変わらず推移した。", True),
        ("7月の社労士会報は前月と同じ2,200部を発行した。", False),
        ("6月のメールマガジンは前月から増減がなく、8,232通であった。", True),
        ("8月の健康保険委員だよりは前月と同数であった。", False),
        ("8月の相談は前月と同数の749件であった。", False),
    ],
)
def test_the_same_as_the_month_before(text: str, is_wrong: bool) -> None:
    found = findings(OFFICE, {"2-4 D25": f"• {text}"}, codes=("CO61",))
    assert places(found) == [("CO61", "2-4!D25")] * is_wrong


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("催告の内訳では再加入が最も多かった。", True),
        ("催告の内訳では文書が最も多かった。", False),
        ("弁護士が396件と最も多い。", True),
        ("最も少なかったのは弁護士である。", True),
        ("最も少なかったのは再加入である。", False),
        ("訪問による催告が最も多い。", False),
        ("第1四半期は弁護士が最も多い。", False),
    ],
)
def test_the_row_with_most(text: str, is_wrong: bool) -> None:
    found = findings(RECEIPTS, {"1-2-5 D21": f"・{text}"}, codes=("CO60",))
    assert places(found) == [("CO60", "1-2-5!D21")] * is_wrong


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("保険者間調整の件数は第1四半期が最も多く、その後減少している。", ["CO60"]),
        ("保険者間調整の件数は第2四半期が最も多く、その後減少している。", []),
        ("今年度の健康保険証の回収率は7月が最も高かった。", ["CO60"]),
        ("今年度の健康保険証の回収率は4月が最も高かった。", []),
        ("保険者間調整の件数は四半期ごとに増加している。", ["CO61"]),
        ("弁護士催告の件数は第1四半期から減少を続けている。", ["CO61"]),
        ("返納金債権の回収率は4月以降、上昇を続けている。", []),
        ("保険者間調整の件数は前年度を上回っている。", ["CO19"]),
        ("保険者間調整の件数は前年度を下回っている。", []),
        ("令和6年度の保険者間調整は1,093件となっている。", ["CO84"]),
        ("令和6年度の保険者間調整は929件となっている。", []),
        ("保険者間調整の件数は、上期（4～9月）が719件となった。", ["CO79"]),
        ("保険者間調整の件数は、上期（4～9月）が709件となった。", []),
        ("保険者間調整に係る照会は、第1四半期が最も多かった。", []),
        ("保険者間調整の同意書を令和6年度に120件送付した。", []),
    ],
)
def test_a_table_with_one_row_of_the_unit_is_named_by_its_own_name(text: str, codes: list[str]) -> None:
    found = findings(RECEIPTS, {"1-2-5 D10": text}, codes=("CO",))
    assert places(found) == [(code, "1-2-5!D10") for code in codes]
