"""Steps of a work that a sentence gives in the wrong order: 契約を締結した後に入札を公告した."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from kenpo_xl.domain.language.normalize import AnyOf, alternatives, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan

# What is done later, and what must have been done before it.
_STEPS = tuple(
    (alternatives(later), alternatives(earlier))
    for later, earlier in (
        (
            "契約を締結|契約締結|契約|契約を結ん|契約を結び",
            "入札を公告|入札公告|公告を|公告し|入札を行|入札を実施|入札にかけ|開札|見積書を徴|見積を徴|見積書を取|仕様書を作成"
            "|予定価格を",
        ),
        ("開札|落札|落札者を決定|入札を行っ|入札を実施|入札", "公告|仕様書を作成|予定価格を|入札説明書を"),
        ("採用|雇用|任用", "募集し|募集を行|公募し|公募を行|面接を|選考を|書類選考"),
        ("納品|納品を受け|納入|検収|検収を行っ", "発注し|発注を|見積書を|見積を|契約を締結|契約し"),
        (
            "研修を実施|研修会を実施|研修会を開催|研修を開催|説明会を開催|説明会を開い|講座を開催|講座を開講"
            "|セミナーを開催|セミナーを実施|教室を開催|会議を開催|講演会を開催|閉会|研修終了|説明会終了",
            "受講者を募集|参加者を募集|受講者の募集|参加者の募集|参加者募集|会場を予約|会場を確保|会場を手配"
            "|講師を依頼|講師の依頼|講師を手配|開催を案内|開催案内を|開催通知を|招集|開会し|申込みを受け付け"
            "|申し込みを受け付け|申込を受け付け|参加を呼びかけ",
        ),
        (
            "集計|集計を行っ|回収|アンケートを回収|アンケートを集計|調査票を回収|調査票を集計|回答を集計",
            "アンケートを配|アンケートを送|アンケートを作成|アンケート用紙を配|調査票を配|調査票を送|調査票を発送"
            "|調査票を作成|調査票を印刷|質問票を配|質問票を送",
        ),
        (
            "発送|送付|郵送|投函|配布|配付",
            "印刷し|印刷を|封入し|封入を|封かんし|起案し|起案を|決裁を受|決裁を得|校正し|校正を|宛名を|原稿を作成"
            "|文面を作成",
        ),
        ("印刷|印刷を終え|製本", "校正し|校正を|原稿を作成|原稿を執筆|入稿し"),
        (
            "支給決定|不支給決定|支給決定を行っ|支給決定を|支給|却下|支給を|決定通知を送付|決定通知書を送付|振込|振り込ん",
            "申請書を受け付|申請を受け付|申請書を受理|申請を受理|審査を行い|審査を行っ|審査し|書類を審査|内容を審査"
            "|受け付けた|受付を行|添付書類を確認",
        ),
        ("回答|回答を行っ", "照会を受け|質問を受け|問い合わせを受け|問合せを受け"),
        ("受診|健診を実施|健診を行っ", "受診券を|受診の予約|予約を受け付け|受診の申込"),
        ("公表|公開|発表", "決裁を受|決裁を得|調査票を|アンケートを実施|集計し|集計を行"),
        ("議決|可決|承認を得|了承を得|承認され", "提案し|上程し|付議し|議案を提出|議案を作成"),
        ("表彰|当選者を決定|入賞者を決定|選定", "作品を募集|応募を受け付け|募集を行い、審査|作品を審査"),
        ("完成|竣工|完工", "着工し|設計し|設計を|着手し"),
        ("督促|催告|督促を行っ|催告を行っ", "調定し|調定を|納入告知書を"),
        ("議事録を作成|議事録を配布", "会議を開催し|会議を開い"),
        ("本番|本番を行っ|本番を終え", "リハーサル|予行|練習を"),
        ("二次審査|最終審査|最終選考|二次選考", "一次審査|書類審査|予備審査|一次選考"),
        ("最終案を決め|最終案を決定|成案を得|決定稿を", "原案を|素案を|骨子を|たたき台を"),
        ("本契約|本契約を締結|本契約を結ん", "仮契約"),
        ("決算|決算を終え", "予算を編成|予算編成"),
        ("最終報告|完了報告|中間報告|最終報告を行っ", "開始報告|着手報告|中間報告を"),
        ("閉会", "開会"),
        ("修了", "入学|受講を開始"),
        ("本格実施|本格導入|本格稼働", "試行し|試行を|試験的に|試験導入"),
        ("返却|返納", "貸与し|貸し出し|貸出し"),
        ("認定|認定を行っ|判定", "申請を受け付け|申請書を受け付け|調査を行い、申請|認定調査を"),
    )
)
_AFTER = (
    *(
        f"{verb}{joint}"
        for verb in ("した", "た", "だ", "")
        for joint in ("後に", "後、", "後で", "のちに", "のち、", "あとに", "あとで", "上で", "うえで")
        if verb or joint in ("後に", "後、")
    ),
    "してから",
    "てから",
)
_BEFORE = ("する前に", "る前に", "う前に", "く前に")
# What makes it another turn, another thing or a rule.
_OTHER = AnyOf(
    "再|別|次|追加|未|新た|改め|変更|残|他の|ほか|翌|結果|二次|2回目|繰り返|さらに|更に|ではなく|ないよう|場合|こと|毎"
    "|審査請求|不服|随時|修正|見直"
)
_ORDINAL = LazyPattern(
    r"第\s*(?P<first>\d{1,2})\s*(?P<unit>回|期|次|部)(?:を|の)?[^。、第]{0,12}(?:後に?、?|てから、?)第\s*(?P<then>\d{1,2})\s*(?P=unit)",
    contains=r"第\s*\d[^。]{2,16}(?:後|から)",
)
_ROUND = LazyPattern("二次(?:審査|選考)", needs="二")
_MAY_BE = AnyOf("後|てから|のち|あと|上で|うえで|前に")
_FAR = 18


def steps_in_wrong_order(text: str) -> Iterator[TextSpan]:
    """Start and end of each clause of a text that does first what comes later in any work."""
    plain, start = half_width(text), 0
    for line in plain.split("\n"):
        for sentence in line.split("。"):
            if (
                _MAY_BE.is_in(sentence)
                and not _OTHER.is_in(_ROUND.sub("", sentence))
                and _are_steps_reversed(sentence)
            ):
                yield start, start + len(sentence)
            start += len(sentence) + 1


def _are_steps_reversed(sentence: str) -> bool:
    ordinal = _ORDINAL.search(sentence)
    if ordinal and int(ordinal["then"]) < int(ordinal["first"]):
        return True
    after = next((one for one in _AFTER if one in sentence), "")
    if after:
        lead, _, tail = sentence.partition(after)
        return any(
            lead.removesuffix("の").endswith(later) and _is_begun_with_any_act(tail, earlier)
            for later, earlier in _STEPS
        )
    before = next((one for one in _BEFORE if one in sentence), "")
    lead, _, tail = sentence.partition(before or "\n")
    return tail.endswith("た") and any(
        lead.endswith(_verb_stems(earlier)) and _is_begun_with_any_act(tail, later)
        for later, earlier in _STEPS
    )


def _is_begun_with_any_act(tail: str, acts: Iterable[str]) -> bool:
    """Whether one of the acts is soon behind, with an end that says that it was done."""
    return any(0 <= tail.find(one) <= _FAR for one in acts)


@cache
def _verb_stems(acts: tuple[str, ...]) -> tuple[str, ...]:
    """The acts without the ends of their verbs: 申請を受け付け, 審査."""
    return tuple(one.removesuffix("し").removesuffix("を行い").removesuffix("を行っ") for one in acts)
