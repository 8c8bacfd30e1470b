"""The rating of a KPI, on both sides of every threshold, under every interim rule."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kenpo_xl.domain.numbers.differences import difference_unit, displayed_difference
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.plan.ratings import Direction, Interim, Scale, Step, attainment, reaches_floor
from kenpo_xl.domain.plan.targets.aim import Aim, ReferenceTarget
from kenpo_xl.domain.plan.targets.judgement import Assessment, Judgement, judge_kpi

SCALE = Scale(
    (
        Step("◎", "大幅に上回る", Decimal("1.2")),
        Step("〇", "計画通り", Decimal(1), variants=("○", "◯")),
        Step("△", "実施中", Decimal("0.8"), interim=True),
        Step("×", "", Decimal(0)),
        Step("－", "対象外", in_legend=False),
    )
)
SHOW = NumberFormat('0.0" 件"')


def judged(
    result: str | None,
    target: str | None = "100",
    *,
    scale: Scale = SCALE,
    direction: Direction = Direction.AT_LEAST,
    interim: Interim = Interim.TARGET,
    year_end: bool = False,
    same_period: str | None = None,
    elapsed: int = 9,
    upper: str | None = None,
    reference: ReferenceTarget | None = None,
    show: NumberFormat = SHOW,
) -> Judgement:
    def number(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    numbers = map(number, (result, target, same_period))
    assessment = Assessment(*numbers, elapsed, upper=number(upper), reference=reference)
    return judge_kpi(
        assessment, scale=scale, direction=direction, interim=interim, year_end=year_end, style=show
    )


@pytest.mark.parametrize(
    ("result", "glyph"),
    [("120", "◎"), ("119.9", "〇"), ("100", "〇"), ("99.9", "△"), ("80", "△"), ("79.9", "×"), ("0", "×")],
)
def test_at_least(result: str, glyph: str) -> None:
    assert judged(result).glyph == glyph


@pytest.mark.parametrize(
    ("result", "glyph"),
    [
        ("0", "◎"),
        ("80", "◎"),
        ("80.1", "〇"),
        ("100", "〇"),
        ("100.1", "△"),
        ("120", "△"),
        ("120.1", "×"),
        ("201", "×"),
    ],
)
def test_at_most(result: str, glyph: str) -> None:
    assert judged(result, direction=Direction.AT_MOST).glyph == glyph


def test_a_target_of_zero_that_is_met_is_met() -> None:
    found = judged("0", "0", direction=Direction.AT_MOST)
    assert (found.glyph, found.explanation) == ("〇", "実績 0.0 件 は目標 0.0 件 と同じ → 〇")
    assert judged("0.1", "0", direction=Direction.AT_MOST).glyph == "×"


@pytest.mark.parametrize(("result", "words"), [("14", "1位上回る"), ("16", "1位下回る"), ("15", "と同じ")])
def test_a_better_place_is_above_the_target(result: str, words: str) -> None:
    found = judged(result, "15", direction=Direction.AT_MOST, show=NumberFormat('0"位"'))
    assert words in found.explanation


@pytest.mark.parametrize(("result", "glyph"), [("75", "〇"), ("74.9", "△")])
def test_the_share_of_the_months_gone(result: str, glyph: str) -> None:
    assert judged(result, interim=Interim.ELAPSED).glyph == glyph


@pytest.mark.parametrize(("result", "glyph"), [("50", "〇"), ("49.9", "△")])
def test_against_the_same_period(result: str, glyph: str) -> None:
    assert judged(result, interim=Interim.SAME_PERIOD, same_period="50").glyph == glyph


def test_the_same_period_is_unknown() -> None:
    found = judged("50", interim=Interim.SAME_PERIOD)
    assert found == Judgement("", "実績 50.0 件。前年同期の数値がないため判定していません。")


def test_judged_at_the_end_of_the_year_only() -> None:
    found = judged("200", interim=Interim.YEAR_END)
    said = "実績 200.0 件 は目標 100.0 件 を 100.0 件上回る（年度末に判定する指標のため実施中） → △"
    assert found == Judgement("△", said)


def test_a_scale_without_a_step_for_under_way() -> None:
    scale = Scale((Step("A", "", Decimal(1)), Step("B", "", Decimal(0))))
    found = judged("200", interim=Interim.YEAR_END, scale=scale)
    assert (found.glyph, found.explanation[-14:]) == ("", "。年度末に判定する指標です。")


@pytest.mark.parametrize("interim", list(Interim))
def test_at_the_end_of_the_year_only_the_target_counts(interim: Interim) -> None:
    assert judged("99.9", interim=interim, year_end=True, same_period="1").glyph == "△"


def test_what_is_missing_is_not_judged() -> None:
    assert judged(None) == Judgement("", "実績が未入力のため判定していません。")
    assert judged("5", None) == Judgement("", "実績 5.0 件。目標値なしのため判定していません。")


def test_a_scale_that_is_only_given_by_hand() -> None:
    found = judged("5", scale=Scale((Step("可", ""), Step("否", ""))))
    assert found.glyph == ""
    assert found.explanation.endswith("評価基準に当てはまる段階がありません。")


def test_the_reason_names_the_threshold() -> None:
    assert judged("125").explanation.endswith("を 25.0 件上回る（目標の 120％以上） → ◎")
    assert "（目標の 80％以下）" in judged("80", direction=Direction.AT_MOST).explanation
    assert judged("100").explanation == "実績 100.0 件 は目標 100.0 件 と同じ → 〇"


def test_the_threshold_of_a_share_of_the_year_does_not_repeat_the_target() -> None:
    found = judged("31", "47", interim=Interim.ELAPSED, show=NumberFormat('0" 人"'))
    assert found.explanation.endswith("（目標の 9/12 の 80％以上） → △")


def test_the_worst_step_has_no_threshold_that_was_reached() -> None:
    found = judged("10", scale=Scale(SCALE.steps[:3]))
    assert found == Judgement("△", "実績 10.0 件 は目標 100.0 件 を 90.0 件下回る → △")


def test_a_gap_of_percents_is_in_points() -> None:
    found = judged("0.965", "0.97", show=NumberFormat("0.0%"))
    assert "96.5 ％ は目標 97.0 ％ を 0.5 ポイント下回る" in found.explanation


def test_month_by_month_the_same_period_is_the_same_month() -> None:
    """The example of what a council member reads."""
    assessment = Assessment(Decimal("0.794"), Decimal("0.8015"), Decimal("0.8185"), monthly=True)
    rules = {"scale": SCALE, "direction": Direction.AT_LEAST, "interim": Interim.SAME_PERIOD}
    found = judge_kpi(assessment, **rules, year_end=False, style=NumberFormat("0.00%"))  # type: ignore[arg-type]
    assert found.explanation.startswith("実績 79.40 ％ は前年同月 81.85 ％ を 2.45 ポイント下回る")


def test_a_gap_without_unit_stands_apart() -> None:
    assert "を 5 下回る" in judged("5", "10", show=NumberFormat("0")).explanation


def test_numbers_that_would_look_the_same_have_more_decimals() -> None:
    people = NumberFormat('#,##0" 人"')
    found = judged("35", "47", interim=Interim.ELAPSED, show=people)
    assert found.explanation.startswith("実績 35.0 人 は目標 47.0 人 の 9/12 35.3 人 を 0.3 人下回る")
    assert judged("35", "35", show=people).explanation.startswith("実績 35 人 は目標 35 人 と同じ")
    assert judged("34", "35", show=people).explanation.startswith("実績 34 人 は目標 35 人 を 1 人下回る")


AT_LEAST, AT_MOST, WITHIN, _ = Direction


@pytest.mark.parametrize(
    ("result", "target", "direction", "share"),
    [
        ("80", "100", AT_LEAST, "0.8"),
        ("0", "100", AT_LEAST, "0"),
        ("80", "100", AT_MOST, "1.2"),
        ("0", "100", AT_MOST, "2"),
        ("250", "100", AT_MOST, "-0.5"),
        ("5", "0", AT_LEAST, None),
        ("0", "0", AT_MOST, None),
        ("5", "-1", AT_LEAST, None),
        (None, "1", AT_LEAST, None),
        ("1", None, AT_MOST, None),
    ],
)
def test_attainment(result: str | None, target: str | None, direction: Direction, share: str | None) -> None:
    value, aim = (None if text is None else Decimal(text) for text in (result, target))
    found = attainment(value, aim, direction)
    assert found == (None if share is None else Decimal(share))
    if found is not None and value is not None and aim is not None:
        assert reaches_floor(value, aim, found, direction)
        assert not reaches_floor(value, aim, found + Decimal("0.001"), direction)


@pytest.mark.parametrize(
    ("code", "difference", "unit"),
    [("0.0%", "-2", "ポイント"), ('0.0" 件"', "0", "件"), ("General", "-0.02", "")],
)
def test_gaps(code: str, difference: str, unit: str) -> None:
    show = NumberFormat(code)
    assert displayed_difference(Decimal("0.79"), Decimal("0.81"), show) == Decimal(difference)
    assert difference_unit(show) == unit
    assert (
        displayed_difference(None, Decimal(1), show) is displayed_difference(Decimal(1), None, show) is None
    )


@pytest.mark.parametrize(
    ("value", "other", "code", "difference"),
    [
        ("0.2209", "0.2575", "0.0%", "-3.7"),
        ("0.0701", "0.1275", "0.0%", "-5.8"),
        ("1499", "500", '#,##0," 千円"', "0"),
        ("1500", "499", '#,##0," 千円"', "2000"),
        ("2.25", "1.14", '0.0" 日"', "1.2"),
    ],
)
def test_a_difference_is_that_of_what_is_displayed(
    value: str, other: str, code: str, difference: str
) -> None:
    found = displayed_difference(Decimal(value), Decimal(other), NumberFormat(code))
    assert found == Decimal(difference)


def test_a_share_without_format_is_short() -> None:
    found = judged("5", "10", interim=Interim.ELAPSED, elapsed=4, show=NumberFormat())
    assert "の 4/12 3.3333 を 1.6667 上回る" in found.explanation


def test_other_thresholds() -> None:
    scale = SCALE.with_floors([("◎", Decimal("1.02"))])
    assert [judged(result, scale=scale).glyph for result in ("102", "101.9")] == ["◎", "〇"]


@pytest.mark.parametrize(
    ("typed", "glyph"), [("〇", "〇"), ("○", "〇"), ("◯ ", "〇"), ("△", "△"), ("☆", ""), ("", "")]
)
def test_variants_of_a_glyph(typed: str, glyph: str) -> None:
    assert SCALE.canonical_glyph(typed) == glyph


def test_the_worst_of_some() -> None:
    assert SCALE.worst_glyph(["◎", "△", "〇"]) == "△"
    assert SCALE.worst_glyph([]) == ""


def test_what_is_still_going_on_hides_no_rating() -> None:
    letters = Scale((Step("A", "", Decimal(1)), Step("D", "", Decimal(0)), Step("－", "", interim=True)))
    assert letters.worst_glyph(["A", "－", "D"]) == "D"
    assert letters.worst_glyph(["－"]) == "－"
    assert SCALE.worst_glyph(["〇", "△"]) == "△"


def test_the_legend() -> None:
    assert SCALE.legend_text == "◎大幅に上回る、〇計画通り、△実施中、×"


def test_a_reason_is_wanted_where_the_scale_says_so() -> None:
    said = {"◎": False, "×": True, "△": True}
    steps = tuple(replace(step, needs_reason=said.get(step.glyph)) for step in SCALE.steps)
    assert Scale(steps).glyphs_with_reason == ("△", "×")
    assert Scale(tuple(replace(step, needs_reason=False) for step in steps)).glyphs_with_reason == ()


def test_a_scale_without_a_word_on_reasons_wants_them_for_the_first_and_the_last_of_the_legend() -> None:
    assert SCALE.glyphs_with_reason == ("◎", "×")
    assert Scale(SCALE.steps[:1]).glyphs_with_reason == ()
    assert Scale(()).glyphs_with_reason == ()


@pytest.mark.parametrize(
    ("floor", "wanted"),
    [("1", ("C",)), ("0.9", ("C",)), ("1.01", ("A", "C")), (None, ("A", "C"))],
)
def test_the_best_wants_a_reason_only_above_what_just_meets_the_target(
    floor: str | None, wanted: tuple[str, ...]
) -> None:
    best = Step("A", "", None if floor is None else Decimal(floor))
    scale = Scale((best, Step("B", "", Decimal("0.8")), Step("C", "", Decimal(0))))
    assert scale.glyphs_with_reason == wanted


def test_what_is_still_going_on_is_no_extreme() -> None:
    going_on = Step("－", "実施中", interim=True)
    steps = (Step("達成", "", Decimal(1)), Step("未達成", "", Decimal(0)))
    assert Scale((*steps, going_on)).glyphs_with_reason == ("未達成",)
    assert Scale((steps[0], replace(going_on, floor=Decimal(0)))).glyphs_with_reason == ("－",)
    assert Scale((steps[0], going_on)).glyphs_with_reason == ()


def test_letters_of_a_legend_are_parted_from_their_meaning() -> None:
    glyphs = ("S", "Ａ", "5", "優", "概ね達成", "〇", "※")
    scale = Scale(tuple(Step(glyph, "目標以上") for glyph in glyphs))
    told = "S：目標以上、Ａ：目標以上、5：目標以上、優：目標以上、概ね達成：目標以上、〇目標以上、※目標以上"
    assert scale.legend_text == told


@pytest.mark.parametrize(
    ("result", "glyph"),
    [
        ("45", "〇"),
        ("50", "〇"),
        ("47", "〇"),
        ("44.9", "△"),
        ("36", "△"),
        ("35.9", "×"),
        ("50.1", "△"),
        ("60", "△"),
        ("60.1", "×"),
    ],
)
def test_a_range_is_met_between_both_ends(result: str, glyph: str) -> None:
    assert judged(result, "45", upper="50", direction=WITHIN).glyph == glyph


@pytest.mark.parametrize(
    ("result", "words"),
    [
        ("0.47", "実績 47.0 ％ は目標 45.0 ％～50.0 ％ の範囲内 → 〇"),
        (
            "0.43",
            "実績 43.0 ％ は目標 45.0 ％～50.0 ％ を 2.0 ポイント下回る（目標の下限の 80％以上） → △",
        ),
        (
            "0.512",
            "実績 51.2 ％ は目標 45.0 ％～50.0 ％ を 1.2 ポイント上回る（目標の上限の 120％以下） → △",
        ),
        ("0.44999", "実績 44.999 ％ は目標 45.000 ％～50.000 ％ を 0.001 ポイント下回る"),
    ],
)
def test_the_words_of_a_range(result: str, words: str) -> None:
    found = judged(result, "0.45", upper="0.5", direction=WITHIN, show=NumberFormat("0.0%"))
    assert found.explanation.startswith(words)


def test_a_range_for_a_part_of_the_year() -> None:
    found = judged("75", "100", upper="120", direction=WITHIN, interim=Interim.ELAPSED, show=SHOW)
    assert found.explanation == (
        "実績 75.0 件 は目標 100.0 件～120.0 件 の 9/12 75.0 件～90.0 件 の範囲内 → 〇"
    )


@pytest.mark.parametrize(
    ("result", "share"), [("45", "1"), ("50", "1"), ("36", "0.8"), ("60", "0.8"), ("150", "-1")]
)
def test_attainment_of_a_range(result: str, share: str) -> None:
    aim = Aim(Decimal(45), WITHIN, Decimal(50))
    assert aim.attainment(Decimal(result)) == Decimal(share)


def test_a_range_as_displayed() -> None:
    aim = Aim(Decimal("0.45"), WITHIN, Decimal("0.5"))
    assert aim.displayed_text(NumberFormat("0.0%")) == "45.0％～50.0％"
    assert aim.displayed_text(NumberFormat()) == "0.45～0.5"
    aim = Aim(Decimal(45), WITHIN, Decimal(50))
    assert aim.displayed_text(NumberFormat('#,##0" 人";"▲"#,##0" 人"')) == "45 人～50 人"


PEOPLE = NumberFormat('#,##0" 人"')


@pytest.mark.parametrize(
    ("target", "result", "printed"),
    [
        ("295.67", "296", ("295.7 人", "296 人")),
        ("296", "295.96", ("296 人", "295.96 人")),
        ("295.67", "295.71", ("295.67 人", "295.71 人")),
        ("296", "296", ("296 人", "296 人")),
        ("295.67", "297", ("296 人", "297 人")),
        ("296", "296.00001", ("296 人", "296 人")),
    ],
)
def test_result_and_target_have_the_decimals_that_tell_them_apart(
    target: str, result: str, printed: tuple[str, str]
) -> None:
    aim, value = Aim(Decimal(target), AT_MOST), Decimal(result)
    found = aim.format_of_value(value, PEOPLE, value).displayed_text(value)
    assert (aim.displayed_text(PEOPLE, value), found) == printed


def test_the_end_of_a_range_has_the_decimals_that_tell_a_result_apart() -> None:
    aim = Aim(Decimal("0.45"), WITHIN, Decimal("0.5"))
    style, result = NumberFormat("0%"), Decimal("0.503")
    assert aim.format_of_value(result, style, result).displayed_text(result) == "50.3％"
    aim = Aim(Decimal("0.4"), WITHIN, Decimal("0.497"))
    assert aim.displayed_text(style, Decimal("0.5")) == "40％～49.7％"
    assert aim.displayed_text(style, Decimal("0.48")) == "40％～50％"


MEAN = ReferenceTarget("全国平均", Decimal("0.57"))
PASSED = ReferenceTarget("全国平均", Decimal("0.57"), is_exclusive=True)


@pytest.mark.parametrize(
    ("result", "reference", "direction", "glyph", "words"),
    [
        ("0.58", MEAN, AT_LEAST, "〇", "実績 58.0 ％ は目標の全国平均 57.0 ％ を 1.0 ポイント上回る → 〇"),
        ("0.57", MEAN, AT_LEAST, "〇", "実績 57.0 ％ は目標の全国平均 57.0 ％ と同じ → 〇"),
        (
            "0.57",
            PASSED,
            AT_LEAST,
            "△",
            "実績 57.0 ％ は目標の全国平均 57.0 ％ と同じ（上回ることが目標）（全国平均の 80％以上） → △",
        ),
        ("0.571", PASSED, AT_LEAST, "〇", "実績 57.1 ％ は目標の全国平均 57.0 ％ を 0.1 ポイント上回る"),
        ("0.57", PASSED, AT_MOST, "△", "実績 57.0 ％ は目標の全国平均 57.0 ％ と同じ（下回ることが目標）"),
        ("0.56", PASSED, AT_MOST, "〇", "実績 56.0 ％ は目標の全国平均 57.0 ％ を 1.0 ポイント下回る"),
    ],
)
def test_another_value_is_named(
    result: str, reference: ReferenceTarget, direction: Direction, glyph: str, words: str
) -> None:
    show = NumberFormat("0.0%")
    found = judged(result, "0.57", reference=reference, direction=direction, show=show)
    assert (found.glyph, found.explanation[: len(words)]) == (glyph, words)


@pytest.mark.parametrize(
    ("glyphs", "typed", "glyph"),
    [
        ("◎〇△×", "○", "〇"),
        ("◎〇△×", "◯", "〇"),
        ("◎○△✕", "〇", "○"),
        ("◎〇△×", "✕", "×"),
        ("〇○×", "○", "○"),
        ("◎〇△×", "●", ""),
        ("SABC", "○", ""),
    ],
)
def test_one_circle_to_the_eye_is_the_one_of_the_scale(glyphs: str, typed: str, glyph: str) -> None:
    """Also where 別字 does not say so, unless the scale has both as steps of their own."""
    assert Scale(tuple(Step(one, "") for one in glyphs)).canonical_glyph(typed) == glyph
