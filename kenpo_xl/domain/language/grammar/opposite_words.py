"""Words that say the opposite of what an office does: 認知度の低下を図る, 提出済の事業所へ提出勧奨."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.normalize import places_of
from kenpo_xl.domain.lazy_patterns import LazyPattern

_GOOD = (
    "スキル|資質|サービス|品質|利便性|認知度|理解[率度]?|満足度|意識|精度|能力|効率|意欲|健康|受診率|実施率|回収率"
    "|普及率|達成率|登録率|取得率|利用率|連携|広報|周知|体制|信頼|知識|関心|質"
)
_WORSE = "低下|悪化|縮小|後退|喪失|弱体化|ダウン"
_TO = r"を(?:図|目指|目的)"
_BAD = (
    "重症化|混雑|漏えい|漏洩|不正請求|不正受給|滞納|未納|返戻|遅延|誤送付|事故|感染|流出|無資格受診|返納金|返納金債権|苦情|紛失"
    "|過剰受診|頻回受診|はしご受診|未受診|疾病|生活習慣病|負担増|待ち時間|過労|ハラスメント"
)
_WANTED = (
    "受診|利用促進|参加|登録|提出|早期発見|早期治療|早期受診|健診の受診|保健指導の利用|納付|情報共有|連携|周知|満足度の向上|認知度の向上"
    "|理解の促進|競争性の確保|サービスの向上|利便性の向上|品質の向上|健康の保持|健康増進|健康づくり|人材育成|早期回収|回収"
)
_ACTS = "提出|登録|宣言|回答|返納|納付|申請|契約|届出|加入|申込"
_FAULTS = "不備|誤り|誤記|問題|疑義|漏れ|不足|不明点|記載漏れ|添付漏れ|相違|不一致|異常|苦情|事故|ミス|遅れ"
_PATTERNS = (
    LazyPattern(rf"(?:{_GOOD})(?:率|度|面)?の?(?:更なる|さらなる)?(?:{_WORSE}){_TO}", needs=("を図", "を目")),
    LazyPattern(
        r"(?:誤解|悪化|喪失|混乱|停滞|遅延)を図[っりる]",
        needs=tuple(f"{one}を図" for one in ("誤解", "悪化", "喪失", "混乱", "停滞", "遅延")),
    ),
    # what is not wanted is furthered, and what is wanted is prevented
    LazyPattern(
        rf"(?:{_BAD})(?:の(?:更なる|さらなる)?(?:発生|増加|拡大|進行))?を(?:促進|推進|奨励|促[すし]|図[っりる]|目指)(?![^。、]{{0,6}}(?:ない|ぬ|ず))",
        needs=("を促", "を推進", "を奨励", "を図", "を目指"),
    ),
    LazyPattern(
        rf"(?:^|(?<=[\s、。・はがもにを])|(?<=による))(?:{_WANTED})を(?:未然に)?(?:防止|抑制|抑止|阻止|防[ぐぎい]|撲滅|根絶)",
        needs=("を防", "を未然", "を抑", "を阻止", "を撲滅", "を根絶"),
    ),
    # who did it already is not asked to do it
    LazyPattern(
        rf"(?P<act>{_ACTS})済み?の?(?P<who>事業所|事業主|者|方|世帯|機関|団体)(?:に対し(?:て)?|への?|に)"
        r"[^。]{0,8}(?P=act)(?:の)?(?:勧奨|督促|催告|を?依頼)",
        needs="済",
    ),
    LazyPattern(
        rf"(?<!未)(?P<act>{_ACTS})(?P<who>事業所|事業主)(?:[ \u3000]*[（(][^（()）]*[)）])?"
        r"(?:に対し(?:て)?|への?)"
        r"[^。、]{0,4}(?P=act)勧奨",
        needs="勧奨",
    ),
    LazyPattern(
        r"未[^\W\x00-ヿ]{2}者?がい?ない(?:事業所|事業主|世帯)(?:に対し|へ|に)[^。]{0,24}(?:勧奨|案内|催告|督促|送付|発送)",
        needs="ない",
    ),
    LazyPattern(
        r"(?P<what>[^\W\x00-ヿ]{2,6})が(?:不明な|不明の|分からない|判明しない)[^。]{0,24}(?:当該|その)(?P=what)"
        r"(?:あて|宛て?|へ|に)",
        needs=("不明", "ない"),
    ),
    LazyPattern(
        r"(?:不要な|不必要な|無関係な)情報を(?:共有|提供|発信|掲載)", needs=("要な情報を", "関係な情報を")
    ),
    LazyPattern(
        r"(?:しにくい|しづらい)(?:環境|体制|仕組み|窓口|職場)を(?:整|構築|つく|作)",
        needs=("にくい", "づらい"),
    ),
    LazyPattern(
        r"(?:回数|件数|部数|機会|対象)を(?:減らし|縮小し)て?、[^。]{0,16}(?:充実|拡充|強化)を図",
        needs=("を減らし", "を縮小し"),
    ),
    # what is missing is no reason to send something back, and what is enough none to do more
    LazyPattern(
        rf"(?:{_FAULTS})(?:など|等)?が(?:なかった|ない|見られなかった|認められなかった|見つからなかった)(?:ため|ことから|ので)、?"
        r"[^。、]{0,10}(?:返戻|返送|差し?戻|再発防止|是正|訂正|補正|再提出|原因を(?:調査|究明|分析|特定)|改善策|照会)"
        r"(?![^。]{0,12}(?:ない|なかった|せず|不要))",
        needs=("ないため", "かったため", "ないこと", "かったこと", "ないので", "かったので"),
    ),
    LazyPattern(
        rf"(?:{_FAULTS})が(?:あった|見つかった|認められた|判明した)(?:ため|ことから|ので)、?[^。、]{{0,6}}"
        r"(?:そのまま|問題なく)(?:受理|支給|受け付け|決定|処理)",
        needs=("そのまま", "問題なく"),
    ),
    LazyPattern(
        r"(?:不十分|不足|不徹底)で(?:は)?(?:ない|なかった)(?:ため|ことから|ので)、?[^。]{0,6}"
        r"(?:改めて|再度|追加で|広報|周知|強化|拡充|見直)",
        needs=("でないため", "でないこと", "でなかった", "ではない", "ではなかった"),
    ),
    LazyPattern(
        r"(?:が|は)(?:十分|充分)(?:である|であった|だった)(?:ため|ことから|ので)、?[^。]{0,6}"
        r"(?:改めて|再度|追加で|強化し|拡充し|見直し|増員し)",
        needs=("十分であ", "十分だった", "充分であ", "充分だった"),
    ),
    LazyPattern(
        r"が(?:なければ|得られなければ|ないと)、?[^。、]{0,10}(?:でき(?:た|る|、)|可能であ|可能とな)(?!な)",
        needs=("なければ", "ないと"),
    ),
)


_INSTEAD = (("低下を", "向上を"), ("悪化を", "改善を"), ("しにくい", "しやすい"), ("しづらい", "しやすい"))
_DONE = LazyPattern(rf"({_ACTS})済み?の?", needs="済")


def opposite_words(text: str) -> Iterator[Misuse]:
    """The words of a text that turn what it says into its opposite."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            yield Misuse(found.start(), found.end(), found[0], _words_meant_by(found[0]))
    yield from _requests_for_what_is_done(text)


_WHO = "事業所 事業主 加入者 被保険者 被扶養者 対象者 債務者 者 方 世帯 医療機関 健診機関 機関 団体 施術所"
_PERSONS = tuple(_WHO.split())
_DONE_BY = ("した", "の提出があった", "があった", "のあった", "を終えた", "を済ませた", "済みの")
_DONE_ACTS = (*_ACTS.split("|"), "受診", "受講", "返送", "治療")
_TOWARDS = ("に対して", "に対し", "へ", "には", "に", "あて")
_ASKED = ("督促", "催告", "催促", "勧奨", "促し", "求め", "依頼", "お願い")
_OF_MORE = ("追加", "再", "不足", "別", "残", "次")
_NEAR_UNDONE = 5


def _requests_for_what_is_done(text: str) -> Iterator[Misuse]:
    """期限内に提出した事業所へ提出の督促: who did it is asked to, or told to have not done it."""
    for done in _DONE_BY:
        for at in places_of(text, done):
            end = at + len(done)
            who = next((one for one in _PERSONS if text.startswith(one, end)), "") if at else ""
            act = next((one for one in _DONE_ACTS if text.endswith(one, 0, at)), "") if who else ""
            if not act or text[: at - len(act)].endswith("未"):
                continue
            behind = text[end + len(who) : end + len(who) + 24].partition("。")[0]
            to = next((one for one in _TOWARDS if behind.startswith(one)), "")
            rest = behind[len(to) :].lstrip("、") if to else ""
            last = _end_of_request(rest, act)
            if last:
                first, length = at - len(act), len(behind) - len(rest) + last
                yield Misuse(first, end + len(who) + length, text[first : end + len(who) + length], "")


def _end_of_request(rest: str, act: str) -> int:
    """Where the words end that ask for an act or call it undone, 0 for none."""
    undone = rest.find(f"未{act}")
    if 0 <= undone < _NEAR_UNDONE:
        return undone + 1 + len(act)
    place = rest.find(act)
    if not 0 <= place < _NEAR_UNDONE or rest.startswith(_OF_MORE) or act in _DONE_ACTS[-4:-2]:
        return 0
    asked = rest[place + len(act) :].removeprefix("の").removeprefix("を")
    return place + len(act) + 3 if asked.startswith(_ASKED) else 0


def _words_meant_by(words: str) -> str:
    """The words as they were meant, '' where more than one thing can be."""
    for wrong, right in _INSTEAD:
        if wrong in words:
            return words.replace(wrong, right)
    return _DONE.sub(r"未\1の", words) if _DONE.search(words) else ""
