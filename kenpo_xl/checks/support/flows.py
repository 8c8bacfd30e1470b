"""Flows and states: a count of the year so far only grows, the level of a stock may fall or stay."""

from __future__ import annotations

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.figure_wording import table_of, unit_of
from kenpo_xl.checks.support.number_cells import MAY_FALL
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.time.span import Accumulation

# What is counted one by one, and so can only grow.
_COUNTED = LazyPattern(
    r"(?:件|人|名|者|社|部|通|枚|冊|個|本|点|回|校|組|票|団体|事業所|事業者|機関|世帯|市町村|[かカヶケ箇]所|施設|会場)数?"
)
_MONEY = LazyPattern(r"[千万億百]*円")
# The name of a level at its end: 対象者数, 加入者, 契約機関数; not 初回面談数, 新規契約機関数.
_STATE = LazyPattern(
    r"(?:対象|加入|登録|在籍|現在|委嘱|会員|受給|認定者|契約|保有|設置|指定|適用|宣言)"
    r"(?:事業所|医療機関|健診機関|機関|施設|世帯|団体|会場|委員|者|員|人|件|社|か所)*数?(?:\([^()]*\))?$|^未"
)
_UNDONE = LazyPattern(r"^未|残")
_NEW = LazyPattern(r"新規|新た")
# Groups of people that are a level where no other header names what is counted.
_GROUP = LazyPattern(r"(?:被保険者|被扶養者|加入者|組合員)数?")
_MEASURE = LazyPattern(r"数$|[件回額量]$")


def is_count(context: CheckContext, figure: Figure) -> bool:
    """Whether a figure is a whole number of things that are counted one by one."""
    number = figure.printed_number
    return (
        number is not None
        and number == number.to_integral_value()
        and _COUNTED.fullmatch(unit_of(context, figure)) is not None
    )


def is_money(context: CheckContext, figure: Figure) -> bool:
    """Whether a figure is an amount of money."""
    return _MONEY.fullmatch(unit_of(context, figure)) is not None


def is_state(context: CheckContext, figure: Figure) -> bool:
    """Whether a figure is the level of a stock, as the plan or the words of its own row and column say."""
    if context.figures.span_of_figure(figure.id).kind is Accumulation.MOMENT:
        return True
    table = table_of(context, figure)
    row, column = table.positions[figure.id]
    names = [axis.name.rpartition("＞")[2] for axis in (table.rows[row], table.columns[column])]
    if any(map(_NEW.search, names)) or unit_of(context, figure) == "件":
        return any(map(_UNDONE.search, names))
    if any(_STATE.search(name) for name in names) or any(map(MAY_FALL.is_in, names)):
        return True
    return any(map(_GROUP.fullmatch, names)) and not any(
        _MEASURE.search(name) and not _GROUP.fullmatch(name) for name in names
    )
