"""One person's illness with the age and where she lives or works, of which neighbours know who it is."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

_PERSON = (
    r"(?:女性|男性|女の子|男の子|女児|男児|方|会社員|従業員|社員|職員|運転手|パート|主婦|夫婦|妻|夫|母|父|娘|息子|長女|長男"
    r"|加入者|被保険者|被扶養者|利用者|相談者|患者|本人|社長|課長|部長|係長|店長|事務員|作業員)"
)
# 45 歳の女性, 女性（45 歳）; not 40 歳以上の, 40～74 歳の.
_OF_ONE = LazyPattern(
    rf"(?<![\d~～〜-])(?<!から)\d{{1,3}}\s?[歳才]の[^。、()\d]{{0,8}}?{_PERSON}(?!向け|対象|全|の割合)"
    rf"|{_PERSON}\s?[(、](?:[男女]性、)?\s?\d{{1,3}}\s?[歳才]\s?[)、]"
    r"|(?<![\d~～〜-])\d{1,3}\s?[歳才](?:女性|男性)(?!向け|の割合)|1\s?名[(]\d{1,3}\s?[歳才]、"
    r"|\d0\s?歳?代の(?:女性|男性)(?:社員|職員|従業員)が",
    needs=("歳", "才", "代の"),
)
_ILLNESS = LazyPattern(
    r"がん(?!ばる|検|ば|り|り)|癌|(?:うつ|心臓|精神|糖尿|腎臓|肝|血液|性|神経|白血|難|認知|婦人科の|脳|結核の|持|パーキンソン|アルツハイマー|クローン|バセドウ)病"
    r"|(?:認知|統合失調|感染|依存|不妊|神経|適応障害|拒食|過食|敗血|筋無力|硬化|自閉|恐怖|不眠|貧血)症|統合失調症"
    r"|(?:心|腎|肝|呼吸)不全|(?:心筋|脳)梗塞|脳卒中|脳出血|くも膜下出血|肝炎|腎炎|肺炎|髄膜炎|膠原病|(?:適応|発達|精神|気分|双極性|人格|高次脳機能)障害"
    r"|HIV|エイズ|結核|梅毒|腫瘍|白血病|ヘルニア|人工透析|透析|流産|中絶|死産|自殺|自傷|てんかん|パニック"
)
_PLACE = LazyPattern(
    r"お住まい|在住|住む|住んで|居住|暮らす|に(?:お)?(?:勤|つと)め|勤務(?:する|し|の)|で働|株式会社|有限会社|(?:株)|の(?:経理|人事|総務|営業|事務)(?:担当|の|課長|部長)|の(?:社長|店長|事務員|運転手|工場長)"
    r"|(?:町|村|丁目|団地|地区|マンション|小学校|中学校|高校|工場|営業所|製作所|運輸|建材|工業|産業|商店|病院)(?:の|に)"
)
_NO_CASE = AnyOf(
    "講師|講演|登壇|モデル|架空|仮名|例:|例として|例えば|動画|ドラマ|リーフレット|チラシ|啓発|統計|集計|平均|対象と|対象に"
    "|向け|割合|件数|講習|研修会|新聞|体験談"
)


def patients_known_to_others(text: str) -> Iterator[tuple[int, str]]:
    """The place of each such person in a text, and the illness: 東町在住の63歳の女性（乳がんで治療中）."""
    plain = half_width(text)
    if not any(word in plain for word in ("歳", "才", "代の")):
        return
    first = 0
    for sentence in plain.replace("\n", "。").split("。"):
        person = _OF_ONE.search(sentence)
        illness = _ILLNESS.search(sentence) if person else None
        if person and illness and _PLACE.search(sentence) and not _NO_CASE.is_in(sentence):
            yield first + person.start(), illness[0]
        first += len(sentence) + 1
