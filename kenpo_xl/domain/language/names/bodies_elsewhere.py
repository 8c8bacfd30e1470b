"""Bodies of another prefecture in the text of an office named after its own: 千葉労働局 in Saitama."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.normalize import AnyOf, alternatives, sentence_around
from kenpo_xl.domain.language.office.towns import cities_with_inside
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import SpanAndWord

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
# Whom an office writes to and works with in its own prefecture.
_MEMBERS = alternatives(
    "健康経営事業所|健康宣言事業所|事業所|事業主|健診機関|医療機関|施術所|接骨院|整骨院|薬局|加入者|被保険者|被扶養者|市町村|自治体|ドライバー"
    "|年金事務所|健康保険委員|保健所|商工会|高校|中学校|小学校|大学|全域|各地|ハローワーク|労働基準監督署|団体|企業"
)
_OF_BRANCH = tuple(
    f"支部{one}"
    for one in (
        "評議会",
        "加入の事業所",
        "加入の",
        "の加入者",
        "の被保険者",
        "の事業所",
        "の健康保険委員",
        "のホームページ",
    )
)
_MAY_NAME_OTHERS = AnyOf("内|支部|県|都|府")
_FROM_OUTSIDE = AnyOf(
    "とも|にも|在住|居住|住む|住所|通勤|勤務|勤め|働く|本社|本店|所在|所属|転|県外|県境|越境|出張|を受診|で受診|において受診|先進|調査|統計"
    "|比べ|同じ|ほか|及び|並びに|全国|上位|下位|位|平均|より|移管|異動|被災|地震|豪雨|災害"
    "|事例|参考|視察|近隣|隣接|合同|意見交換|情報交換|関東|ブロック|他支部|各支部|特徴|共同|連携"
)
_WITH_OTHERS = LazyPattern(
    r"他支部|近隣|隣接|合同|事例|参考|視察|比較|転入|転出|意見交換|情報交換|関東|ブロック|各[都府県]|都道府県|同様|支部の"
)


def bodies_elsewhere(text: str, own: str) -> Iterator[SpanAndWord]:
    """Start, end and prefecture of each body that is named after another prefecture than `own`.

    None in a text about other offices or that names the own body of that kind too, and none where
    the prefecture's name is within another word.
    """
    if own not in PREFECTURES:
        return
    yield from _members_elsewhere(text, own)
    yield from _prefectures_as_own(text, own)
    if _WITH_OTHERS.search(text):
        return
    for found in _NAMED.finditer(text):
        before = text[: found.start()][-1:]
        is_own = found["place"] == own or f"{own}{found['body']}" in text
        if not is_own and not "一" <= before <= "龥":
            yield found.start(), found.end(), found["place"]


def _members_elsewhere(text: str, own: str) -> Iterator[SpanAndWord]:
    """栃木県内の健診機関, 大阪支部の加入者: whom another office writes to and works with."""
    if not _MAY_NAME_OTHERS.is_in(text):
        return
    for place in PREFECTURES if own not in text else ():
        at = text.find(place) if place != own else -1
        if at >= 0 and not "一" <= text[at - 1 : at] <= "龥":
            end = at + len(place)
            end += text[end : end + 1] in ("都", "府", "県")
            length = _length_of_members(text, end) or _length_of_people(text, end)
            if length and not _is_from_outside(text, at):
                yield at, end + length, place
    for start, end, prefecture in cities_with_inside(text):
        length = _length_of_members(text, end - 1)
        if length and not prefecture.startswith(own) and not _is_from_outside(text, start):
            yield start, end - 1 + length, text[start : end - 2]


_AS_PARTNER = ("主催", "知事", "との連名", "と連名", "との共催", "と共催")
_JOINTS = ("及び", "並びに", "と", "、")
_MOST_BETWEEN = 14


def _prefectures_as_own(text: str, own: str) -> Iterator[SpanAndWord]:
    """千葉県主催の会議, 千葉県及び埼玉労働局と連名で: another prefecture in the place of the own one."""
    if "県" not in text or f"{own}県" in text or _WITH_OTHERS.search(text):
        return
    for place in (one for one in PREFECTURES if one != own):
        start = text.find(f"{place}県")
        end = start + len(place) + 1
        if start < 0 or "一" <= text[:start][-1:] <= "龥":
            continue
        if text.startswith(_AS_PARTNER, end) or _is_joint_author(text, end, own):
            yield start, end, place


def _is_joint_author(text: str, end: int, own: str) -> bool:
    """Whether the own prefecture follows another one, and both sign: 千葉県及び埼玉労働局と連名で."""
    joint = next((one for one in _JOINTS if text.startswith(one, end)), "")
    behind = text[end + len(joint) : end + len(joint) + _MOST_BETWEEN]
    return bool(joint) and own in behind and "連名" in text[end : end + 2 * _MOST_BETWEEN]


def _length_of_members(text: str, end: int) -> int:
    """How long 内の健診機関 or 支部の加入者 is at a place of a text, 0 for anything else."""
    if text.startswith(_OF_BRANCH, end):
        return next(len(one) for one in _OF_BRANCH if text.startswith(one, end))
    lead = next((one for one in ("内の全", "内の各", "内全", "内の", "内") if text.startswith(one, end)), "")
    name = next((one for one in _MEMBERS if lead and text.startswith(one, end + len(lead))), "")
    return len(lead) + len(name) if name else 0


def _length_of_people(text: str, end: int) -> int:
    """How long 民に or の事業所を is behind 県, 0 for anything else."""
    if text[end - 1 : end] not in ("都", "府", "県"):
        return 0
    if text.startswith(("民に", "民へ", "民を", "民向け"), end):
        return 1
    name = next((one for one in _MEMBERS if text.startswith(f"の{one}", end)), "")
    return len(name) + 1 if name and text[end + 1 + len(name) :].startswith(("に", "を", "へ")) else 0


def _is_from_outside(text: str, start: int) -> bool:
    first, last = sentence_around(text, start, start)
    return _FROM_OUTSIDE.is_in(text[first:last])
