"""Words of health and care insurance put together so that no such word is left: 傷病手当費, 被扶養保険者."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kenpo_xl.domain.language.letters import RUNS, is_kanji
from kenpo_xl.domain.text_span import TextSpan

# What such words consist of.
_PARTS_LIST = """
健康 保険 保健 特定 健診 検診 指導 診査 医療 療養 給付 診療 報酬 傷病 手当 出産 育児 一時 高額療養
高額介護 限度額 限度 適用 認定
扶養 任意 任意継続 標準 賞与 月額 埋葬 移送 生活習慣 生活 習慣 予防 介護 支援 専門 専門員 専門委員
調査員 包括 地域 柔道
整復 施術 資格 喪失 取得 確認 後期 前期 高齢者 高齢 調剤 薬局 明細 協会 組合 委員 国民 全国 社会 労務
船員 共済
年金 厚生 雇用 事業主 事業所 事業者 被保険者 機構 事務所 支払 基金 団体 連合 管理 栄養 歯科 衛生 家族
訪問 看護 海外
受診 証明 申請 請求 審査 審議 評議 商工 会議 会所 料率 料 率 費 金 額 証 書 者 被 師 士 員 会 所 病 要
局 署 法 料金
要介護 要支援 負担 割合 通知 手続 届 健康診断 健康診査 労働 基準 監督 安全 衛生 増進 保護 個人 情報 障害
児童 市町村
支給 決定 納入 告知 票 異動 申入 申出
"""
# Right words, of which a run may consist.
_TERMS_LIST = """
健康保険 健康保険証 健康保険料 健康保険料率 健康保険組合 健康保険委員 健康保険法 健康保険協会
全国健康保険協会 国民健康保険
国民健康保険法 国民健康保険料 国民健康保険組合 国民健康保険団体 団体連合会 連合会 連合 保険 保険者
保険料 保険料率 保険証
保険給付 保険給付費 保険医療 保険薬局 保険診療 保険事務所 社会保険 社会保険料 社会保険委員 社会保険労務
社会保険労務士
社会保険労務士会 社会保険診療報酬支払基金 社会保険協会 船員保険 雇用保険 雇用保険法 介護保険 介護保険料
介護保険料率
介護保険者 介護保険法 介護保険証 介護保険料額 年金保険 年金保険料 厚生年金 厚生年金保険 厚生年金保険料
国民年金 国民年金保険
年金 障害年金 障害基礎年金 障害厚生年金 年金事務所 年金証書 日本年金機構 年金機構 健診 特定健診
特定健康診査 健康診査
健康診断 健康診断書 健康 健康管理 健康増進 健康増進法 健康情報 健康手当 特定検診 検診 保健指導
特定保健指導 特定保健 保健指導者 保健指導員
保健指導率 保健師 保健所 保健 地域保健 保健医療 医療保健 医療保険 医療保険者 医療 医療費 医療費通知
医療費負担 医療証
医療診療 医療事務所 医療事業所 医療給付 医療給付費 医療法 診療 診療所 診療報酬 診療報酬明細書 診療報酬請求
診療報酬額 診療費 施術
施術所 施術料 施術費 施術者 施術証明 療養 療養費 療養費支給 家族療養費 訪問看護療養費 海外療養費
柔道整復 柔道整復師
柔道整復療養費 柔道整復師会 柔道整復施術 柔道整復施術所 柔道整復施術療養費 高額療養費 高額医療費
高額医療 高額介護 高額
高額療養費負担 療養給付 療養給付費 療養介護 傷病 傷病手当金 出産手当金 出産育児一時金 家族出産育児一時金
一時金 手当金 手当
出産 出産費 育児 埋葬料 埋葬費 家族埋葬料 移送費 家族移送費 移送 任意継続 任意継続被保険者 被保険者
被保険者証 被扶養者
扶養 扶養者 扶養手当 扶養家族 家族 家族手当 資格 資格取得 資格喪失 資格確認 資格確認書 資格証明書
資格審査 取得 喪失
資格取得届 資格喪失届 標準報酬 標準報酬月額 標準賞与 標準賞与額 標準負担額 賞与 賞与額 報酬 報酬月額
報酬額 月額 限度額
限度額適用認定証 限度額適用 限度額認定 限度額認定証 標準負担額認定 限度額適用認定 負担限度額
負担限度額認定 負担限度額認定証
適用 適用事業所 適用事業 認定 認定証 認定書 認定率 認定者 認定調査員 認定審査 認定審査会 認定申請 要介護
要介護認定
要介護者 要支援 要支援者 要支援認定 要介護認定者 要支援認定者 介護 介護予防 介護予防支援 介護給付
介護給付費 介護費 介護認定
介護認定審査会 介護者 介護支援 介護支援専門員 介護負担 介護療養 介護医療 介護報酬 介護事業所 介護事業者
介護手当 支援 支援金
支援費 支援員 支援者 支援専門員 予防 予防支援 予防医療 予防給付 予防給付費 予防事業所 生活 生活習慣
生活習慣病 生活習慣病予防
生活習慣病予防健診 生活習慣病検診 生活習慣病健診 生活支援 生活支援員 生活予防 地域支援 地域支援事業 地域
地域包括 地域包括支援
包括支援 包括 包括負担 後期高齢者 後期高齢者医療 後期高齢者支援金 前期高齢者 前期高齢者給付金 高齢者
高齢者医療 高齢者施設
高齢者支援 高齢者福祉 高齢者割合 給付 給付金 給付費 給付費通知 給付率 給付額 調剤 調剤報酬 調剤薬局
調剤費 調剤料 薬局
明細書 申請 申請書 申請者 請求 請求書 請求者 請求額 審査 審査会 審査員 審査請求 審査支払 審議会 評議会
評議員 評議員会
支払 支払基金 支払者 支払額 支払請求 通知 通知書 証明 証明書 証明者 確認 確認書 確認届 手続 手続書 届
届書 事業主 事業所
事業者 事業主健診 事業者健診 事業所健診 事業主負担 事業者負担 事業主証明 社会 社会福祉 社会福祉士
社会福祉士会 社会福祉協会 国民 全国
共済 共済組合 共済組合員 組合 組合員 組合員証 組合会 組合員数 協会 協会員 団体 団体会員 委員 委員会
商工会 商工会議所
商工団体 会議 会議所 会員 会員証 歯科 歯科健診 歯科検診 歯科医療 歯科診療 歯科診療所 歯科衛生士
歯科衛生士会 歯科保健
歯科保健指導 歯科医師 歯科医師会 医師会 薬剤師会 衛生 衛生管理 衛生管理者 安全衛生 安全衛生委員会
労働安全衛生 労働安全衛生法 労働基準監督署 労働基準
労働基準法 労働基準局 労働局 労働者 労働 労働保険 労働保険料 労働保険事務 厚生 厚生局 厚生労働
厚生労働局 栄養 栄養士
管理栄養士 管理栄養士会 栄養士会 栄養指導 栄養管理 管理 管理者 管理費 管理指導 管理料 管理書 管理支援
療養管理 療養指導
療養管理指導 服薬指導 医療指導 介護指導 生活指導 健康指導 診療指導 施術指導 請求指導 管理者支援 専門
専門員 看護 看護師 看護協会
看護師会 看護支援 訪問 訪問看護 訪問診療 訪問介護 訪問介護員 訪問指導 訪問調査員 訪問歯科診療
訪問保健指導 訪問健康相談 調査員
指導員 指導料 負担 負担金 負担額 負担割合 負担割合証 割合 個人 個人情報 個人情報保護 個人情報保護法
個人情報保護委員会 情報
保護 保護者 児童 児童手当 障害 障害者 障害者支援 障害者手当 障害児 障害認定 特別障害者手当 費 受診
受診者 受診率 受診証 受診費
海外 海外医療 海外出産 海外受診 保険医療機構 額 率 料 料金 要 証 書 特定 特定疾病 標準 報酬請求 家族負担
取得届 喪失届
特定個人情報 被扶養家族 診療報酬明細 基準委員会 労務士会 労務士 国民医療費 高齢者医療費 受診料 療養手当
傷病給付 傷病者 傷病届
施術療養費 健診費 検診費 指導費 健診料 検診料 認定料 手続料 会費 組合費 後期高齢者医療保険 国民年金基金
厚生年金基金 市町村
支給 支給申請書 支給決定 支給額 支給者 決定 決定通知書 決定書 決定額 納入 納入告知書 納入書 告知
告知書 異動 異動届 異動者 申出 申出書 申出者 調査票 国民健康保険証 船員保険証 支払申請書 支払通知書
支払決定 支払証明書
基準 監督 監督署 明細 基金 指導 安全 雇用 任意 前期 後期
特定適用事業所 要保護 要保護者 要保護児童 要保護世帯
支給限度額 給付限度額 利用限度額 標準手続 標準料金 標準保険料率 標準料率 特定保険料率
特定医療 特定医療費 特定療養費 特定介護
専門医療 専門支援 専門指導 専門看護師 専門審査 専門会議 専門職 審議委員 審議委員会
傷病管理 傷病情報 傷病証明 傷病確認 傷病手当 障害者雇用支援機構 医療支援機構
保健衛生 保健予防 保健管理 保健情報 保健委員 保健看護 保健会議 保健協会 保健栄養 高齢者保健 障害者保健
海外診療 高齢者診療 障害者診療 家族診療 診療情報 診療管理 診療支援 診療基準 診療請求 診療明細書
全国会議 全国連合 全国団体 全国組合 全国委員会 全国協会 労務士事務所 組合事務所 協会事務所 労務事務所
診療情報管理士 健康管理士 市町村保健 特定事業所 特定事業者 特定高齢者 保健事務所
"""
_SHORTEST, _LONGEST_WORD = 4, 14
_SUFFIXES = "額率書者員届"
"""Letters that any of the words may end with."""
_LOOSE_LIST = "費 額 率 料 要 証 書 特定 標準 国民 全国 高額 限度額 専門 傷病 診療 手当 保健"
_LOOSE = frozenset(_LOOSE_LIST.split())
"""Words that stand for themselves, and are no part of a longer one."""
_BEFORE_ANY = ("専門", "国民", "全国", "一時", "埋葬", "商工", "労務", "手当")
"""Words that a run may begin with, before any right words (国民負担率, 全国労働局) but these:"""
_NOT_BEHIND_THEM = ("健康", "保険", "保健", "協会")
_BEHIND_ANY = ("専門", "手当")
"""Words that a run may end with: 地域手当."""
_NEVER = ("保険指導", "基準報酬", "支援専門委員", "労働監督署", "全国保険協会")
"""What right words never make, though each of them is one."""


def misbuilt_terms(text: str) -> Iterator[TextSpan]:
    """Start and end of each run of kanji made of the parts of such words that no right ones make up."""
    for found in RUNS.finditer(text):
        run = found[0]
        if len(run) >= _SHORTEST and is_kanji(run[0]) and _has_term(run) and _is_misbuilt_term(run):
            yield found.span()


def _has_term(run: str) -> bool:
    """Whether the letters begin like a part; most runs do not."""
    return run[:2] in _beginnings_of_parts() or run[0] in "被要"


@cache
def _beginnings_of_parts() -> frozenset[str]:
    return frozenset(one[:2] for one in _PARTS_LIST.split() if len(one) > 1)


@cache
def _is_misbuilt_term(run: str) -> bool:
    if not _is_made_of_words(run, _parts_of_terms()):
        return False
    if any(one in run for one in _NEVER):
        return True
    return not any(_is_run_a_known_term(one) for one in (run, *_rests_without_free_word(run)))


def _is_run_a_known_term(run: str) -> bool:
    """Whether a run consists of right words, with a letter that ends any of them."""
    terms = _known_terms()
    return _is_made_of_words(run, terms) or (run[-1] in _SUFFIXES and _is_made_of_words(run[:-1], terms))


def _rests_without_free_word(run: str) -> Iterator[str]:
    """What is left of a run without a word that any right word may be behind or before."""
    for word in _BEFORE_ANY:
        rest = run.removeprefix(word)
        if rest not in ("", run) and not rest.startswith(_NOT_BEHIND_THEM):
            yield rest
    for word in _BEHIND_ANY:
        rest = run.removesuffix(word)
        if rest not in ("", run) and not rest.endswith("保険"):
            yield rest


@cache
def _parts_of_terms() -> frozenset[str]:
    return frozenset(_PARTS_LIST.split()) | _known_terms()


@cache
def _known_terms() -> frozenset[str]:
    return frozenset(_TERMS_LIST.split()) - _LOOSE


def _is_made_of_words(run: str, words: frozenset[str]) -> bool:
    """Whether a run is nothing but some words, one behind the other."""
    ends = {0}
    for end in range(1, len(run) + 1):
        if any(
            start in ends and run[start:end] in words for start in range(max(0, end - _LONGEST_WORD), end)
        ):
            ends.add(end)
    return len(run) in ends
