"""Letters typed or read for one that looks alike, so that no word is left (期問, 協カ, 徴収 and 微収)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import is_katakana, is_noun_letter
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import PlaceAndWord

# Wrong and right words: the wrong one is in no longer word either.
_WORDS = """
専問 専門/実積 実績/功積 功績/面績 面積/蓄績 蓄積/累績 累積/見績 見積/特微 特徴/微収 徴収/派違 派遣/
派遺 派遣/相遣 相違/遣反 違反/招侍 招待/期侍 期待/接侍 接待/虐侍 虐待/優侍 優待/侍機 待機/侍遇 待遇/
持定健 特定健/持定保 特定保/持別な 特別な/維特 維持/支特 支持/保検者 保険者/保検料 保険料/保験 保険/
経険 経験/経検 経験/試険 試験/試検 試験/実険 実験/体険 体験/点険 点検/点験 点検/掲戴 掲載/掲裁 掲載/
記戴 記載/記裁 記載/搭戴 搭載/決栽 決裁/組識 組織/知織 知識/認織 認識/意織 意識/識場 職場/退織 退職/
就織 就職/堤出 提出/堤供 提供/堤案 提案/堤携 提携/堤示 提示/撤底 徹底/徹低 徹底/徹回 撤回/徹去 撤去/
抵下 低下/購座 講座/購師 講師/受構 受講/講築 構築/購築 構築/捕助 補助/候捕 候補/侯補 候補/捕足 補足/
補捉 捕捉/複旧 復旧/往複 往復/複職 復職/反複 反復/指適 指摘/屈出 届出/委属 委嘱/綱羅 網羅/
連絡綱 連絡網/緩助 援助/除々 徐々/削徐 削除/控徐 控除/徐外 除外/解徐 解除/排徐 排除/
逐行 遂行/完逐 完遂/貨与 貸与/貨借 貸借/穫得 獲得/保獲 保護/介獲 介護/医僚 医療/診僚 診療/治僚 治療/
経剤 経済/返剤 返済/慨要 概要/記億 記憶/衝生 衛生/折衛 折衝/福祖 福祉/延帯 延滞/世滞 世帯/携滞 携帯/
登緑 登録/記緑 記録/議事緑 議事録/登禄 登録/季員 委員/季託 委託/原困 原因/貧因 貧困/受診巻 受診券/
効卒 効率/受診卒 受診率/保険科 保険料/資科 資料/歯料 歯科/目漂 目標/指漂 指標/継統 継続/手統 手続/
医帥 医師/保健帥 保健師/講帥 講師/観奨 勧奨/歓奨 勧奨/歎奨 勧奨/開摧 開催/運絡 連絡/運携 連携/
但当 担当/看手 着手/着護 看護/到看 到着/輸番 輪番/輪送 輸送/陪聴 傍聴/募隼 募集/窒口 窓口/窓囗 窓口/
依頓 依頼/依瀬 依頼/信頓 信頼/通如 通知/周如 周知/実旋 実施/施旋 施策/把提 把握/杷握 把握/惰報 情報/
憎加 増加/滅少 減少/滅額 減額/削滅 削減/節滅 節減/軽滅 軽減/拡犬 拡大/増犬 増大/被挟養 被扶養/
扶餐 扶養/扶袋 扶養/栄餐 栄養/糖原病 糖尿病/糖尿症 糖尿病/高血庄 高血圧/血庄 血圧/庄迫 圧迫/
腎贓 腎臓/心贓 心臓/回複し 回復し/復数の 複数の/摘切な 適切な/摘切に 適切に/摘正化 適正化/
個入情報 個人情報/本入確認 本人確認/法入 法人/加人者 加入者/加人し 加入し/記人し 記入し/
記人例 記入例/記人欄 記入欄/記人漏 記入漏/導人し 導入し/購人し 購入し/投人し 投入し/編人し 編入し/
搬人 搬入/挿人 挿入/輸人 輸入/加人事業 加入事業/加人期間 加入期間/加人手続 加入手続/争人札 争入札/
般人札 般入札/披扶養 被扶養/披保険 被保険/彼保険 被保険/彼扶養 被扶養/
門い合わせ 問い合わせ/建康 健康/健東 健康/崎玉県 埼玉県/崎玉支 埼玉支/崎玉だ 埼玉だ/
崎玉労 埼玉労/崎玉の 埼玉の/市町材 市町村/任組み 仕組み/年全事務 年金事務/旋術 施術/
績極的 積極的/事菜 事業/申晴 申請/申清 申請/甲請 申請/効杲 効果/結杲 結果/
組会で 組合で/組会の 組合の/険組会 険組合/画談を 面談を/画談の 面談の/画談に 面談に/
訪門 訪問/対像 対象/指尊 指導/審杳 審査/検杳 検査/唯進 推進/堆進 推進/捉進 促進/
広服 広報/会揚 会場/遠融 遠隔/識員に 職員に/識員が 職員が/識員を 職員を/識員の 職員の/
事務識員 事務職員/診寮 診療/医寮 医療/相淡 相談/施没 施設/参如 参加/勘奨 勧奨/
勧獎 勧奨/受珍 受診/健珍 健診/検珍 検診/協義 協議
"""
# Kanji and katakana that stand for one another: the letter, what is meant, the letters or words before it and
# behind it. ! for those that are not there, ~ for no noun before it, # for katakana.
_LETTERS = """
末 未 !年月期度週巻文 実施,提出,受診,回答,処理,納,満,然,定の,済,到着,登録,加入,利用
末 未 !年月期度週巻文 治療,経験,返納,記入,確認,達成,着手,設置,対応,払,収
未 末 年月期度週 に,の,ま,、,。,）,),時点,現在,日
人 入 ~ 院,札,門,園,浴,館,荷
問 間 期年時民週夜昼区瞬手 !題,診,屋,合,答,い,う,わ
間 問 訪質設諮顧 !隔
間 問 ~ い合わせ,い合せ,題,診票
土 士 栄養,弁護,税理,会計,福祉,衛生,保育,労務,診断,療法,聴覚 !地,曜,日,台,木,砂,壌
士 土 ~ 曜,日祝,木,地,砂
カ 力 協能努効出入労体動学圧注魅活権 !月,所,国,年,条,丘,崎,谷,関,原
一 ー # と,を,に,は,が,の,で,も,、,。,)
力 カ !能協努効出入労体動学圧注魅活権電水火風魄 ー,メラ,ルテ,ウンセ,レンダ,ラー,タログ
カ 力 ~ を入,を尽,を注,を合,量
力 カ ~ #
力 カ # #
ロ 口 窓人入出利 !#
ロ 口 !# 座,頭,述,腔
口 ロ # #
口 ロ ~ #
ニ 二 第十 !#
ニ 二 !# 次,回,種,つ,名,人,件,社,期,年,月,日,重,者,割,部,級,段
二 ニ # #
二 ニ ~ ーズ,ュース
エ 工 加商施着竣 !#
エ 工 !# 場,夫,事,業,程,賃,務
工 エ # #
工 エ ~ #
タ 夕 !# 方,食,刊,暮
夕 タ # !、
夕 タ ~ #
ー 一 ~ 部,般,方,定,人,層,体,時,件,回,日,年,月,覧,斉,律,番,度,次,元,種,括,致,連,例
ー 一 統第均唯同 !#
― ー # #
― ー # と,を,に,は,が,の,で,も,、,。,)
— ー # #
— ー # と,を,に,は,が,の,で,も,、,。,)
─ ー # #
─ ー # と,を,に,は,が,の,で,も,、,。,)
－ ー # #
－ ー # と,を,に,は,が,の,で,も,、,。,)
"""
_WORDS_OF_KATAKANA = ("口コミ", "口ケア", "口パク")


@frozen
class _LookAlike:
    """A letter in the place of another, with what has to be beside it; see `_LETTERS`."""

    letter: str
    meant: str
    before: str
    behind: str

    def is_at(self, text: str, at: int) -> bool:
        """Whether the letter at a place stands for the other one."""
        before, behind = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        if is_katakana(self.letter) and self.letter != "ー" and any(map(_is_katakana, (before, behind))):
            return False
        return self._fits_before(text, at, before) and self._fits_behind(text, at + 1, behind)

    def _fits_before(self, text: str, at: int, before: str) -> bool:
        if self.before == "~":
            return not (before and (is_noun_letter(before) or (before.isalnum() and before > "/")))
        if self.before[0] == "!":
            return before == "" or (
                not _is_katakana(before) if self.before == "!#" else before not in self.before
            )
        if self.before == "#":
            return _is_katakana(before)
        return text.endswith(
            tuple(self.before.split(",")) if "," in self.before else tuple(self.before), 0, at
        )

    def _fits_behind(self, text: str, at: int, behind: str) -> bool:
        if text.startswith(_WORDS_OF_KATAKANA, at - 1):
            return False
        if self.behind in ("#", "!#"):
            return _is_katakana(behind) == (self.behind == "#")
        is_there = text.startswith(tuple(self.behind.lstrip("!").split(",")), at)
        return is_there != self.behind.startswith("!")


def _is_katakana(letter: str) -> bool:
    return letter != "" and is_katakana(letter)


# A letter among digits.
_DIGITS = (
    (
        LazyPattern(
            r"(?<=[\d０-９])[OoＯ](?=[\d０-９,]|\s?[件人名社回円％%月日年時歳通部校事機団か市])",
            needs="OoＯ",
        ),
        "0",
    ),
    (
        LazyPattern(
            r"(?<![A-Za-z])[lIｌ](?=[\d０-９]?\s?[件人名社回円％%月日年時歳通部校事機団か市])"
            r"|(?<=[\d０-９,])[lIｌ](?=[\d０-９]|\s?[件人名社回円％%月日年時歳通部校事機団か市])",
            needs="lIｌ",
        ),
        "1",
    ),
)


@cache
def meant_word_by_look_alike() -> dict[str, str]:
    """What is meant by each wrong word."""
    pairs = (pair.split() for pair in _WORDS.replace("\n", "").split("/") if pair)
    return {wrong: right for wrong, right in pairs if wrong != right}


def letters_for_look_alikes(text: str) -> Iterator[PlaceAndWord]:
    """The place of each letter that stands for one that looks alike, and that one."""
    for row in _look_alikes():
        at = text.find(row.letter)
        while at >= 0:
            if row.is_at(text, at):
                yield at, row.meant
            at = text.find(row.letter, at + 1)
    for pattern, meant in _DIGITS:
        yield from ((found.start(), meant) for found in pattern.finditer(text))


@cache
def _look_alikes() -> tuple[_LookAlike, ...]:
    return tuple(_LookAlike(*line.split()) for line in _LETTERS.strip().split("\n"))
