"""Flows and states: a count of the year so far only grows, the level of a stock may fall or stay."""

from __future__ import annotations

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.figure_wording import table_of, unit_of
from kenpo_xl.checks.support.number_cells import MAY_FALL
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.time.span import Accumulation

# What is counted one by one, and so can only grow.
_THINGS = "件 人 名 者 社 部 通 枚 冊 個 本 点 回 校 組 票 団体 世帯 市町村 施設 会場"
_PLACES = "事業所 事業者 機関 か所 カ所 ヶ所 ケ所 箇所"
_COUNTED = frozenset(word + number for word in (*_THINGS.split(), *_PLACES.split()) for number in ("", "数"))
_MYRIADS = "千万億百"
# The name of a level at its end: 対象者数, 加入者, 契約機関数; not 初回面談数, 新規契約機関数.
_STATE = LazyPattern(
    r"(?:対象|加入|登録|在籍|現在|委嘱|会員|受給|認定者|契約|保有|設置|指定|適用|宣言)"
    r"(?:事業所|医療機関|健診機関|機関|施設|世帯|団体|会場|委員|者|員|人|件|社|か所)*数?(?:\([^()]*\))?$|^未"
)
_NEW = AnyOf("新規|新た")
# Groups of people that are a level where no other header names what is counted.
_GROUPS = frozenset(
    who + number for who in ("被保険者", "被扶養者", "加入者", "組合員") for number in ("", "数")
)
_MEASURES = tuple("数件回額量")


def is_count(context: CheckContext, figure: Figure) -> bool:
    """Whether a figure is a whole number of things that are counted one by one."""
    number = figure.printed_number
    return (
        number is not None and number == number.to_integral_value() and unit_of(context, figure) in _COUNTED
    )


def is_money(context: CheckContext, figure: Figure) -> bool:
    """Whether a figure is an amount of money."""
    unit = unit_of(context, figure)
    return unit.endswith("円") and not unit[:-1].strip(_MYRIADS)


def is_state(context: CheckContext, figure: Figure) -> bool:
    """Whether a figure is the level of a stock, as the plan or the words of its own row and column say."""
    if context.figures.span_of_figure(figure.id).kind is Accumulation.MOMENT:
        return True
    table = table_of(context, figure)
    row, column = table.positions[figure.id]
    names = [axis.name.rpartition("＞")[2] for axis in (table.rows[row], table.columns[column])]
    if any(map(_NEW.is_in, names)) or unit_of(context, figure) == "件":
        return any(name.startswith("未") or "残" in name for name in names)
    if any(_STATE.search(name) for name in names) or any(map(MAY_FALL.is_in, names)):
        return True
    return not _GROUPS.isdisjoint(names) and not any(
        name.endswith(_MEASURES) and name not in _GROUPS for name in names
    )
