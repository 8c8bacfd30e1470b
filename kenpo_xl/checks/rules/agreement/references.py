"""References (参照) in sentences to items, tables and annexes that are not there (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, all_printed_texts, quoted_with_neighbors
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import is_kanji
from kenpo_xl.domain.language.normalize import half_width, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.plan import Item

# What makes a number a reference: 1-2-3のとおり, 表7を参照, 別紙2に示す.
_REFERS = (
    r"(?=\s*(?:[(「『][^)」』]{0,20}[)」』])?\s*(?:の?(?:と|通)お?り|[をは]?(?:ご|御)?参照|[をは]?(?:ご|御)覧"
    r"|に(?:示|記載|掲|記し|まとめ|述べ|報告|ある|あります|詳し|詳述)|で(?:示|述べ|報告|記載|説明)"
    r"|(?:の|に)(?:表|図|本文)(?:の|に|を)|(?:から|より|に)再掲|(?:記載|掲載)))"
)
_REFERENCES = LazyPattern(
    rf"(?<![0-9A-Za-z.,/~-])(?<![料添紙式図表版号第])(?P<item>\d{{1,2}}-\d{{1,2}}(?:-\d{{1,2}}){{0,2}}){_REFERS}"
    r"|(?P<label>(?:図表|図|表|別紙|別添|別表|別図|様式|資料|参考資料|参考|グラフ|写真|スライド|添付))\s*(?:第\s*)?"
    rf"(?P<number>\d{{1,2}})(?![\d-]|つ|点|枚|件|種)(?:{_REFERS}|(?=\s*[)）]))",
    contains=r"\d-\d|(?:図|表|別紙|別添|様式|資料|参考|グラフ|写真|スライド|添付)\s*(?:第\s*)?\d",
)
_ITEM_ID = LazyPattern(r"\d+(?:-\d+)+")
_DOCUMENT = LazyPattern(
    r"[」』]\s*(?:の|P|p)?\s*$"
    r"|(?:通知|要綱|要領|規程|マニュアル|手引き?|計画書|報告書|省令|告示|法|冊子|ガイド(?:ライン|ブック)?)(?:の|\s)*$"
)


@rule(
    "CO57",
    Family.AGREEMENT,
    Severity.WARNING,
    "参照先がありません",
    why="「1-9-9のとおり」「表7のとおり」と書かれた先がないと、読み手は探し回ることになります。",
    remedy="項の番号、表や別紙の番号を確かめて直してください。別の文書のものなら、その文書の名前を書き添えてください。",
)
def reference_leads_nowhere(context: CheckContext) -> Iterator[Violation]:
    """1-9-9のとおり, 表7を参照, 図3に示す, （別紙2）: no such item, and nothing has such a label.

    Labels are sought in all texts and captions of the plan and the book, other than in the reference. Silent
    where the words before name another document (要領の別紙2). Also a drawing (下のグラフのとおり), an item
    with the name of another (2-2-3（健康宣言）), and 下表「…」 with the name of a table of another item.
    """
    for written in all_printed_texts(context):
        plain = half_width(written.text)
        for found in _REFERENCES.finditer(plain):
            before = plain[: found.start()]
            # The 表 of 代表 3 人 is no label.
            if _DOCUMENT.search(before) or (found["label"] and is_kanji(before[-1:])):
                continue
            if found["item"]:
                missing = not _is_id_of_item(context, found["item"])
            else:
                missing = not _is_label_in_other_text(context, written, found)
            if missing:
                yield _violation_for_reference(written, found)
            elif found["item"]:
                yield from _violations_for_misnamed_item(context, written, found)
        yield from _violations_for_misnumbered_titles(context, written, plain)
        yield from _violations_for_missing_drawings(written, plain)
        yield from _violations_for_tables_of_other_items(context, written)
        yield from _violations_for_missing_articles(written, plain)


def _violations_for_missing_drawings(written: PrintedText, plain: str) -> Iterator[Violation]:
    """下のグラフのとおり: a report prints lines, tables and KPIs, and no drawing of an input book."""
    for found in _DRAWING.finditer(plain):
        yield written.violation(
            found.start(),
            f"「{found[0]}」とありますが、報告書に図やグラフ、写真は載らず、ページも変わります。",
            "表のことなら「表」と書き、載らない図を指す文は消してください。",
            actual=found[0],
        )


_LAST_ARTICLES = {
    "健康保険法": 222,
    "介護保険法": 215,
    "国民健康保険法": 128,
    "民法": 1050,
    "労働安全衛生法": 123,
}
"""The last article of a law, which has others between (第194条の2)."""
_MOST_ARTICLES = 1_100
_ENDS_OF_ARTICLES = tuple(f"{digit}{blank}条" for digit in "0123456789" for blank in ("", " ", "\u3000"))
_ARTICLE = LazyPattern(
    r"(?P<law>健康保険法|国民健康保険法|介護保険法|労働安全衛生法"
    r"|民法)?[ \u3000]*第[ \u3000]*(?P<number>\d{3,8})[ \u3000]*条(?!例)",
    needs=_ENDS_OF_ARTICLES,
)


def _violations_for_missing_articles(written: PrintedText, plain: str) -> Iterator[Violation]:
    """健康保険法第381条, 第9999条: laws have no such article."""
    for found in _ARTICLE.finditer(plain):
        if int(found["number"]) > _LAST_ARTICLES.get(found["law"] or "", _MOST_ARTICLES):
            yield written.violation(
                found.start(),
                f"「{found[0].strip()}」という条はありません。",
                "法律の条の番号を確かめて直してください。",
                actual=found[0].strip(),
            )


def _violations_for_tables_of_other_items(context: CheckContext, written: PrintedText) -> Iterator[Violation]:
    """下表「債権回収率」のとおり: the table of that name is in another item only."""
    for found in _NAMED_TABLE.finditer(written.text):
        name = normalized(found["below"] or found["name"])
        items = [item.id for item in context.plan.items if name in map(normalized, _table_names(item))]
        if items and written.item.id not in items:
            yield written.violation(
                found.start(),
                f"「{found[0]}」とありますが、その名前の表は {items[0]} にあり、ここには載りません。",
                "表の名前か、項の番号を確かめて直してください。",
                actual=found[0],
            )


def _table_names(item: Item) -> Iterator[str]:
    for table in item.tables:
        yield from (table.name, table.caption)


def _violations_for_misnamed_item(
    context: CheckContext, written: PrintedText, found: re.Match[str]
) -> Iterator[Violation]:
    """2-2-3（健康宣言）: the words in brackets have nothing in common with the title of the item."""
    words = _WORDS_IN_BRACKET.match(half_width(written.text), found.end())
    item = context.plan.item(found["item"])
    if words is None or item is None:
        return
    name, title = normalized(words["name"]), normalized(item.title)
    if not any(name[at : at + 2] in title for at in range(len(name) - 1)):
        yield written.violation(
            found.start(),
            f"「{found['item']}{words[0].strip()}」とありますが、{found['item']} は「{item.title}」です。",
            "番号と名前のどちらが正しいか確かめて直してください。",
            actual=found["item"],
        )


_TITLE_AND_NUMBER = LazyPattern(
    r"[「『](?P<name>[^」』]{4,40})[」』]\s*[(](?P<item>\d{1,2}-\d{1,2}(?:-\d{1,2})?)[)]", needs=("」", "』")
)
_NUMBER_OF_TITLE = LazyPattern(r"^(?:\(\d+\)|[①-⑳]|\d+[.)]?)\s*")


def _violations_for_misnumbered_titles(
    context: CheckContext, written: PrintedText, plain: str
) -> Iterator[Violation]:
    """「健康宣言の推進」(2-2-3): the whole title of an item, with the number of another."""
    for found in _TITLE_AND_NUMBER.finditer(plain):
        item, name = context.plan.item(found["item"]), normalized(found["name"])
        meant = [one.id for one in context.plan.items if _normalized_title_without_number(one) == name]
        if item is not None and meant and item.id not in meant:
            yield written.violation(
                found.start("item"),
                f"「{found['name']}」の番号が {found['item']} ですが、これは「{item.title}」です。",
                "番号と名前のどちらが正しいか確かめて直してください。",
                actual=found["item"],
            )


def _normalized_title_without_number(item: Item) -> str:
    return normalized(_NUMBER_OF_TITLE.sub("", half_width(item.title)).strip())


_NAMED_TABLE = LazyPattern(
    r"(?:下|上|次の|以下の|下の|上の|右の|左の)表[「『](?P<below>[^」』]{2,30})[」』]"
    r"|(?<!の)[「『](?P<name>[^」』]{2,30})[」』]の表(?:の(?:とお|通)り|に示|を参照)",
    needs="表",
)
_DRAWING = LazyPattern(
    r"(?:(?:下|上|次|右|左|以下|別)(?:の|記の?)?|(?:次|前|別)の?(?:ページ|頁)の)(?:図|グラフ|写真|地図|イラスト|チャート)"
    r"(?:のとおり|の通り|に示|を参照|参照|をご覧|から)"
    r"|(?:次|前|別|裏)の?(?:ページ|頁)(?:の(?:表|一覧|欄))?(?:のとおり|の通り|に示|を参照|参照|をご覧)",
    needs=(
        "図",
        "グラフ",
        "写真",
        "イラスト",
        "チャート",
        "次ページ",
        "次のページ",
        "前ページ",
        "前のページ",
        "別ページ",
        "別のページ",
        "裏ページ",
        "頁",
    ),
)
_WORDS_IN_BRACKET = LazyPattern(r"\s*[(「『](?P<name>[^)」』\d]{3,20})[)」』]")


def _violation_for_reference(written: PrintedText, found: re.Match[str]) -> Violation:
    name = found["item"] or f"{found['label']}{found['number']}"
    kind = "項" if found["item"] else "表や図、別紙"
    return written.violation(
        found.start(),
        f"「{name}」とありますが、その番号の{kind}はありません"
        f"（{quoted_with_neighbors(written.text, found.start(), found.end())}）。",
        "番号を確かめて直してください。別の文書のものなら、その文書の名前を書き添えてください。",
        actual=name,
    )


def _is_id_of_item(context: CheckContext, name: str) -> bool:
    """Whether an item, or what contains items, has a number; also where the plan numbers otherwise."""
    ids = context.computed_once(_item_ids)
    return not ids or any(one == name or one.startswith(f"{name}-") for one in ids)


def _item_ids(context: CheckContext) -> tuple[str, ...]:
    ids = [item.id for section in context.plan.sections for item in section.items]
    ids += [section.id for section in context.plan.sections]
    return tuple(one for one in ids if _ITEM_ID.fullmatch(one))


def _is_label_in_other_text(context: CheckContext, written: PrintedText, found: re.Match[str]) -> bool:
    """Whether another text than the one that refers has a label: 表7 健診の実施状況."""
    label = normalized(f"{found['label']}{found['number']}")
    plan, lines = context.computed_once(_plan_text_and_lines_by_identity)
    return label in plan or any(label in text for identity, text in lines if identity != written.identity)


def _plan_text_and_lines_by_identity(context: CheckContext) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The plan's texts as one, and those of the book by identity, normalized."""
    texts = [context.plan.title]
    for section in context.plan.sections:
        for item in section.items:
            texts += [item.title, *(text for block in item.blocks for text in block.sentences)]
            texts += [word for table in item.tables for word in (table.name, table.caption)]
    lines = tuple((one.identity, normalized(one.text)) for one in all_printed_texts(context))
    return normalized("|".join(texts)), lines
