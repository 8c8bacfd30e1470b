"""Figures that sentences quote: of another time or row, summed, as a ratio, beside targets and limits."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, RECEIPTS, findings

CODES = ("CO56", "CO71", "CO84", "CO85", "CO78", "CO79", "CO80", "CO81", "CO82", "CO83", "CO92", "CO65")
# Lines of each item, in which a sentence each is said.
LINES = {
    "2-4": (OFFICE, ("D9", "D13", "D15", "D17", "D20", "D23", "D24", "D25")),
    "3-4": (OFFICE, ("D9",)),
    "1-2-4": (RECEIPTS, ("D10", "D11", "D13", "D15", "D17")),
    "1-2-5": (RECEIPTS, ("D10", "D14", "D18", "D21", "D22")),
    "1-2-2": (BENEFITS, ("D9", "D13", "D17", "D18")),
    "1-2-3": (BENEFITS, ("D9", "D12", "D13", "D25")),
    "2-2-2": (HEALTH, ("D10", "D14", "D16", "D20")),
    "2-2-5": (HEALTH, ("D11", "D13", "D14")),
}
# Of an item: what is wrong, the code, and the same said rightly.
CASES = (
    ("2-4", "CO84", "メールマガジンの配信数は 5,745 通（令和6年6月）であった。", "8,232 通"),
    ("2-4", "CO84", "令和6年6月のメールマガジンの配信数は5,745通である。", "8,232通"),
    ("2-4", "CO84", "埼玉だよりの発行部数は、令和6年7月で120,700部となった。", "127,000部"),
    ("2-4", "CO84", "今年度6月のメールマガジン配信数は5,745通であった。", "8,232通"),
    ("2-4", "CO84", "8月のメールマガジンの配信数は8,354通であった。", "8,544通"),
    ("2-4", "CO84", "メールマガジンは4月の7,991通から12月の9,036通に増加した。", "8,859通"),
    ("2-4", "CO84", "前年度6月のメールマガジンの配信数は8,232通であった。", "5,745通"),
    ("1-2-5", "CO84", "返納金債権の回収率は令和6年9月で44.74％となった。", "49.89％"),
    ("1-2-2", "CO84", "現金給付の決定件数は42,133件（令和6年10月まで）であった。", "43,089件"),
    ("2-2-2", "CO84", "なお、データ提供の契約機関数は21機関（令和6年12月末）となっている。", "22機関"),
    ("2-4", "CO85", "9月のメールマガジンは8,590通（前年同月6,203通）に減少した。", "増加"),
    ("1-2-4", "CO85", "査定率は0.149％（前年同月0.183％）と、前年を上回った。", "下回った"),
    ("1-2-4", "CO78", "査定率は目標の0.185％に対し0.194％であった。", "0.149％"),
    ("1-2-4", "CO78", "査定率は目標まであと0.063ポイントである。", "0.036ポイント"),
    ("2-2-5", "CO78", "健康宣言事業所数は目標の1,270事業所まであと290事業所である。", "190事業所"),
    ("2-2-5", "CO78", "健康宣言事業所数の目標に対する進捗率は75.0％である。", "85.0％"),
    ("1-2-5", "CO79", "上期の文書による催告は9,278件であった。", "9,728件"),
    ("2-4", "CO79", "文書勧奨による登録者数は累計で876人となった。", "867人"),
    ("2-4", "CO79", "文書勧奨は5月から12月までの合計で9,217件を送付した。", "9,127件"),
    ("2-4", "CO79", "文書勧奨の送付件数は月平均で1,411件であった。", "1,141件"),
    ("2-2-2", "CO80", "事業者健診データの取得者数は前年同期比106.6％であった。", "116.6％"),
    ("1-2-3", "CO80", "患者照会件数は前年同期から約5割減少した。", "約2割"),
    ("2-4", "CO80", "メールマガジンの配信数は前年同月の約2倍となった。", "約1.4倍"),
    ("1-2-3", "CO80", "患者照会件数は前年同期とほぼ同数であった。", "を下回る件数"),
    ("1-2-3", "CO92", "請求件数は前年度比100.9％であった。", "前年同期比"),
    ("1-2-3", "CO92", "照会件数は前月比21.3％減となった。", "前年同期比"),
    ("1-2-5", "CO81", "返納金債権の回収率は11月で6割を超えた。", "5割"),
    ("2-4", "CO81", "健康保険委員の委嘱者数は1万2千人に達した。", "1万1千人"),
    ("2-4", "CO81", "文書勧奨の送付件数は10月に600件を下回った。", "700件"),
    ("1-2-4", "CO82", "査定率は全国平均を下回っている。", "上回っている"),
    ("1-2-4", "CO82", "査定率は、全国平均を0.03ポイント上回った。", "0.013ポイント"),
    ("1-2-5", "CO79", "7月から12月までの強制執行の金額は、合わせて4,688千円である。", "4,681千円"),
    ("2-4", "CO65", "6月のメールマガジンは8,232通と、前年同月より2,847通多い。", "2,487通"),
    ("1-2-4", "CO78", "査定率は目標を0.018ポイント下回っている。", "0.036ポイント"),
    ("1-2-5", "CO83", "弁護士による催告は13,798件であった。", "396件"),
    ("2-4", "CO83", "健康保険委員の委嘱事業所数は11,484事業所である。", "11,251事業所"),
    ("3-4", "CO56", "現時点で一者応札案件の割合の目標（15％以下）は未達成である。", "達成している"),
    (
        "2-2-2",
        "CO56",
        "現時点で事業者健診データ取得率の目標（10.6％）を既に達成している。",
        "達成できていない",
    ),
    ("1-2-4", "CO56", "査定率は目標の0.185％以上となった。", "の達成を図っている"),
    ("2-2-5", "CO56", "生活習慣病予防健診実施率の目標（51.5％）を達成した。", "達成していない"),
    ("1-2-5", "CO71", "返納金債権の回収率は4か月連続で前年同月を下回った。", "上回った"),
)
# What stands in a wrong sentence where the right words go.
WRONG_WORDS = {
    "増加": "減少",
    "下回った": "上回った",
    "上回っている": "下回っている",
    "上回った": "下回った",
    "を下回る件数": "とほぼ同数",
    "達成している": "未達成である",
    "達成できていない": "既に達成している",
    "の達成を図っている": "以上となった",
    "達成していない": "達成した",
}
WRONG_BASE = re.compile("前年度比|前月比")
RIGHT = (
    ("2-4", "前年の同じ時期に比べ、メールマガジンの配信数は増えている。"),
    ("2-2-5", "健康宣言事業所数は昨年、目標の1,270事業所まであと290事業所であった。"),
    ("2-2-5", "前回、健康宣言事業所数は目標の1,270事業所まであと290事業所であった。"),
    ("1-2-3", "照会件数は前月比90.2％となった。"),
    ("2-4", "メールマガジンの配信数は、前年同月の5,745通から8,232通に増えた。"),
    ("2-4", "メールマガジンは8,232通（6月）、8,354通（7月）を配信した。"),
    ("2-4", "7月のメールマガジンの配信数は8,354通と、前月の8,232通を上回った。"),
    ("2-4", "昨年6月のメールマガジンの配信数は5,745通であった。"),
    ("2-4", "健康保険委員の委嘱者数は11,484人（前年度末比109.5％）となった。"),
    ("2-4", "登録率は5月に9.3％に達した。"),
    ("2-4", "新規加入事業所への案内は、1回当たり平均1,918件送付した。"),
    ("1-2-5", "文書による催告は、第1四半期4,285件、第2四半期5,443件、第3四半期4,070件の計13,798件である。"),
    ("1-2-5", "強制執行は14件と前年度と同数であった。"),
    ("1-2-4", "再審査レセプト1件当たりの査定額は前年同月比180.0％となった。"),
    ("1-2-3", "患者照会件数は前年同期比21.3％減となった。"),
    ("1-2-3", "柔道整復施術療養費の照会件数は前年同期の78.7％にとどまった。"),
    ("1-2-3", "確認対象1,689件のうち約8割の1,323件を確認した。"),
    ("2-2-2", "生活習慣病予防健診の実施者数は前年同期に比べ約15％減少した。"),
    ("2-2-5", "健康宣言事業所数は1,080事業所で、目標1,270事業所の85.0％である。"),
)


def said_rightly(wrong: str, right: str) -> str:
    """A wrong sentence with the right number or word in it."""
    if right == "前年同期比":
        return WRONG_BASE.sub(right, wrong)
    if right in WRONG_WORDS:
        return wrong.replace(WRONG_WORDS[right], right)
    unit = re.sub(r"^[約0-9.,万千 ]*", "", right)
    place = re.search(rf"約?[0-9.,万千]+ ?{unit}(?!.*[0-9] ?{unit})", wrong)
    assert place, wrong
    return wrong[: place.start()] + right + wrong[place.end() :]


def found_by_sentence(sentences: list[tuple[str, str]]) -> dict[tuple[str, str], set[str]]:
    """The codes that each sentence of an item gets; as many as there are lines are said in one book."""
    rest, found = list(dict.fromkeys(sentences)), {}
    while rest:
        places: dict[str, dict[str, tuple[str, str]]] = {}
        for one in list(rest):
            group, cells = LINES[one[0]]
            free = [cell for cell in cells if f"{one[0]} {cell}" not in places.get(group, {})]
            if free:
                places.setdefault(group, {})[f"{one[0]} {free[0]}"] = one
                rest.remove(one)
        for group, said in places.items():
            got = findings(group, {cell: f"・{text}" for cell, (_, text) in said.items()}, codes=CODES)
            for cell, one in said.items():
                found[one] = {each.code for each in got if f"{each.sheet} {each.cell}" == cell}
    return found


@cache
def results() -> dict[tuple[str, str], set[str]]:
    wrong = [(item, text) for item, _, text, _ in CASES]
    right = [(item, said_rightly(text, words)) for item, _, text, words in CASES]
    return found_by_sentence([*wrong, *right, *RIGHT])


@pytest.mark.parametrize(("item", "code", "wrong", "right"), CASES)
def test_a_number_or_word_is_wrong_and_right(item: str, code: str, wrong: str, right: str) -> None:
    assert code in results()[item, wrong]
    assert results()[item, said_rightly(wrong, right)] == set()


@pytest.mark.parametrize(("item", "sentence"), RIGHT)
def test_a_right_sentence_near_them_is_silent(item: str, sentence: str) -> None:
    assert results()[item, sentence] == set()


def test_the_other_time_is_named_and_the_cell_related() -> None:
    text = "・メールマガジンの配信数は、令和6年6月で5,745通となった。"
    (found,) = findings(OFFICE, {"2-4 D9": text}, codes=("CO84",))
    assert [one.cell for one in found.related] == ["E39"]
    assert found.message == (
        "文では「5,745通」ですが、「広報物の発行状況」の令和6年6月のメールマガジン（E39）は 8,232 通 です。"
        "「5,745通」は令和5年6月の数です。"
    )


@pytest.mark.parametrize("group", [OFFICE, HEALTH, BENEFITS, RECEIPTS])
def test_the_sample_has_none(group: str) -> None:
    assert findings(group, codes=CODES) == []
