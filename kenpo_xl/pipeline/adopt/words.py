"""The words by which forms name totals, units, targets, notes and the like."""

from __future__ import annotations

import re

from kenpo_xl.domain.language.normalize import half_width, normalized

TOTAL = re.compile(r"(?:[^\W\d_]{0,8})?(?:合計|総計|小計|中計|累計|年計|期計|度計|総数)|計|総合計|全体|合算")
_TOTAL_WITHIN = re.compile(r"(?:上半期|下半期|上期|下期|四半期|年度|年間|期)?(?:合|小|総|累)?計(?:\(.*\))?")
_GIVEN = re.compile(r"目標|計画(?:値|数|額|件数)?$|予算|目安|基準値|当初値?$|定員|定数")
_RESULT = re.compile(r"実績|決算|達成|執行|支出済|収入済|結果|現状")
_RATE = re.compile(r"率|割合|比$|構成比|対比|％|%|シェア")
_TEXT = re.compile(
    r"備考|摘要|内容|理由|担当|会場|場所|開催日|実施日|期日|月日|年月日|対象$|名称|氏名|特記|説明$|課題|対応"
    r"|行事名|講座名|研修名|会議名|事業所名|団体名|講師|方法|所見|状況$|取組|改善|コメント|時期|テーマ|主催"
)
_ENTITY = re.compile(
    r"開催日|実施日|期日|月日|日時|会場|場所|氏名|行事名|講座名|研修名|会議名|事業所名|団体名|講師|内容|テーマ"
)
_NUMBERED = re.compile(r"(?:no|no\.|№|番号|項番|通番|順|順位?番号|#|連番)", re.IGNORECASE)
_ADMIN = re.compile(
    r"担当(?:課|者|部署|係|名)|作成(?:日|者|年月日)|記入(?:日|者)|報告(?:日|者|課|部署)|提出(?:日|者|先)|電話|連絡先"
    r"|所属|課名|部署名?|係名|確認者|決裁|印$|課長|係長|部長|内線|メール|e-?mail|ファイル名|更新日|版|所管",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"団体名|法人名|施設名|事業所名|住所|所在地|代表者|取組|成果|課題|改善策|今後|所見|考察|特記|評価コメント|内容$|目的$|概要$"
)
_OWNER = re.compile(r"(?:担当|所管|報告|主管)(?:課|部署?|係|室|グループ|所属)|^(?:課|部署)名?[:：]?$")
_NAME_OF_ITEM = re.compile(
    r"(?:施策|事業|取組|項目|計画)名(?:称)?$|^(?:施策|事業|基本目標|基本方針|重点目標)$"
)
_INSTRUCTION = re.compile(r"[＜<【（(]?(?:記載|記入|作成|入力)?(?:上の)?(?:注意|要領|方法|留意)")
_NOTE = re.compile(r"[※＊*]|[(（]?注[)）:：\d１-９ 　.．]|備考[:：]|[(（]備考[)）]|資料[:：]|出典|○|・")
_HEADING = re.compile(
    r"(?:第?[0-9０-９]+(?:[-－.．][0-9０-９]+)*[.．、)）章節 　]"
    r"|[(（][0-9０-９一二三四五六七八九十ア-ン]+[)）]"
    r"|[①-⑳]|[一二三四五六七八九十]+[.．、 　]|[【■●◆◇□〇○▼＜<])"
)
_UNIT_NAMES = """
    件 人 名 円 千円 百万円 万円 億円 ％ % 回 日 時間 分 部 通 枚 箇所 か所 ヶ所
    カ所 ｶ所 社 事業所 世帯 団体 校 戸 台 本 冊 点 ポイント pt 位 倍 歳 床 店 店舗
    施設 校区 組 個 kg t ㎡ m km kWh ha 機関 医療機関 講座 種類 項目 地区
    千人 万人 千件 人日 人回 人/日 件/日 円/人 泊 頭 式 者 票 名/年 回/年 人/年
    件/年 ％ポイント ﾎﾟｲﾝﾄ 世帯数 延人 実人員 延人員 人月 か月 ヶ月
"""
_UNITS = frozenset(map(normalized, _UNIT_NAMES.split()))
_OF_CAPTION = re.compile(r"^[(（\[［]?単位[:：)）]?\s*(.+?)[)）\]］]?$")
_IN_BRACKETS = re.compile(r"\s*[(（\[［]([^()（）\[\]［］]{1,8})[)）\]］]\s*$")
_UNIT_COLUMN = re.compile(r"単位")


def comparable_words(text: str) -> str:
    """Words for comparison, half-width and without white space."""
    return normalized(text)


def is_header_of_total(text: str) -> bool:
    """Whether a header names a total: 合　計, 小計, 上半期計."""
    words = comparable_words(text)
    return bool(TOTAL.fullmatch(words) or _TOTAL_WITHIN.fullmatch(words))


def is_header_of_given_value(text: str) -> bool:
    """Whether a header names what a plan gives: 目標, 計画値, 予算額."""
    return bool(_GIVEN.search(comparable_words(text))) and not _RESULT.search(comparable_words(text))


def is_header_of_result(text: str) -> bool:
    """Whether a header names what was reached: 実績, 決算額."""
    return bool(_RESULT.search(comparable_words(text)))


def is_header_of_rate(text: str) -> bool:
    """Whether a header names a rate: 達成率, 構成比."""
    return bool(_RATE.search(comparable_words(text)))


def is_header_of_average(text: str) -> bool:
    """Whether a header names what others have on average: 全国平均, 県平均."""
    return "平均" in comparable_words(text)


def is_text_header(text: str) -> bool:
    """Whether a header names words that staff write: 備考, 会場, 内容."""
    return bool(_TEXT.search(comparable_words(text)))


def is_entity_header(text: str) -> bool:
    """Whether a header names what lists have a row for: 開催日, 会場, 団体名."""
    return bool(_ENTITY.search(comparable_words(text)))


def is_number_header(text: str) -> bool:
    """Whether a header is that of a running number: No., 番号."""
    return bool(_NUMBERED.fullmatch(comparable_words(text)))


def is_about_form_itself(text: str) -> bool:
    """Whether a text names who made a form and when: 担当課, 作成日."""
    return bool(_ADMIN.search(comparable_words(text)))


def is_field_label(text: str) -> bool:
    """Whether a label is that of a field of a form: of the office, of the item, or of words to write."""
    return is_about_form_itself(text) or is_name_of_item(text) or bool(_FIELD.search(comparable_words(text)))


def is_label_of_owner(text: str) -> bool:
    """Whether a label names the section that a form is of: 担当課, 所管課."""
    return bool(_OWNER.search(comparable_words(text)))


def is_name_of_item(text: str) -> bool:
    """Whether a label names the measure that a sheet is about: 施策名."""
    return bool(_NAME_OF_ITEM.search(comparable_words(text)))


def is_text_a_note(text: str) -> bool:
    """Whether a text is a note: ※…, （注）…."""
    return bool(_NOTE.match(text.strip())) or is_instruction(text)


def is_instruction(text: str) -> bool:
    """Whether a text says how a form is filled in: ＜記載上の注意＞."""
    return bool(_INSTRUCTION.match(text.strip()))


def is_heading(text: str) -> bool:
    """Whether a text begins as a heading: １．, （2）, 【."""
    return bool(_HEADING.match(text.strip()))


def is_unit(text: str) -> bool:
    """Whether a word is a unit: 件, 千円."""
    return comparable_words(text) in _UNITS


def is_unit_column(text: str) -> bool:
    """Whether a header is that of a column of units."""
    return bool(_UNIT_COLUMN.fullmatch(comparable_words(text)))


def unit_in_caption(text: str) -> tuple[str, ...]:
    """The units of （単位：件、千円); none for any other text."""
    found = _OF_CAPTION.match(half_width(text.strip()))
    if not found or not comparable_words(text).lstrip("([").startswith("単位"):
        return ()
    return tuple(filter(None, re.split(r"[、,・/／\s]+", found[1].strip("()（） "))))


def header_and_unit(text: str) -> tuple[str, str]:
    """A header without the unit in brackets at its end, and that unit: 受診率（％)."""
    found = _IN_BRACKETS.search(text)
    if not found or not is_unit(found[1]):
        return text, ""
    rest = text[: found.start()].strip()
    return rest, found[1].strip()


def unit_if_header_is_unit(text: str) -> str:
    """The unit that a header consists of: (人); '' for any other."""
    rest, unit = header_and_unit(text)
    return unit if unit and not rest else text.strip() if is_unit(text) else ""


def unit_of_number_format(unit: str) -> str:
    """A unit as number formats have it."""
    word = comparable_words(unit)
    return {"%": "％", "pt": "ポイント"}.get(word, word)


def section_title_without_brackets(text: str) -> str:
    """A heading within a table without its brackets: 【貸付】."""
    return text.strip().strip("【】[]［］〈〉＜＞<>■●◆◇□▼ 　")


def header_in_one_line(text: str) -> str:
    """A header in one line; white space between single letters stays."""
    return " ".join(part.strip() for part in text.splitlines() if part.strip()).strip()
