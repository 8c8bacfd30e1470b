"""What a careful reader puts right in the sample, as replacements in the text of its items."""

from __future__ import annotations

CORRECTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "1-1": (
        ("埼玉だより 1 月号・メルマガ 1 月号", "埼玉だより 1 月号・メールマガジン 1 月号"),
        ("令和５年度実績報告を行った。", "令和５年度実績報告を行う予定。"),
    ),
    "1-2-2": (("日時で管理", "日次で管理"), ("HP に", "ホームページに"), ("向けた取組み", "向けた取組")),
    "1-2-3": (("今月下旬に", "1 月下旬に"),),
    "1-2-4": (
        ("| 168,839", "| ="),
        ("| 186,778", "| ="),
        ("--- 6 ◎", "--- 6 ◎ 高額な査定が続き、1件当たり16,893円と目標の10,123円を大きく上回った。"),
    ),
    "1-2-5": (("--- 5 ○", "--- 5 〇"),),
    "2-2-2": (
        ("1 月から 3 月にかけて実施。", "1 月から 3 月にかけて実施予定。"),
        ("健診の実施日数/当年} 日実施。", "健診の実施日数/当年} 日実施する予定。"),
        ("特定保健指導を実施。", "特定保健指導を実施する予定。"),
        ("オプション健診を実施。", "オプション健診を実施する予定。"),
    ),
    "2-2-5": (
        ("５月 28 日に健康経営埼玉推進協議会を 7 月 24 日に、", "健康経営埼玉推進協議会を 7 月 24 日に、"),
        ("12 月 20 に", "12 月 20 日に"),
    ),
    "2-3-3": (("令和 7 月１～３月までに", "令和 7 年１月から３月までに"),),
    "2-4": (
        ("健康保険委員向け対し", "健康保険委員に対し"),
        ("健康保険だより", "健康保険委員だより"),
        ("4 半期", "四半期"),
        ("8,713 | 126,800 |  |", "8,713 | 126,800 | 11,650 |"),
        ("8.8%", "="),
        ("8.1%", "="),
        ("7.8%", "="),
        ("13.7%", "="),
        ("10.6%", "="),
    ),
    "3-2": (
        ("令和６年７月 情報", "令和６年 7 月、11 月 情報"),
        ("令和６年 7 月 個人", "令和６年 7 月、11 月 個人"),
        ("令和６年 8 月 リスク", "令和６年 8 月、12 月 リスク"),
    ),
    "3-3": (
        ("コンプライアンス保護委員会", "コンプライアンス委員会"),
        ("リスク管理員会", "リスク管理委員会"),
        ("令和５年下期", "令和５年度下期"),
        ("令和 6 年上期", "令和 6 年度上期"),
    ),
}
"""By item, what stands there and what is right; every place where it stands is put right.

The number of copies of the 10 月号 is made up.
"""


def corrected(texts: dict[str, str]) -> dict[str, str]:
    """The texts of the sample's items, corrected. ValueError where one no longer holds what was wrong."""
    found = dict(texts)
    for item, pairs in CORRECTIONS.items():
        for wrong, right in pairs:
            if wrong not in found[item]:
                raise ValueError(f"{item} does not hold {wrong}")
            found[item] = found[item].replace(wrong, right)
    return found
