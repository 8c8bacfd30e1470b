"""Large cities with another prefecture than theirs: 千葉県横須賀市."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kenpo_xl.domain.text_span import PlacedSlip, SpanAndWord

# Capitals, designated cities, core cities and the special cities of before: none is in two prefectures.
_CITIES_LIST = """
北海道=札幌 旭川 函館|青森県=青森 八戸|岩手県=盛岡|宮城県=仙台|秋田県=秋田|山形県=山形|福島県=福島 郡山 いわき
茨城県=水戸 つくば|栃木県=宇都宮|群馬県=前橋 高崎 伊勢崎 太田
埼玉県=さいたま 川越 川口 越谷 熊谷 所沢 春日部 草加|千葉県=千葉 船橋 柏|東京都=八王子
神奈川県=横浜 川崎 相模原 横須賀 平塚 小田原 茅ヶ崎 厚木 大和
新潟県=新潟 長岡 上越|富山県=富山|石川県=金沢|福井県=福井|山梨県=甲府|長野県=長野 松本|岐阜県=岐阜
静岡県=静岡 浜松 沼津 富士|愛知県=名古屋 豊橋 岡崎 豊田 一宮 春日井|三重県=津 四日市|滋賀県=大津|京都府=京都
大阪府=大阪 堺 高槻 東大阪 豊中 枚方 八尾 寝屋川 吹田 岸和田 茨木|兵庫県=神戸 姫路 西宮 尼崎 明石 加古川 宝塚
奈良県=奈良|和歌山県=和歌山|鳥取県=鳥取|島根県=松江|岡山県=岡山 倉敷|広島県=広島 福山 呉|山口県=山口 下関
徳島県=徳島|香川県=高松|愛媛県=松山|高知県=高知|福岡県=福岡 北九州 久留米|佐賀県=佐賀|長崎県=長崎 佐世保
熊本県=熊本|大分県=大分|宮崎県=宮崎|鹿児島県=鹿児島|沖縄県=那覇
"""
_BRACKETS = (("（", "）"), ("(", ")"))


@cache
def _prefecture_by_city() -> dict[str, str]:
    """The prefecture of each city, by the name with 市."""
    groups = (one.partition("=") for one in _CITIES_LIST.replace("\n", "|").split("|") if one)
    return {f"{city}市": prefecture for prefecture, _, cities in groups for city in cities.split()}


def cities_elsewhere(text: str) -> Iterator[PlacedSlip]:
    """Start, what is written and what is right where a large city has another prefecture: 千葉県横須賀市."""
    if "市" not in text:
        return
    right = _prefecture_by_city()
    for other in dict.fromkeys(right.values()):
        at = text.find(other)
        while at >= 0:
            yield from _city_beside_prefecture(text, at, other, right)
            at = text.find(other, at + 1)


def _city_beside_prefecture(text: str, at: int, other: str, right: dict[str, str]) -> Iterator[PlacedSlip]:
    """The city right behind a prefecture, or before it where that is in brackets."""
    end = at + len(other)
    city = next((one for one in right if text.startswith(one, end)), "")
    if city and right[city] != other:
        yield at, other + city, right[city] + city
    for opening, closing in _BRACKETS:
        if text[at - 1 : at] == opening and text.startswith(closing, end):
            city = _city_at_end(text[: at - 1], right)
            if city and right[city] != other:
                written = f"{city}{opening}{other}{closing}"
                yield at - 1 - len(city), written, written.replace(other, right[city])


def _city_at_end(text: str, right: dict[str, str]) -> str:
    """The longest city that a text ends with, where no other name goes on before it: not 北広島市."""
    city = max((one for one in right if text.endswith(one)), key=len, default="")
    before = text[: len(text) - len(city)][-1:]
    return "" if not city or "一" <= before <= "龥" else city


def cities_with_inside(text: str) -> Iterator[SpanAndWord]:
    """Start and end of each large city before 内 (広島市内), and its prefecture."""
    at = text.find("市内")
    while at > 0:
        city = _city_at_end(text[: at + 1], _prefecture_by_city())
        if city:
            yield at + 1 - len(city), at + 2, _prefecture_by_city()[city]
        at = text.find("市内", at + 1)
