"""Names of bodies and words of the law with a wrong letter, or one too few, or with parts exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import permutations

from kenpo_xl.domain.language.letters import RUNS, is_kanji, noun_runs
from kenpo_xl.domain.text_span import PlacedSlip

# Written so and not otherwise, wherever they are.
_NAMES_LIST = """
厚生労働省 全国健康保険協会 日本年金機構 年金事務所 社会保険診療報酬支払基金 国民健康保険団体連合会 労働局
労働基準監督署 公共職業安定所 商工会議所 商工会連合会 中小企業団体中央会 社会福祉協議会 後期高齢者医療広域連合
地方厚生局 医師会 歯科医師会 薬剤師会 看護協会 栄養士会 社会保険労務士会 健康保険組合連合会 国民健康保険組合
会計検査院 税務署 教育委員会 運営委員会 保険者協議会 安全衛生委員会 社会保険協会 法務局 審査支払機関
傷病手当金 出産手当金 出産育児一時金 高額療養費 高額介護合算療養費 限度額適用認定証 資格確認書 健康保険証
被保険者証 診療報酬明細書 柔道整復師 柔道整復療養費 任意継続被保険者 特定健康診査 特定保健指導 医療費 療養費
訪問看護療養費 海外療養費 移送費 埋葬料 医療費適正化 標準報酬月額 標準賞与額 重症化予防 後発医薬品 保険料率
保険給付 返納金債権 支払督促 少額訴訟 強制執行 一般競争入札 随意契約 個人情報保護 糖尿病性腎症 受診勧奨
管理栄養士 歯科衛生士 歯科医師 薬剤師 看護師 保健師 助産師 弁護士 司法書士 行政書士 税理士 公認会計士
社会保険労務士 中小企業診断士 理学療法士 作業療法士 言語聴覚士 精神保健福祉士 社会福祉士 介護福祉士
健康運動指導士 臨床心理士 公認心理師 診療放射線技師 臨床検査技師 介護支援専門員 認定調査員 産業医
評議員 都道府県 介護給付費 資格取得届 資格喪失届 支給申請書 支給決定通知書 納入告知書 民生委員 健康宣言
健康保険委員 保険者間調整 第三者行為 資格喪失 生活習慣病予防健診 集団健診 事業者健診
一者応札 扶養認定 併給調整 審査請求 再審査請求 診療報酬 調剤報酬 医療機関 保険薬局 健診機関 契約機関
事業計画 予算
"""
# Letters of one reading, one of which is converted for the other at the end of a word.
_ALIKE_LIST = """
会回階開海界 所署書処暑諸初 省章賞証商象 師士氏死資誌 局極曲 金菌筋 費日非比避飛秘 証賞章省象 険件検健権県
額学楽 料量両 率律立 院員印因 権件圏券 合号業 構講校 基木期機 機器基期 関間官館感 健件険 診心新審真 師士
生星性 衛栄営 療料両寮 予余与 執質室失 札冊 間官関 喪相想 認忍 支市士 督特得 省書 合会号
"""
_SHORTEST, _PREFIX = 3, 2
_LONG = 4
"""Of a longer name any letter within it may be another; of a shorter one only one of the same reading."""
_LONGEST_ALIKE = 8
"""Of a name so long also the first and the last letter may be any other."""
# Right all the same.
_RIGHT_LIST = """
事業主健診 特定健康審査 検診機関 医療比 生活習慣病予防検診 事業者検診 集団検診 健康保険法 健康保険料
被保険者数 被保険者名 被保険者分 事業所健診
"""
_COMPOUNDS_LIST = """
関係団体 関係機関 進捗状況 個人情報 保健指導 実施機関 実施状況 特定健診 情報提供 意見交換 健康経営 周知広報
業務改善 人材育成 適用拡大 費用対効果 事業主健診 満足度調査
"""
# Without a letter these are other words: 保険率, 保険局, 商工連合会.
_OTHERS_LIST = """
都道府県 保険料率 保険薬局 事業者健診 健康保険証 薬剤師会 被保険者証 看護協会 栄養士会 商工会連合会 歯科医師会
保険者協議会
事業主健診 満足度調査 実施状況 関係機関 社会保険協会 埋葬料 医療費適正化 再審査請求
"""
# Names of several nouns, whose order is fixed.
_PARTS_LIST = """
地域/包括/支援/センター 特定/健康/診査 健康/診査 特定/健診 特定/保健/指導 健康/保険 健康/保険/委員
健康/保険/証 健康/保険/組合 日本/年金/機構 全国/健康/保険/協会 厚生/労働/省 傷病/手当/金 出産/手当/金
出産/育児/一時金 高額/療養/費 標準/報酬/月額 標準/賞与/額 社会/保険/労務/士 社会/保険/労務/士/会
後発/医薬品 柔道/整復/師 生活/習慣/病 生活/習慣/病/予防 生活/習慣/病/予防/健診 資格/確認/書
限度額/適用/認定/証 商工/会議/所 重症/化/予防 医療/費/適正/化 後期/高齢者/医療/広域/連合 審査/支払/機関
任意/継続/被保険者 国民/健康/保険/団体/連合会 社会/福祉/協議会 公共/職業/安定所 労働/基準/監督署
中小企業/団体/中央会 健康/保険/組合/連合会 診療/報酬/明細書 第三者/行為 個人/情報 個人/情報/保護
一般/競争/入札 健康/宣言 被/扶養/者 被/保険/者
"""
# Right all the same, with other words around.
_RIGHT_ORDERS = frozenset(
    ("療養費高額", "被保険者任意継続", "組合健康保険", "労務士会社会保険", "競争入札一般")
)
_BEFORE, _BEHIND = frozenset("各当同旧新県市町"), frozenset("等者数証分時後名")
_OTHERS_WHEN_SHORTER = frozenset(_OTHERS_LIST.split())
_NOTHING_WITHOUT_END = "関係団体 進捗状況 個人情報"
_RIGHT = frozenset(_RIGHT_LIST.split())


def fixed_name_slips(text: str) -> Iterator[PlacedSlip]:
    """Start, the slip and the name of each run of kanji that differs by one letter from a fixed name.

    The first or last letter of a name differs only where the run begins or ends with it. A letter is dropped
    where the whole run is the name without one within it.
    """
    by_start, by_end = _names_by_start_and_end()
    for found in RUNS.finditer(text):
        run = found[0]
        if len(run) < _SHORTEST or not is_kanji(run[0]):
            continue
        if run in _names_by_shorter():
            yield found.start(), run, _names_by_shorter()[run]
            continue
        for at in range(len(run) - 1):
            pair = run[at : at + _PREFIX]
            for name in by_start.get(pair, ()):
                yield from _slip_of_name(run, found.start(), at, name)
            for name in by_end.get(pair, ()):
                yield from _slip_of_name(run, found.start(), at + _PREFIX - len(name), name)


def exchanged_parts(text: str) -> Iterator[PlacedSlip]:
    """Start, the slip and the name of each run of nouns that has the parts of a fixed name in another order.

    The run is nothing else, but for a letter before or behind it: 各保険健康委員.
    """
    by_order = _names_by_order()
    for start, run in noun_runs(text):
        first = run[0] in _BEFORE and run not in by_order
        written = run[first:]
        if written not in by_order and written[-1:] in _BEHIND:
            written = written[:-1]
        if written in by_order:
            yield start + first, written, by_order[written]


@cache
def _names_by_order() -> dict[str, str]:
    """Each fixed name of several parts by every other order of them."""
    names = [line.split("/") for line in _PARTS_LIST.split()]
    right = {"".join(parts) for parts in names} | _RIGHT_ORDERS
    orders = {"".join(order): "".join(parts) for parts in names for order in permutations(parts)}
    return {order: name for order, name in orders.items() if order not in right}


def _slip_of_name(run: str, start: int, at: int, name: str) -> Iterator[PlacedSlip]:
    """The slip of a name at a place of a run, if it is one."""
    written = run[at : at + len(name)] if at >= 0 else ""
    if len(written) != len(name) or written == name or written in _RIGHT:
        return
    places = _places_of_other_letters(written, name)
    if len(places) != 1:
        return
    (place,) = places
    is_meant = _sounds_alike(written[place], name[place]) or _is_other_letter_surely_slip(name, place)
    if is_meant and _is_whole_around(run, at, name, place):
        yield start + at, written, name


def _places_of_other_letters(written: str, name: str) -> list[int]:
    """Where what is written has another letter than the name, which is as long."""
    return [place for place, letter in enumerate(name) if written[place] != letter]


def _is_whole_around(run: str, at: int, name: str, place: int) -> bool:
    """Whether a letter is within a name, or the name begins or ends the run with it."""
    if 0 < place < len(name) - 1:
        return True
    return at == 0 if place == 0 else at + len(name) == len(run)


@cache
def _names_by_shorter() -> dict[str, str]:
    """Each name of four letters and more by what is left without a letter within it."""
    names = (*_NAMES_LIST.split(), *_COMPOUNDS_LIST.split())
    found = {
        name[:at] + name[at + 1 :]: name
        for name in names
        if len(name) > _SHORTEST and name not in _OTHERS_WHEN_SHORTER
        for at in range(1, len(name) - 1)
    }
    found |= {name[:-1]: name for name in _NOTHING_WITHOUT_END.split()}
    return {short: name for short, name in found.items() if short not in names}


def _is_other_letter_surely_slip(name: str, place: int) -> bool:
    """Whether any other letter at a place within a long name is a slip."""
    return len(name) >= _LONGEST_ALIKE or (len(name) > _LONG and 0 < place < len(name) - 1)


def _sounds_alike(one: str, other: str) -> bool:
    return any(one in letters and other in letters for letters in _ALIKE_LIST.split())


@cache
def _names_by_start_and_end() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The fixed names by their first and by their last two letters; a slip leaves one of them as it is."""
    by_start: dict[str, list[str]] = {}
    by_end: dict[str, list[str]] = {}
    for name in dict.fromkeys(_NAMES_LIST.split()):
        if len(name) >= _SHORTEST:
            by_start.setdefault(name[:_PREFIX], []).append(name)
            by_end.setdefault(name[-_PREFIX:], []).append(name)
    return by_start, by_end
