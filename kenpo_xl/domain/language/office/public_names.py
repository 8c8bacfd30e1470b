"""Names of laws and of public bodies with a wrong word in them: 労働基準観測署, 健康推進法."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kenpo_xl.domain.language.letters import is_noun_letter, noun_runs
from kenpo_xl.domain.language.normalize import places_of
from kenpo_xl.domain.language.word_table import WordTable
from kenpo_xl.domain.text_span import PlacedSlip

_NAMES_LIST = """
社会保険診療報酬支払基金 国民健康保険団体連合会 健康保険組合連合会 全国健康保険協会 日本年金機構
地域包括支援センター 産業保健総合支援センター 労働基準監督署 公共職業安定所 中小企業団体中央会
後期高齢者医療広域連合 社会保険労務士会 商工会連合会 商工会議所連合会 社会福祉協議会
医薬品医療機器総合機構 年金積立金管理運用独立行政法人 精神保健福祉センター 子育て世代包括支援センター
労働保険事務組合 出入国在留管理局 労働安全衛生法 労働者災害補償保険法
労働施策総合推進法 独占禁止法 地方自治法 国民健康保険法 国家公務員共済組合法 船員保険法 厚生年金保険法
国民年金法 雇用保険法 公文書管理法 情報公開法 障害者総合支援法 障害者差別解消法 高年齢者雇用安定法
育児介護休業法 男女雇用機会均等法 食品衛生法 公益通報者保護法 行政不服審査法 労働契約法 最低賃金法
"""
# Titles with hiragana: each is a closed text between its first word and 法律.
_TITLES_LIST = """
個人情報の保護に関する法律 高齢者の医療の確保に関する法律 公文書等の管理に関する法律
雇用保険法等の一部を改正する法律 労働保険の保険料の徴収等に関する法律
行政機関の保有する情報の公開に関する法律 障害を理由とする差別の解消の推進に関する法律
感染症の予防及び感染症の患者に対する医療に関する法律 高年齢者等の雇用の安定等に関する法律
下請代金支払遅延等防止法 健康保険法等の一部を改正する法律 私的独占の禁止及び公正取引の確保に関する法律
再生医療等の安全性の確保等に関する法律 良質かつ適切な医療を効率的に提供する体制の確保を推進する法律
短時間労働者の雇用管理の改善等に関する法律 国等による障害者就労施設等からの物品等の調達の推進等に関する法律
地域における医療及び介護の総合的な確保の促進に関する法律
"""
# Short names of which one word is taken for another, and what is meant.
_SHORT_LIST = """
健康推進法=健康増進法 健康促進法=健康増進法 健康増強法=健康増進法 健康づくり増進法=健康増進法
健康法増進=健康増進法 介護保健法=介護保険法 健康保健法=健康保険法 行政手続規制法=行政手続法
行政手続き規制法=行政手続法 行政手順法=行政手続法 労働標準法=労働基準法 基準労働法=労働基準法
労働規準法=労働基準法 厚生年金保健法=厚生年金保険法 国民年金保険法=国民年金法 雇用保健法=雇用保険法
船員保健法=船員保険法 個人情報保全法=個人情報保護法 個人情報保健法=個人情報保護法
個人情報防護法=個人情報保護法 保護個人情報法=個人情報保護法 高齢者医療確認法=高齢者医療確保法
地域保険法=地域保健法 母子保険法=母子保健法 学校保健安全管理法=学校保健安全法 労災保健法=労災保険法
労働衛生安全法=労働安全衛生法 安全労働衛生法=労働安全衛生法 年金日本機構=日本年金機構
国民健康保険連合団体会=国民健康保険団体連合会 国民健康保険連合会=国民健康保険団体連合会
国民健康保険連合団体=国民健康保険団体連合会 産業保健支援総合センター=産業保健総合支援センター
社会福祉協力会=社会福祉協議会 総合産業保健支援センター=産業保健総合支援センター
労働監督基準署=労働基準監督署 社会保険診療支払報酬基金=社会保険診療報酬支払基金 歯科医会=歯科医師会
薬剤会=薬剤師会 商工会連合会議所=商工会議所連合会
"""
# Other bodies with the beginning and the end of one of the names.
_OTHERS = (
    *("地域包括ケア", "労働基準行政", "労働基準法令", "労働基準関係", "国民健康保険運営", "国民健康保険診療"),
    *(
        "国民健康保険審査",
        "健康保険組合協議",
        "健康保険委員",
        "厚生年金特例",
        "社会福祉事業",
        "社会福祉法人",
        "社会福祉施設",
        "公共職業訓練",
    ),
    *("公共職業能力", "労働保険審査", "産業保健推進", "産業保健活動", "産業保健看護", "中小企業団体連合"),
    *("商工会青年部", "商工会女性部", "国民健康保険組合", "健康保険組合", "労働基準協", "労働基準監督機関"),
)
_BODIES = (
    *(
        "機構",
        "機関",
        "基金",
        "協会",
        "協議会",
        "連合会",
        "中央会",
        "公社",
        "公団",
        "事業団",
        "センター",
        "署",
    ),
    *("事務所", "連盟", "委員会", "法人", "財団"),
)
# Real elsewhere; here only beside the usual name.
_SHORT_BODY = ("歯科医会", "薬剤会")
_BUREAUS = ("北海道", "東北", "関東信越", "東海北陸", "近畿", "中国四国", "四国", "九州", "地方")
_BUREAU = "厚生局"
# Ends of one letter; many other bodies end in 会 or 所 (社会福祉士会).
_SURE_ENDS = ("署", "法")
_FEWEST_SAME, _LEAST_BEGINNING, _MOST_OTHER = 5, 4, 3
_SAME_WITH_LETTER_MORE = 8
# Of these the kind of body at the end is found too: nothing else begins so.
_OF_ONE_KIND = ("社会保険診療報酬支払基金", "全国健康保険協会", "日本年金機構", "労働基準監督署")
_LAW = "法律"


def public_name_slips(text: str) -> Iterator[PlacedSlip]:
    """Start, the slip and the name of each law and body that has another word than its own.

    A word has two or three letters, within the name or, of a body, at its end (年金機関 for 年金機構).
    """
    for written in _short_names().words_in(text):
        meant = _full_name_by_short()[written]
        for at in places_of(text, written):
            is_sure = not written.endswith(_SHORT_BODY) or meant in text
            if is_sure and not _is_name_continued(text, at, at + len(written)):
                yield at, written, meant
    for start, run in noun_runs(text):
        if len(run) >= _FEWEST_SAME:
            yield from ((start + at, written, name) for at, written, name in _slips_in_run(run))
    if _LAW in text:
        yield from _slips_of_law_titles(text)


def law_slips(text: str) -> Iterator[PlacedSlip]:
    """Start, the slip and the name of each law with one other letter: 健康増新法, 個人情報保護方に基づき."""
    for start, run in noun_runs(text):
        if run.endswith(_WRITTEN_FOR_LAW):
            end = start + len(run)
            name = next((one for one in _LAWS if run.endswith(one[:-1], 0, len(run) - 1)), "")
            if name and run[-1] != name[-1] and text.startswith(_BY_LAW, end):
                yield end - len(name), run[-len(name) :], name
        elif run.endswith("法") and not run.endswith(_LAWS):
            for name in _LAWS:
                if len(run) == len(name) and sum(map(str.__ne__, run, name)) == 1:
                    yield start, run, name


_LAWS_LIST = """
健康保険法 国民健康保険法 介護保険法 労働安全衛生法 健康増進法 個人情報保護法 高齢者医療確保法
労働基準法 雇用保険法 船員保険法
厚生年金保険法 国民年金法 地方自治法 行政手続法 行政不服審査法 情報公開法 公文書管理法 番号利用法
生活保護法 障害者総合支援法
障害者差別解消法 高齢者虐待防止法 母子保健法 地域保健法 医療法 独占禁止法 地方公務員法 国家公務員法
労働契約法 最低賃金法
食品衛生法 感染症法 精神保健福祉法 社会福祉法 老人福祉法 児童福祉法 老人保健法 学校保健法 学校保健安全法
民事訴訟法 民事執行法
労働組合法 国民年金保険法 労働保険法 社会保険法 公益通報者保護法 著作権法 消費者契約法 健康保険組合法
労働者派遣法 水道法 会社法
"""
_SHORTEST_LAW = 5
_LAWS = tuple(one for one in _LAWS_LIST.split() if len(one) >= _SHORTEST_LAW)
_WRITTEN_FOR_LAW, _BY_LAW = ("方", "報", "宝"), ("に基", "の規定", "第", "により", "に定め", "に規定")


@cache
def _full_name_by_short() -> dict[str, str]:
    pairs = (tuple(one.split("=")) for one in _SHORT_LIST.split())
    return {one[0]: one[1] for one in pairs}


@cache
def _short_names() -> WordTable:
    return WordTable(_full_name_by_short())


@cache
def _beginnings_of_names() -> WordTable:
    return WordTable(name[:_LEAST_BEGINNING] for name in _NAMES_LIST.split())


def _is_name_continued(text: str, start: int, end: int) -> bool:
    """Whether letters around make it another word: 学校歯科医会, 健康推進法人."""
    before = text[start - 1 : start]
    if text[end - 1] == "会" and is_noun_letter(before or "、"):
        return True
    return text[end : end + 1] in tuple("人定制案規員")


def _slips_in_run(run: str) -> Iterator[PlacedSlip]:
    """Place, the slip and the name of each body or law in a run of nouns."""
    for name in _NAMES_LIST.split() if _beginnings_of_names().words_in(run) else ():
        at = run.find(name[:_LEAST_BEGINNING])
        written = run[at:] if at >= 0 else ""
        if written and not written.startswith(_OTHERS) and _differs_by_one_word(written, name):
            if all(one not in run for one in _NAMES_LIST.split()):
                yield at, written, name
            return
    if run.endswith(_BUREAU):
        yield from _slips_of_bureaus(run)


def _differs_by_one_word(written: str, name: str) -> bool:
    """Whether one word of a name is another one in what is written."""
    same = _length_of_equal_start(written, name)
    end = _length_of_equal_start(written[same:][::-1], name[same:][::-1])
    other, own = len(written) - same - end, len(name) - same - end
    if same < _LEAST_BEGINNING or max(other, own) > _MOST_OTHER:
        return False
    if not own:
        return other == 1 and same + end >= _SAME_WITH_LETTER_MORE
    if end:
        is_same_name = other > 0 and same + end >= _FEWEST_SAME
        return is_same_name and _is_surely_another(name, end, max(other, own))
    return name in _OF_ONE_KIND and written.endswith(_BODIES)


def _is_surely_another(name: str, end: int, longest: int) -> bool:
    """Whether the end behind a word is enough to recognize a name, and the word to recognize another one."""
    return (end > 1 or name.endswith(_SURE_ENDS)) and (longest > 1 or _LAW in name)


def _length_of_equal_start(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((at for at, pair in enumerate(pairs) if pair[0] != pair[1]), min(len(one), len(other)))


def _slips_of_bureaus(run: str) -> Iterator[PlacedSlip]:
    """関東甲信越厚生局: no regional bureau has the name, and one shares its first two letters or its end."""
    region = run.removesuffix(_BUREAU)
    if not region or region.endswith(_BUREAUS):
        return
    meant = next((one for one in _BUREAUS if one[:2] == region[:2] or one[-2:] == region[-2:]), "")
    if meant:
        yield 0, run, meant + _BUREAU


def _slips_of_law_titles(text: str) -> Iterator[PlacedSlip]:
    """Laws with hiragana in their title, of which one word is another."""
    for name in _TITLES_LIST.split():
        at = text.find(name[:4])
        while at >= 0:
            end = text.find(_LAW, at, at + len(name) + _MOST_OTHER) + len(_LAW)
            written = text[at:end] if end > at else ""
            if written and written != name and _differs_by_one_word(written, name):
                yield at, written, name
            at = text.find(name[:4], at + 1)
