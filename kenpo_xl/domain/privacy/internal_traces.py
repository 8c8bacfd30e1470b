"""What only staff can use: paths, files, passwords, pages of the office."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import SpanAndWord

PASSWORD = "パスワードや ID"
_WORDS_FOR_SECRETS = "パスワード 暗証番号 PW pw Pw PASS pass PASSWORD password Password ID ユーザー名"
_SECRETS = tuple(word + sign for word in _WORDS_FOR_SECRETS.split() for sign in ("は", ":", "=", " :", "("))
_TRACES = (
    (
        LazyPattern(
            r"(?<![A-Za-z])[A-Za-z]:[\\¥￥]|[\\¥￥]{2}[^\W_][\w.$-]*[\\¥￥]|(?<![A-Za-z])file://",
            needs=("\\", "¥", "￥", "file:"),
        ),
        "フォルダーの場所",
    ),
    (
        LazyPattern(
            r"\w\)?\.(?:xls[xmb]?|doc[xm]?|ppt[xm]?|csv|tsv|accdb|mdb|zip|lnk|msg|eml|jtd|pst)(?![A-Za-z])",
            needs=(
                *(".xls", ".doc", ".ppt", ".csv", ".tsv", ".acc", ".mdb", ".zip", ".lnk", ".msg", ".eml"),
                *(".jtd", ".pst"),
            ),
        ),
        "ファイルの名前",
    ),
    (
        LazyPattern(
            r"https?://(?:[\w-]+(?=[/:\s)]|$)|(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+"
            r"|[\w.-]*(?:intra|\.local|\.lan|\.corp|\.internal|sharepoint\.|teams\.microsoft)[\w.-]*)",
            needs=("http",),
        ),
        "庁内や社内のページの場所",
    ),
    (
        LazyPattern(
            r"(?:パスワード|暗証番号|(?<![A-Za-z])(?:PW|pw|Pw|PASS(?:WORD)?|pass(?:word)?|Password))\s*(?:は|:|=|\()\s*"
            r"[「\"']?(?=[!-~]*[\d])[!-~]{4,}|暗証番号\s*(?:を\s*)?\d{4,8}(?!\d)|(?<![A-Za-z])(?:ログイン)?(?:ID|ユーザー名)\s*(?:は|:|=)\s*[A-Za-z][\w.-]*\d",
            needs=(*_SECRETS, "暗証番号"),
        ),
        PASSWORD,
    ),
    (
        LazyPattern(
            r"(?:サーバー?|NAS)\s*[(「の]?\s*(?=[A-Za-z\d_-]*\d)[A-Za-z][\w-]*(?=[)」\s]*(?:に|の|へ|から|上|内))"
            r"|共有(?:フォルダー?|ドライブ|サーバー?)(?:の|内の)?[「(『][^」)』]{1,40}[」)』]"
            r"|(?<![A-Za-z])[A-Z]ドライブ(?:の|に|内|直下|から)"
            r"|(?:エクセル|Excel|ワード|Word)(?:ファイル)?の?「[^」]{1,30}」(?:を|の)?(?:参照|とおり|に(?:保存|入力|記載))",
            needs=("サーバ", "NAS", "共有", "ドライブ", "エクセル", "Excel", "ワード", "Word"),
        ),
        "職員だけが使う保存先",
    ),
)


def internal_traces(text: str) -> Iterator[SpanAndWord]:
    """Start and end of each such place in a text, and what it is in Japanese."""
    plain = half_width(text)
    for pattern, what in _TRACES:
        for found in pattern.finditer(plain):
            yield found.start(), found.end(), what
