"""Units that do not count what is named beside a number: 説明会を12社開催した, 12台の職員."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import alternatives

_PROFESSIONS = "職員|保健師|看護師|管理栄養士|栄養士|歯科衛生士|相談員|調査員|指導員|推進員|ボランティア"
_STAFF = f"{_PROFESSIONS}|講師|委員|担当者|弁護士|医師|薬剤師"
# What is right before a number, its units, and what is done with it: 説明会を12社開催した, 相談員3件を配置.
_COUNTED_BETWEEN = (
    (
        alternatives("説明会を|研修会を|セミナーを|講座を|会議を|教室を|委員会を|協議会を"),
        alternatives("社|人|名|枚|通|部|歳|円|件"),
        alternatives("開催し|実施し|開催。"),
    ),
    (
        alternatives(
            "説明会を|研修会を|研修を|会議を|打合せを|打ち合わせを|会合を|懇談会を|講習会を|勉強会を|相談会を|連絡会を|イベントを"
            "|キャンペーンを|出前講座を|交流会を|意見交換会を"
        ),
        alternatives("社|人|名|枚|通|部|冊|歳|円|台"),
        alternatives("開催|開い|開き|実施し|行っ|行い|持っ"),
    ),
    (
        alternatives(
            "確認を|訪問を|指導を|点検を|照会を|面談を|相談を|勧奨を|督促を|調整を|協議を|巡回を|電話を|連絡を|調査を"
        ),
        alternatives("部|冊|枚|台|歳"),
        alternatives("行っ|行い|実施し|した"),
    ),
    (
        alternatives("相談員|職員|保健師|管理栄養士|指導員|担当者|委員"),
        alternatives("件|社|枚|通|部|回|円"),
        alternatives("を配置|が参加|が出席|が対応|を派遣|が受講|を増員|を採用"),
    ),
    (
        alternatives(_STAFF),
        alternatives("台|冊|枚|部|通|本|か所|社"),
        alternatives("が|を配置|を派遣|を委嘱|で対応|による|に委嘱"),
    ),
    (
        alternatives("加入者|被保険者|被扶養者|受講者|参加者|来場者"),
        alternatives("社|枚|通|部|円|回"),
        alternatives("が受診|が参加|が受講|に送付|へ送付|に案内|が来場|が利用"),
    ),
    (
        alternatives("事業所|企業|医療機関|健診機関|団体|市町村"),
        alternatives("人|名|枚|通|部|円"),
        alternatives("を訪問|へ訪問|に訪問|と契約|と締結|と協定"),
    ),
    (
        alternatives("健診車を|検診車を|バスを|パソコンを|端末を"),
        alternatives("人|名|件|社|枚|部"),
        alternatives("配置|導入|設置|手配"),
    ),
    (
        alternatives("チラシ|リーフレット|パンフレット|ポスター"),
        alternatives("人|名|社|回"),
        alternatives("を配布|を配付|を作成|を印刷|を送付"),
    ),
    (
        alternatives(
            "チラシを|リーフレットを|パンフレットを|ポスターを|冊子を|案内を|広報誌を|はがきを|カレンダーを|申請書を|調査票を|文書を|資料を"
            "|手引きを|封筒を|のぼりを|横断幕を"
        ),
        alternatives("人|名|社|歳|台"),
        alternatives(
            "用意|準備|作成|作製|印刷|掲示|貼|配布|配付|送付|発送|郵送|発行|増刷|購入|封入|受け付け|受理|回収|掲出"
        ),
    ),
)
# What is behind a number with its unit and の, and units in which it is never counted.
_COUNTED_BEHIND = (
    (alternatives(_PROFESSIONS), alternatives("件")),
    (alternatives(_STAFF), alternatives("部|通|枚|冊|台|か所|本")),
    (
        alternatives(
            "方|方々|参加者|受講者|来場者|出席者|応募者|加入者|被保険者|被扶養者|対象者|申請者|利用者|従業員|住民|相談者|受診者"
        ),
        alternatives("部|通|枚|冊|台|本"),
    ),
    (
        alternatives(
            "医療機関|健診機関|業者|事業者|事業所|事業主|市町村|団体|企業|会社|薬局|施術所|病院|学校|自治体|関係団体|関係機関|保険者"
        ),
        alternatives("部|冊|枚|通|台|本|回"),
    ),
    (
        alternatives("説明会|研修会|研修|セミナー|会議|打合せ|講座|教室|講習会|勉強会|相談会"),
        alternatives("通|枚|冊|台|本|歳"),
    ),
    (
        alternatives("ポスター|チラシ|リーフレット|パンフレット|はがき|のぼり|カレンダー|垂れ幕"),
        alternatives("台|歳"),
    ),
)


def wrong_lengths_before(before: str, unit: str, behind: str) -> Iterator[int]:
    """The lengths of what is counted in a unit that is not its own, before an act: 事業所3人を訪問."""
    before = before.rstrip("\u3000")
    for names, units, acts in _COUNTED_BETWEEN:
        name = next((one for one in names if before.endswith(one)), "") if unit in units else ""
        is_counted = name and before.removesuffix(name)[-1:].isdecimal()
        if name and not is_counted and behind.startswith(acts):
            yield len(name)


def name_in_wrong_unit(unit: str, behind: str) -> str:
    """What is counted behind a unit that is not its own, as a whole word: 12件の職員; '' for none."""
    if not behind.startswith("の"):
        return ""
    rest = behind[1:].lstrip()
    for names, units in _COUNTED_BEHIND:
        name = (
            max((one for one in names if rest.startswith(one)), key=len, default="") if unit in units else ""
        )
        if name and not is_noun_letter(rest[len(name) : len(name) + 1] or "、"):
            return name
    return ""
