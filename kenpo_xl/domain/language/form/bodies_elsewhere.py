"""Bodies of another prefecture in the text of an office named after its own: 千葉労働局 in Saitama."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.lazy_patterns import LazyPattern

_PREFECTURE_LIST = """
北海道 青森 岩手 宮城 秋田 山形 福島 茨城 栃木 群馬 埼玉 千葉 東京 神奈川 新潟 富山 石川 福井 山梨 長野
岐阜 静岡 愛知 三重 滋賀 京都 大阪 兵庫 奈良 和歌山 鳥取 島根 岡山 広島 山口 徳島 香川 愛媛 高知 福岡
佐賀 長崎 熊本 大分 宮崎 鹿児島 沖縄
"""
PREFECTURES = tuple(_PREFECTURE_LIST.split())
_BODY = (
    r"労働局|産業保健総合支援センター|社会保険労務士会|社会保険協会|国民健康保険団体連合会"
    r"|(?:歯科)?医師会|薬剤師会|看護協会|栄養士会|商工会(?:議所)?連合会|県庁|[^\W\x00-ヿ]{1,4}部?[^\W\x00-ヿ]{2,4}課"
)
_NAMED = LazyPattern(rf"(?P<place>{'|'.join(PREFECTURES)})(?:[都府県](?!庁))?(?:内の?)?(?P<body>{_BODY})")
_WITH_OTHERS = LazyPattern(
    r"他支部|近隣|隣接|合同|事例|参考|視察|比較|転入|転出|意見交換|情報交換|関東|ブロック|各[都府県]|都道府県|同様|支部の"
)


def bodies_elsewhere(text: str, own: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and prefecture of each body that is named after another prefecture than `own`.

    None in a text about other offices or that names the own body of that kind too, and none where
    the prefecture's name is within another word.
    """
    if own not in PREFECTURES or _WITH_OTHERS.search(text):
        return
    for found in _NAMED.finditer(text):
        before = text[: found.start()][-1:]
        is_own = found["place"] == own or f"{own}{found['body']}" in text
        if not is_own and not "一" <= before <= "龥":
            yield found.start(), found.end(), found["place"]
