"""What a form or a program leaves in a text (#REF!, [空白], 200字以内), and what stands for one (同上)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import places_of
from kenpo_xl.domain.language.word_table import WordTable
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan

_BLANKS = " \u3000"
# What stands for a number before its unit: には？名が, は NULL 件.
_NO_NUMBERS = """
? ？ N n Ｎ ｎ X x Ｘ ｘ NULL null None nan NaN N/A n/a undefined 未定 不明 空白 ... … …… ‥ □ △ ▲ ＿ _ ー ―
"""
_UNITS = "名 人 件 社 回 通 部 円 千円 万円 % ％ か所 箇所 事業所 機関 団体 市町村 月 日"
_BEFORE_NUMBER = frozenset("はがをのにで約計")
# Before these a letter stands for a name: X 社.
_LETTERS, _UNITS_WITH_NAMES = (
    frozenset("NnXxＮｎＸｘ"),
    ("社", "機関", "団体", "事業所", "か所", "市町村", "部"),
)
_LEFT = """
#REF! #N/A #VALUE! #NAME? #DIV/0! #NUM! #NULL! [object [空白] （空白） (空白) ［空白］ 【空白】 (blank)
＃REF ＃N/A ＃VALUE ＃DIV #### {= '! =COUNTIF( =ROUND( =INDEX( _x000D_
[memo [メモ memo: MEMO: メモ： メモ: （たぶん） （多分） （おそらく） (たぶん) (多分)
To: Cc: CC: Bcc: Re: RE: Fw: FW: 件名： 件名: 宛先： 宛先:
係長コメント 課長コメント 部長コメント 主任コメント
書き途中 （記入欄） 【記入欄】 ［記入欄］ （ここに （該当に○ （該当に〇 （該当するものに○
（該当するものに〇 （以下略） (以下略) 執筆中 (記入欄) =SUM( =VLOOKUP( =IF( Sheet1! Sheet2!
iPhoneから送信 iPadから送信 Androidから送信 スマートフォンから送信 変更履歴： 変更履歴: （変更履歴
<b> </b> <i> </i> </p> </div> ](http ``` [x]
［画像 [画像 【画像 ［グラフ [グラフ ［図： ［写真 [写真 ［表： [image -----Original オリジナルメッセージ
ご要望があればお知らせください 他にもご要望 お役に立てれば幸い 以下のように修正しました 以下のように整えました
以下のように文章を AIが生成 テキストを入力 ここに入力 サンプルテキスト {{ }}
"""
_PAGE = LazyPattern(
    r"(?:ページ|頁|Page|page|P\.)[ \u3000]?\d+[ \u3000]?(?:/|／|of)[ \u3000]?\d+"
    r"|\d+[ \u3000]?[/／][ \u3000]?\d+[ \u3000]?(?:ページ|頁)"
    r"|^[ \u3000・]*[-－―][ \u3000]?\d+[ \u3000]?[-－―][ \u3000]*$",
    needs=("ページ", "頁", "Page", "page", "P.", "-", "－", "―"),
    contains=r"\d",
)
_OPEN, _CLOSE = r"[（(【［\[{＜<〔]", r"[）)】］\]}＞>〕]"
_NAMELESS = LazyPattern(
    rf"(?:^|(?<=[、。・\n]))[ \u3000]*{_OPEN}(?:支部|事業所|担当者|会場|団体|市町村|都道府県|県|市|課|部署"
    rf"|講師|会社|機関|催し|イベント|行事|委員会)名{_CLOSE}(?=[のがはをにとでへ])"
    rf"|{_OPEN}(?:日付|年月日|人数|件数|氏名|回数|金額|月日){_CLOSE}(?=[にがをはで人名件社回円])|- ?\[ ?\]",
    needs=(
        "名）",
        "名)",
        "名】",
        "名］",
        "名]",
        "名}",
        "名＞",
        "名>",
        "日付",
        "年月日",
        "数）",
        "数】",
        "金額",
        "月日",
        "[ ]",
    ),
)
# What the writer was to choose from: （増加・減少）した, 上回った（下回った）, （有・無）.
_OPPOSITE = (
    "(?:増加[・／/]減少|減少[・／/]増加|計画以上[・／/]計画以下|達成[・／/]未達成"
    "|向上[・／/]低下|上昇[・／/]低下|改善[・／/]悪化)"
)
_CHOICES = LazyPattern(
    rf"[（(]{_OPPOSITE}[）)](?=し[たて]|に進|である)|(?<!た)[（(](?:有・無|済・未|要・不要)[）)](?=。|$)"
    r"|(?:^|(?<=[。・\n]))[（(](?:会場|対面|集合)[・／/]オンライン[）)](?=[でにをが])"
    r"|(?:増加／減少|減少／増加)(?=し[たて])"
    r"|上回った[（(]下回った[）)]|下回った[（(]上回った[）)]|増加した[（(]減少した[）)]|減少した[（(]増加した[）)]"
    r"|した[（(](?:する予定である|する予定|している|しなかった|できなかった)[）)](?=。|$)"
    r"|達成した・達成できなかった|実施した・実施しなかった|達成できた・達成できなかった"
    r"|その他[（(][ \u3000]*[）)]|\d字(?:以内|程度)で(?:記入|記載|入力)(?:して|する|のこと)",
    needs=(
        *(
            "減少）",
            "増加）",
            "減少)",
            "増加)",
            "／減少",
            "／増加",
            "計画以下",
            "未達成",
            "低下）",
            "低下)",
            "悪化）",
            "悪化)",
        ),
        *("オンライン）", "オンライン)", "有・無"),
        *("済・未", "・不要", "った（", "した（", "った(", "した(", "した・", "できた・"),
        *("その他（", "その他(", "字以内で", "字程度で"),
    ),
)
_MIDNIGHT = " 0:00:00"
_ASKS = ("を記入してください", "を入力してください", "を記載してください")
_ASKED = ("内容", "状況", "取組", "理由", "実績", "課題", "結果", "件数", "数値", "こと")
_EXAMPLES = ("（記入例）", "(記入例)", "【記入例】", "記入例：", "記入例:")
_LIMITS = ("字以内）", "字以内)", "字程度）", "字程度)")
_LONGEST_LIMIT = 12
_LONGEST_COLUMN, _LONGEST_NOTE = 2, 12
_REFERS_ELSEWHERE = ("を参照", "参照", "の値", "のとおり", "より転記", "からコピー", "を見", "を確認")
_PLACES_IN_TEXT = ("以下は", "ここから", "ここまで", "上記は", "上は", "この文", "この行", "この段落")
_OLDER = ("昨年", "去年", "前年", "前回", "前の期", "先期", "古い", "以前の")
_NOTE_ENDS = (
    *("あとで", "後で", "↑古い", "文が古い", "数字が古い", "確認してから", "聞いてから", "相談してから"),
    *("未作成", "要出典", "修正箇所", "書き直し", "書き直す", "カット", "ここまで"),
)
_IN_SQUARE = frozenset(("画像", "写真", "図", "グラフ", "リンク", "添付", "表を挿入", "図を挿入", "改行"))
_BEFORE_NOTE = ("→後日", "→後で", "→あとで", "→要", "※この部分", "※ここ", "＊確認済", "*確認済", "※コメント")
_SAME_TEXT = """
変わりなし 変化なし 変更点なし 異動なし 削除 記載なし 記入なし 入力なし 空白 ditto N/A n/a
同上 同前 同左 同右 同文 以下同文 以下同じ 〃 〃〃 々 各位 関係者各位
変更なし 変更無し 省略 以下省略 略 以下略 前略 中略
"""
_SAME = frozenset(_SAME_TEXT.split())
_BEFORE = ("前回", "前期", "前四半期", "前年", "昨年", "去年", "先月", "前月", "上記", "左記", "上に", "上と")
_UNCHANGED = (
    "同じ",
    "同様",
    "同内容",
    "変更なし",
    "変わらず",
    "変わりなし",
    "のとおり",
    "の通り",
    "に準ずる",
    "同文",
)
_LONGEST_SAME = 16
_TRIES = frozenset(("test", "TEST", "Test", "テスト", "てすと", "asdf", "abc", "aa", "xx"))
_UNFINISHED = ("書きかけ", "書きかけ）", "書きかけ)")


def leftovers_of_drafts(text: str) -> Iterator[TextSpan]:
    """Start and end of what is not meant to be printed: of programs and forms, and of a sign for a number."""
    for word in _words_left().words_in(text):
        at = text.index(word)
        yield at, at + len(word)
    yield from _page_marks(text)
    yield from _instructions_left_by_forms(text)
    yield from _references_to_cells(text)
    yield from _leftovers_of_older_text(text)
    for sign in _NO_NUMBERS.split():
        at = text.find(sign)
        while at >= 0:
            if _is_in_place_of_number(text, at, at + len(sign)):
                yield at, at + len(sign)
            at = text.find(sign, at + 1)


@cache
def _words_left() -> WordTable:
    return WordTable((*_LEFT.split(), _MIDNIGHT))


def _page_marks(text: str) -> Iterator[TextSpan]:
    """ページ 3 / 12: the number of a page; （支部名）の, ＜日付＞に: what stands for a word."""
    for pattern in (_PAGE, _NAMELESS, _CHOICES):
        yield from (found.span() for found in pattern.finditer(text))


def _instructions_left_by_forms(text: str) -> Iterator[TextSpan]:
    """What a form says to the writer: 取組内容を記入してください, （200字以内）, （記入例）."""
    plain = text.rstrip(f"。{_BLANKS}")
    if plain.endswith(_ASKS) and plain.rpartition("を")[0].endswith(_ASKED):
        yield 0, len(plain)
    start = len(text) - len(text.lstrip(f"・•●{_BLANKS}"))
    if text.startswith(_EXAMPLES, start):
        yield start, text.index("例", start) + 1
    if plain.endswith(_LIMITS) and "。" in plain[-_LONGEST_LIMIT:]:
        yield plain.rindex("。") + 1, len(plain)
    if plain.endswith(_UNFINISHED):
        yield plain.rindex("書"), len(plain)


def _references_to_cells(text: str) -> Iterator[TextSpan]:
    """$D$12, セル K9 を参照: a cell of a workbook, which the report does not have."""
    for sign in ("$", "セル"):
        at = text.find(sign)
        while at >= 0:
            start = at + len(sign) if sign == "$" else _place_without_blanks(text, at + len(sign))
            column = start + len(text[start:]) - len(text[start:].lstrip(_CAPITALS))
            row = column + text[column:].startswith("$")
            end = row + len(text[row:]) - len(text[row:].lstrip("0123456789"))
            is_cell = start < column <= start + _LONGEST_COLUMN and row < end
            if is_cell and (
                sign == "$" or text.startswith(_REFERS_ELSEWHERE, _place_without_blanks(text, end))
            ):
                yield at, end
            at = text.find(sign, at + 1)


_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _place_without_blanks(text: str, at: int) -> int:
    """Where the next letter that is no blank is, from a place on."""
    return at + len(text[at:]) - len(text[at:].lstrip(_BLANKS))


def _leftovers_of_older_text(text: str) -> Iterator[TextSpan]:
    """（以下は昨年の文章）: a bracket that says of the lines around it that they are of another time."""
    for words in _BEFORE_NOTE:
        if words in text:
            yield text.index(words), len(text)
    for opening, closing in ("（）", "()", "【】", "［］", "[]", "＜＞"):
        for at in places_of(text, opening):
            end = text.find(closing, at)
            if end >= 0 and _is_note_on_text(opening, text[at + 1 : end].strip()):
                yield at, end + 1
        for place in _PLACES_IN_TEXT:
            at = text.find(opening + place)
            end = text.find(closing, at) if at >= 0 else -1
            if end >= 0 and any(word in text[at:end] for word in _OLDER):
                yield at, end + 1


def _is_note_on_text(opening: str, inside: str) -> bool:
    is_note = len(inside) <= _LONGEST_NOTE and inside.endswith(_NOTE_ENDS)
    return is_note or (opening in "【［[" and inside in _IN_SQUARE)


def is_in_place_of_text(text: str) -> bool:
    """Whether a line has nothing but 同上, 前回と同じ, a bullet, or letters typed to try: あああ, xxx."""
    words = text.strip(f"{_BLANKS}・•●■◆○※。（）()【】")
    if not words.strip("…‥.,、。?？!！・*＊#＃~〜=＝+＋"):
        return bool(text.strip())
    if words in _SAME or words in _TRIES:
        return True
    if len(words) <= _LONGEST_SAME and any(word in words for word in _BEFORE):
        return words.endswith(_UNCHANGED) and "が" not in words and "は" not in words.removeprefix("内容は")
    is_one_letter = len(words) > 2 and len(set(words)) == 1
    return is_one_letter and ("ぁ" <= words[0] <= "ん" or (words[0].isascii() and words[0].isalpha()))


def _is_in_place_of_number(text: str, start: int, end: int) -> bool:
    before, behind = text[:start].rstrip(_BLANKS)[-1:], text[end:].lstrip(_BLANKS)
    unit = next((one for one in _UNITS.split() if behind.startswith(one)), "")
    if (
        not unit
        or before not in _BEFORE_NUMBER
        or (text[start:end] in _LETTERS and unit in _UNITS_WITH_NAMES)
    ):
        return False
    return not is_noun_letter(behind[len(unit) :][:1] or "、")
