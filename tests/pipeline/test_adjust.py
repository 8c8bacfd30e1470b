"""Adjustments put into effect on the sample, and each one told that no longer matches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from kenpo_xl.domain.outputs.remarks import Concern, Remark
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.adjustments import (
    Choice,
    Choices,
    FigureAdjustment,
    RatingAdjustment,
    WordingAdjustment,
)
from kenpo_xl.domain.results.assessments import Assessments
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import ItemEntry, LineEntry, Submission
from kenpo_xl.pipeline.adjust import adjust_ratings, adjust_wordings, choice_remarks, choices_and_failures
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures, with_chosen_values
from scripts.sample import submissions
from tests import open_list
from tests.sample import sample_plan

CELL = Source("取りまとめ.xlsm", "調整", "H7")
# Block 1 of this item is rated △ by its group and by the rule.
BLOCK = ("1-2-2", "1")
SUPPORT = RatingAdjustment(*BLOCK, "〇", "全件が期限内のため", "△", "△", CELL)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return sample_plan()


@pytest.fixture(scope="module")
def assessments(plan: Plan) -> Assessments:
    found = submissions().values()
    return rate_kpis_and_blocks(plan, recompute_figures(plan, found), found)


def refused(remark: Remark) -> str:
    """Why an adjustment was not applied; it is told as an error with its cell."""
    assert (remark.concern, remark.is_error) == (Concern.UNMATCHED, True)
    assert remark.source is not None
    failure, _, rest = remark.message.partition("。")
    assert rest == "適用していません。確かめて、調整を直してください。"
    return failure


class TestRatings:
    def test_the_final_rating_stands_beside_the_groups_and_the_computed_one(
        self, plan: Plan, assessments: Assessments
    ) -> None:
        found, _ = adjust_ratings(plan, assessments, [SUPPORT])
        rating = found.blocks[BLOCK]
        assert (rating.group, rating.computed, rating.final, rating.printed_glyph) == ("△", "△", "〇", "〇")
        assert rating.adjustment is SUPPORT
        assert {key: one for key, one in found.blocks.items() if key != BLOCK} == {
            key: one for key, one in assessments.blocks.items() if key != BLOCK
        }

    def test_it_is_told_and_is_no_error(self, plan: Plan, assessments: Assessments) -> None:
        (told,) = adjust_ratings(plan, assessments, [SUPPORT])[1]
        assert told == Remark(
            Concern.ADJUSTED,
            False,
            "1-2-2 ブロック 1",
            "最終評価を 〇 としました（理由：全件が期限内のため）",
            "△",
            "△",
            CELL,
        )

    @pytest.mark.parametrize(
        ("change", "told_so"), [({"group": ""}, True), ({"computed": ""}, False), ({}, False)]
    )
    def test_a_group_s_rating_that_was_not_recorded_cannot_be_watched(
        self, plan: Plan, assessments: Assessments, change: dict[str, str], told_so: bool
    ) -> None:
        (told,) = adjust_ratings(plan, assessments, [replace(SUPPORT, **change)])[1]
        said = "グループの評価が控えられていないため、あとで変わっても分かりません"
        assert (said in told.message, told.is_error) == (told_so, False)

    def test_a_missing_reason_is_told(self, plan: Plan, assessments: Assessments) -> None:
        (told,) = adjust_ratings(plan, assessments, [replace(SUPPORT, reason="")])[1]
        assert (told.message, told.is_error) == ("最終評価を 〇 としました（理由が未記入です）", False)

    @pytest.mark.parametrize(
        "change",
        [
            {"final": "○"},
            {"final": " ◯"},
            {"item": "１－２－２", "block": "１ "},
            {"group": "", "computed": ""},
            {"group": " △"},
        ],
    )
    def test_staff_type_it_in_many_ways(
        self, plan: Plan, assessments: Assessments, change: dict[str, str]
    ) -> None:
        assert adjust_ratings(plan, assessments, [replace(SUPPORT, **change)])[0].blocks[BLOCK].final == "〇"

    @pytest.mark.parametrize(
        ("change", "failure"),
        [
            ({"item": "9-9"}, "計画にない項かブロックです"),
            ({"block": "7"}, "計画にない項かブロックです"),
            ({"block": ""}, "計画にない項かブロックです"),
            ({"group": "〇"}, "グループの評価が 〇 から △ に変わりました"),
            ({"computed": "◎"}, "計算した評価が ◎ から △ に変わりました"),
        ],
    )
    def test_what_no_longer_matches_is_not_applied(
        self, plan: Plan, assessments: Assessments, change: dict[str, str], failure: str
    ) -> None:
        found, (told,) = adjust_ratings(plan, assessments, [replace(SUPPORT, **change)])
        assert refused(told) == failure
        assert found == assessments

    def test_a_rating_that_the_scale_does_not_know_is_not_applied(
        self, plan: Plan, assessments: Assessments
    ) -> None:
        found, (told,) = adjust_ratings(plan, assessments, [replace(SUPPORT, final="Ａ")])
        assert refused(told).startswith("最終評価「Ａ」は評価基準（◎計画を大幅に上回る、")
        assert found == assessments

    def test_a_group_that_withdrew_its_rating_changed_it(self, plan: Plan) -> None:
        nothing = rate_kpis_and_blocks(plan, recompute_figures(plan, []), [])
        (told,) = adjust_ratings(plan, nothing, [SUPPORT])[1]
        assert refused(told) == "グループの評価が △ から 空 に変わりました"

    def test_what_a_group_typed_outside_the_scale_may_be_recorded_as_typed(
        self, plan: Plan, assessments: Assessments
    ) -> None:
        rating = assessments.blocks[BLOCK]
        assert rating.entry is not None
        odd = replace(rating, group="", entry=replace(rating.entry, glyph="A"))
        odd_assessments = replace(assessments, blocks={**assessments.blocks, BLOCK: odd})
        found, _ = adjust_ratings(plan, odd_assessments, [replace(SUPPORT, group="A")])
        assert found.blocks[BLOCK].final == "〇"

    def test_two_that_disagree_are_both_told(self, plan: Plan, assessments: Assessments) -> None:
        found, told = adjust_ratings(plan, assessments, [SUPPORT, replace(SUPPORT, final="◎")])
        assert [refused(one) for one in told] == ["同じところに別の調整があります"] * 2
        assert found == assessments

    def test_two_that_agree_are_applied(self, plan: Plan, assessments: Assessments) -> None:
        found, _ = adjust_ratings(plan, assessments, [SUPPORT, replace(SUPPORT, final="○")])
        assert found.blocks[BLOCK].final == "〇"

    def test_an_unrated_block_may_be_rated(self, plan: Plan, assessments: Assessments) -> None:
        """No group rates it, so nothing was to be recorded."""
        key = next(key for key, one in assessments.blocks.items() if not one.rated)
        found, (told,) = adjust_ratings(plan, assessments, [RatingAdjustment(*key, "－", "対象外")])
        assert found.blocks[key].printed_glyph == "－"
        assert told.message == "最終評価を － としました（理由：対象外）"


GUIDE = "・ガイドを 12 月に 1,080 部配布。"
OTHER = "・周知のため　ガイド を増刷。"
SOURCE = Source("業務グループ.xlsm", "1-2-2", "D10")


def submitted(*lines: LineEntry) -> Submission:
    return Submission("業務グループ", (ItemEntry("1-2-2", lines),), "業務グループ.xlsm")


def line(text: str, block: str = "1", kind: LineKind = LineKind.TEXT) -> LineEntry:
    return LineEntry(block, kind, text, source=SOURCE)


def wording(old: str, new: str, block: str = "1", cell: str = "D5") -> WordingAdjustment:
    return WordingAdjustment("1-2-2", block, old, new, "表記", Source("取りまとめ.xlsm", "文の調整", cell))


class TestWordings:
    def reworded(
        self, plan: Plan, *asked: WordingAdjustment, lines: tuple[LineEntry, ...] = ()
    ) -> tuple[list[str], tuple[Remark, ...]]:
        """The texts of the item's lines, two of block 1 unless given, and what is told."""
        found = submitted(*(lines or (line(GUIDE), line(OTHER))))
        (changed,), told = adjust_wordings(plan, [found], asked)
        return [one.text for one in changed.items[0].lines if not one.left_out], told

    def test_a_whole_line(self, plan: Plan) -> None:
        texts, (told,) = self.reworded(plan, wording(GUIDE, "・配布した。"))
        assert texts == ["・配布した。", OTHER]
        assert (told.concern, told.is_error) == (Concern.ADJUSTED, False)
        assert told.place == "1-2-2 ブロック 1"
        assert told.message == f"「{GUIDE}」を「・配布した。」に直しました（理由：表記）"
        assert str(told.source) == "取りまとめ.xlsm 文の調整!D5"

    def test_some_words_leave_the_rest_as_it_was(self, plan: Plan) -> None:
        texts, _ = self.reworded(plan, wording("１２月", "1 月"))
        assert texts == ["・ガイドを 1 月に 1,080 部配布。", OTHER]

    def test_every_place_in_the_block_is_changed_and_counted(self, plan: Plan) -> None:
        texts, (told,) = self.reworded(plan, wording("ガイド", "手引き"))
        assert texts == ["・手引きを 12 月に 1,080 部配布。", "・周知のため　手引き を増刷。"]
        assert "（2 か所）" in told.message

    def test_other_blocks_and_lines_that_are_no_text_are_left(self, plan: Plan) -> None:
        lines = (line(GUIDE), line(GUIDE, "2"), line(GUIDE, kind=LineKind.KPI))
        texts, _ = self.reworded(plan, wording(GUIDE, "・配布。"), lines=lines)
        assert texts == ["・配布。", GUIDE, GUIDE]

    @pytest.mark.parametrize("word", ["（削除）", "(削除)", " （ 削除 ） "])
    def test_a_line_is_left_out_where_some_of_its_words_are_given(self, plan: Plan, word: str) -> None:
        texts, (told,) = self.reworded(plan, wording("1,080 部", word))
        assert texts == [OTHER]
        assert told.message.startswith("「1,080 部」の行を載せません")

    @pytest.mark.parametrize(
        ("asked", "failure"),
        [
            (wording("ガイド", ""), "直した文が空です（行ごと載せないときは （削除） と入れます）"),
            (wording("ガイド", "削除"), "直した文が「削除」です（行ごと載せないときは （削除） と入れます）"),
            (wording("冊子", "手引き"), "「冊子」が実施状況の文に見つかりません"),
            (wording("", "手引き"), "いまの文が空です"),
            (wording("", ""), "いまの文が空です"),
            (wording("ガイド", "手引き", "2"), "「ガイド」が実施状況の文に見つかりません"),
            (wording("ガイド", "手引き", "9"), "計画にない項かブロックです"),
        ],
    )
    def test_what_does_not_match_is_not_applied(
        self, plan: Plan, asked: WordingAdjustment, failure: str
    ) -> None:
        texts, (told,) = self.reworded(plan, asked)
        assert refused(told) == failure
        assert texts == [GUIDE, OTHER]

    def test_two_that_want_the_same_words_changed_are_both_told(self, plan: Plan) -> None:
        both = (wording("12 月に 1,080 部", "1 月に"), wording("1,080 部配布", "配布", cell="D6"))
        texts, told = self.reworded(plan, *both)
        assert [refused(one) for one in told] == ["同じところに別の調整があります"] * 2
        assert texts == [GUIDE, OTHER]

    def test_the_same_asked_twice_is_done_once(self, plan: Plan) -> None:
        texts, told = self.reworded(plan, wording("配布", "配布等"), wording("配 布", "配布等", cell="D6"))
        assert texts[0] == "・ガイドを 12 月に 1,080 部配布等。"
        assert len(told) == 1

    def test_neighbours_and_the_order_of_rows_do_not_matter(self, plan: Plan) -> None:
        asked = (wording("1,080 部", "1,090 冊"), wording("配布", "送付"), wording("ガイドを", "手引きを"))
        wanted = "・手引きを 12 月に 1,090 冊送付。"
        assert self.reworded(plan, *asked)[0][0] == wanted
        assert self.reworded(plan, *reversed(asked))[0][0] == wanted

    def test_changed_words_tell_the_planners_cell_and_the_others_the_groups(self, plan: Plan) -> None:
        asked = wording("1,080", "1,090")
        (changed,), _ = adjust_wordings(plan, [submitted(line(GUIDE))], [asked])
        (found,) = changed.items[0].lines
        start = found.text.index("1,090")
        assert found.source_at(start) == found.source_at(start + 4) == asked.source
        assert found.source_at(start - 1) == found.source_at(start + 5) == SOURCE

    def test_nothing_asked_changes_nothing(self, plan: Plan) -> None:
        found = tuple(submissions().values())
        assert adjust_wordings(plan, found, []) == (found, ())


OVERWRITTEN = "1-2-4/査定金額/当年/合計"
RATE = "2-4/文書勧奨/6月/登録率"


def chosen(identity: str, choice: Choice | None, entity: str = "", typed: str = "") -> FigureAdjustment:
    return FigureAdjustment(
        identity, choice, entity, typed, "一次資料のとおり", Source("取りまとめ.xlsm", "数値の調整", "D5")
    )


def chose(figures: Figures, asked: Sequence[FigureAdjustment]) -> tuple[Choices, tuple[Remark, ...]]:
    """What is chosen, and what is told of it before it is in effect."""
    choices, failures = choices_and_failures(figures, asked)
    return choices, choice_remarks(figures, asked, failures)


class TestFigures:
    def test_a_choice_is_made_and_told(self, plan: Plan) -> None:
        figures = recompute_figures(plan, submissions().values())
        asked = [chosen(OVERWRITTEN, Choice.COMPUTED, typed="168,839")]
        choices, failures = choices_and_failures(figures, asked)
        printed = with_chosen_values(recompute_figures(plan, submissions().values()), choices)
        (told,) = choice_remarks(printed, asked, failures)
        assert choices == {(FigureId("1-2-4", "査定金額", "当年", "合計"), ""): Choice.COMPUTED}
        assert (told.concern, told.is_error, told.place) == (Concern.ADJUSTED, False, OVERWRITTEN)
        assert told.message == "計算値 244,116 で印字します（理由：一次資料のとおり）"
        assert (told.typed, told.computed) == ("168,839", "244,116")

    @pytest.mark.parametrize(
        ("identity", "typed"),
        [
            (OVERWRITTEN, "168839"),
            (OVERWRITTEN, "１６８，８３９"),
            (f" {OVERWRITTEN.replace('/', '／')} ", ""),
            (RATE, "8.8％"),
            (RATE, "8.8%"),
            (RATE, "8.8"),
            (RATE, "0.088"),
        ],
    )
    def test_staff_type_it_in_many_ways(self, plan: Plan, identity: str, typed: str) -> None:
        figures = recompute_figures(plan, submissions().values())
        choices, _ = chose(figures, [chosen(identity, Choice.TYPED, typed=typed)])
        assert list(choices.values()) == [Choice.TYPED]

    @pytest.mark.parametrize(
        ("asked", "failure"),
        [
            (chosen("1-2-4/査定金額/当年/計", Choice.TYPED), "計画にない識別名です"),
            (chosen("1-2-2/決定達成/当年/達成率", Choice.TYPED), "上書きされた計算セルではありません"),
            (chosen(OVERWRITTEN, None), "印字する値は 入力値、計算値 のどちらかです"),
            (
                chosen(OVERWRITTEN, Choice.TYPED, typed="168,840"),
                "入力値が 168,840 から 168,839 に変わりました",
            ),
            (chosen(RATE, Choice.TYPED, typed="8.9％"), "入力値が 8.9％ から 8.8％ に変わりました"),
            (chosen(RATE, Choice.TYPED, typed="不明"), "入力値が 不明 から 8.8％ に変わりました"),
            (chosen(OVERWRITTEN, Choice.TYPED, entity="大宮"), "対象「大宮」が表に見つかりません"),
        ],
    )
    def test_what_does_not_match_is_not_chosen(
        self, plan: Plan, asked: FigureAdjustment, failure: str
    ) -> None:
        choices, (told,) = chose(recompute_figures(plan, submissions().values()), [asked])
        assert refused(told) == failure
        assert choices == {}

    def test_two_that_disagree_are_both_told(self, plan: Plan) -> None:
        asked = [chosen(OVERWRITTEN, Choice.TYPED), chosen(OVERWRITTEN, Choice.COMPUTED)]
        choices, told = chose(recompute_figures(plan, submissions().values()), asked)
        assert [refused(one) for one in told] == ["同じところに別の調整があります"] * 2
        assert choices == {}


class TestFiguresOfAnOpenList:
    identity = str(open_list.TWICE)

    def choices(self, asked: FigureAdjustment, *towns: tuple[str, int, int | None]) -> tuple[object, Remark]:
        figures = recompute_figures(open_list.plan(), [open_list.submission(*towns)])
        found, (told,) = chose(figures, [asked])
        return found, told

    @pytest.mark.parametrize("name", [("{}", "東 町"), ("{}（東町）", "")])
    def test_the_entity_tells_which(self, name: tuple[str, str]) -> None:
        asked = chosen(name[0].format(self.identity), Choice.COMPUTED, name[1])
        found, _ = self.choices(asked, ("東町", 10, 25), ("西町", 10, 30))
        assert found == {(open_list.TWICE, "東町"): Choice.COMPUTED}

    @pytest.mark.parametrize(
        ("towns", "entity", "failure"),
        [
            ((("東町", 10, 25),), "", "対象（表のどの行か）が空です"),
            ((("東町", 10, 25),), "西町", "対象「西町」が表に見つかりません"),
            ((), "東町", "対象「東町」が表に見つかりません"),
            ((("東町", 10, 25), ("東町", 10, 30)), "東町", "同じ対象が表に 2 つ以上あります"),
            ((("東町", 10, None),), "東町", "上書きされた計算セルではありません"),
        ],
    )
    def test_no_entity_or_a_duplicates_one_is_told(
        self, towns: tuple[tuple[str, int, int | None], ...], entity: str, failure: str
    ) -> None:
        found, told = self.choices(chosen(self.identity, Choice.COMPUTED, entity), *towns)
        assert refused(told) == failure
        assert found == {}

    def test_text_over_a_formula_is_recorded_as_text(self) -> None:
        town = open_list.submission(("東町", 10, 25))
        (row,) = town.items[0].tables[0].rows
        cells = (*row.cells[:2], replace(row.cells[2], value="集計中"), row.cells[3])
        table = replace(town.items[0].tables[0], rows=(replace(row, cells=cells),))
        typed = replace(town, items=(replace(town.items[0], tables=(table,)),))
        figures = recompute_figures(open_list.plan(), [typed])
        asked = chosen(self.identity, Choice.COMPUTED, "東町", "集計中")
        choices, (told,) = chose(figures, [asked])
        assert choices == {(open_list.TWICE, "東町"): Choice.COMPUTED}
        assert (told.typed, told.computed) == ("集計中", "20 人")
        settled = with_chosen_values(recompute_figures(open_list.plan(), [typed]), choices).with_identity(
            open_list.TWICE
        )
        assert [figure.printed_value for figure in settled] == [Decimal(20)]

    def test_what_is_told_is_what_is_printed_where_one_choice_changes_another(self) -> None:
        """倍 and 四倍 are both typed over; ours of 四倍 is worked out from the 倍 that is printed."""
        town = open_list.submission(("東町", 10, 25))
        (row,) = town.items[0].tables[0].rows
        cells = (*row.cells[:3], replace(row.cells[3], value=Decimal(60), formula=False))
        table = replace(town.items[0].tables[0], rows=(replace(row, cells=cells),))
        typed = [replace(town, items=(replace(town.items[0], tables=(table,)),))]
        plan = open_list.plan()
        asked = [chosen(str(one), Choice.COMPUTED, "東町") for one in (open_list.TWICE, open_list.FOUR_TIMES)]
        choices, failures = choices_and_failures(recompute_figures(plan, typed), asked)
        printed = with_chosen_values(recompute_figures(plan, typed), choices)
        assert [figure.printed_value for figure in printed.with_identity(open_list.FOUR_TIMES)] == [
            Decimal(40)
        ]
        assert [
            (one.message.partition("（")[0], one.typed, one.computed)
            for one in choice_remarks(printed, asked, failures)
        ] == [
            ("計算値 20 人 で印字します", "25 人", "20 人"),
            ("計算値 40 人 で印字します", "60 人", "40 人"),
        ]
