"""A purpose and an act that works against it: 待ち時間を短くするため、窓口を減らした."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import AnyOf, alternatives, half_width
from kenpo_xl.domain.text_span import TextSpan

_JOINTS = (
    "ため、",
    "ために",
    "ためとして",
    "ことを目的に",
    "ことを目的として",
    "目的で",
    "よう、",
    "ように、",
)


@frozen
class _Aim:
    """Words of a purpose, and what works against it: something that is done to one of some things."""

    purposes: tuple[str, ...]
    things: tuple[str, ...]
    acts: tuple[str, ...]


def _aim_of_words(purposes: str, things: str, acts: str) -> _Aim:
    return _Aim(alternatives(purposes), alternatives(things), alternatives(acts))


_LESS = "減らし|縮小し|短縮し|廃止し|削減し|取りやめ|閉鎖し|中止し|狭め|閉じ|閉め|減員し|減じ|休止し|やめた"
_MORE = "増やし|追加し|複雑にし|増員し|重ねて求め|重複させ"
_STOP = "取りやめ|中止し|控え|減らし|やめた|廃止し|見送っ|縮小し|とりやめ|休止し|取り止め"
_AIMS = (
    _aim_of_words(
        "待ち時間を短|待ち時間の短縮|利便性を高め|利便性の向上|利便性を向上|受診しやすく|参加しやすく|利用しやすく|申請しやすく"
        "|相談しやすく|サービスの向上|サービスを向上|利用者の便",
        "窓口|会場|受付時間|受付|担当者|職員|人員|回数|日程|枠|定員|開催日|受付日|営業時間|相談日|実施機関|健診機関|開館時間",
        _LESS,
    ),
    _aim_of_words(
        "混雑を避け|混雑の緩和|混雑を緩和|混雑の解消|混雑を解消",
        "窓口|会場|受付時間|担当者|開催日|受付日|相談日|日程",
        _LESS,
    ),
    _aim_of_words(
        "広く周知|周知を図る|周知する|理解を深め|理解の促進|認知度を高め|認知度の向上|認知度を向上|広く知らせ",
        "案内|広報|周知|掲載|配布|発信|説明会|記事|ポスター|チラシ|配信|放送|ページ",
        f"{_STOP}|非公開に|削除し",
    ),
    _aim_of_words(
        "経費を抑え|経費の削減|経費を削減|費用を抑え|コストを抑え|コストの削減|経費の節減|経費を節減|支出を抑え|予算を節約"
        "|費用の削減",
        "",
        "高い業者|高額な|割高な|高い方を|高い単価|高い製品|上乗せし|単価を引き上げ|増額し",
    ),
    _aim_of_words(
        "個人情報を守|個人情報の保護|情報を守|情報の漏えいを防|情報漏えいを防|秘密を守|漏えいを防止",
        "名簿|氏名|住所|個人情報|データ|一覧|書類|パスワード|資料",
        "公開し|公表し|掲示し|共有し|配布し|持ち帰|持ち出し|放置し",
    ),
    _aim_of_words(
        "簡素化|効率化|簡略化|省力化|負担を軽減|負担の軽減|負担を減ら|手間を減ら|手間を省|事務を減ら",
        "書類|手続|手続き|項目|様式|手順|工程|作業|添付書類|記入欄|確認|提出物|会議|押印",
        _MORE,
    ),
    _aim_of_words(
        "遅れを取り戻|早期に|迅速に|速やかに|迅速化|期限に間に合",
        "作業|処理|業務|審査|発送|対応|点検|入力",
        "休止し|中断し|停止し|遅らせ|延期し|先送りし|後回しに|見送っ|止め",
    ),
    _aim_of_words(
        "回答率|受診率|提出率|実施率|回収率|参加率|登録率|受講率|申請率|達成率|利用率|普及率",
        "督促|勧奨|案内|周知|広報|電話|訪問|催告|呼びかけ|働きかけ|会場|機会|リマインド|再通知|文書|日程",
        _STOP,
    ),
    _aim_of_words(
        "密集を避け|密を避け|感染を防|感染防止|感染症の拡大を防",
        "会場|場所|参加者|出席者|全員|受講者|か所",
        "一か所に|1か所に|一箇所に|1会場に|集め|まとめ|増やし",
    ),
    _aim_of_words(
        "再発を防|再発防止|誤りを防|ミスを防|誤送付を防|事故を防|漏れを防|遅延を防|不正を防|品質を高め|精度を高め",
        "点検|確認|検査|照合|審査|二重確認|研修|マニュアル|チェック|手順",
        "省略し|取りやめ|廃止し|やめた|減らし|簡略にし|省い|中止し",
    ),
    _aim_of_words(
        "競争性を高め|競争性を確保|競争性の確保|多くの業者が|参加者を増や|参加を増や|参加を促",
        "公告期間|期間|資格|条件|要件|定員|対象|会場",
        "短縮し|短くし|厳しくし|絞っ|狭め|縮小し|減らし|限定し",
    ),
    _aim_of_words(
        "早期発見|重症化を防|重症化予防|健康を保|健康づくりを進め|健康増進",
        "健診|検診|受診|保健指導|勧奨|相談|面談",
        f"{_STOP}|遅らせ",
    ),
)
_NOT_SO = AnyOf(
    "ない|なく|ず、|のでは|一方|代わ|替え|別|ほか|重複する|無駄な|不要な|不要と|余分な|以外|既存の|従来の|紙の|重なる"
)
_OBJECTS = ("を", "数を", "の数を", "の設置を", "の実施を", "の配布を", "の掲載を", "の開催を", "の回数を")
_LONGEST = 60


def acts_against_purposes(text: str) -> Iterator[TextSpan]:
    """Start and end of each purpose with an act behind it that works against it."""
    plain, start = half_width(text), 0
    for sentence in plain.replace("\n", "。").split("。"):
        joint = next((one for one in _JOINTS if one in sentence), "")
        first, _, then = sentence.partition(joint) if joint else ("", "", "")
        first = first[first.rfind("、") + 1 :]
        if (
            then
            and len(then) <= _LONGEST
            and not _NOT_SO.is_in(first + then)
            and _is_act_against_purpose(first, then)
        ):
            yield start + sentence.find(first), start + len(sentence)
        start += len(sentence) + 1


def _is_act_against_purpose(first: str, then: str) -> bool:
    for aim in _AIMS:
        if any(one in first for one in aim.purposes):
            for thing, act in product(aim.things, aim.acts):
                at = then.find(act)
                if at >= 0 and (not thing or then[:at].endswith(tuple(f"{thing}{one}" for one in _OBJECTS))):
                    return True
    return False
