"""Cases that a verb does not take (42 名を参加した, 種類が絞り), by parts of speech."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.office.office_words import office_words
from kenpo_xl.domain.language.office.verbs import verbs_of_persons, verbs_without_object
from kenpo_xl.domain.language.syntax.tokens import index_behind_adverbs
from kenpo_xl.domain.language.token import Token

_INTO_LIST = """
参加 出席 列席 同席 参画 加入 加盟 協力 貢献 寄与 着手 着目 注目 注力 尽力 従事 該当 所属 準拠 直面 言及
対応 対処 対抗 適合 適応 合致 一致 関与 関係 関連 到達 応募 応札 同意 賛同 賛成 反対 留意 精通 依存 立脚
遭遇 接触 隣接 在籍 在職 在住 居住 就職 就任 着任 赴任 入会 入社 入院 入所 影響 作用 反応 波及 定着 浸透
専念 違反 抵触 傾倒 没頭
"""
_ALONE_LIST = """
向上 低下 上昇 下降 増加 減少 急増 急減 激増 激減 漸増 漸減 微増 微減 増大 発生 発症 発病 多発 頻発 再発
判明 発覚 進展 進捗 進歩 発展 成長 発達 上達 悪化 好転 停滞 低迷 遅延 遅滞 流行 蔓延 安定 沈静 収束 成立
両立 存在 潜在 不足 満了 到来 到着 消滅 失効 死亡 離婚 結婚 出生 老朽化 高齢化 深刻化 長期化 活発化
表面化
"""
_JOINED_LIST = "参加 出席 列席 同席 参画 加入 加盟 応募 応札 同意 賛同 従事 在籍 入会"
_JOINED = frozenset(_JOINED_LIST.split())
"""Of these, what persons do and is rarely done to them."""
_UNITS_OF_PERSONS = frozenset(("名", "人", "社"))
"""Units in which those who join are counted."""
_INTO, _ALONE = frozenset(_INTO_LIST.split()), frozenset(_ALONE_LIST.split())
_BY_HAND_LIST = """
実施 開催 送付 発送 配布 配付 郵送 送信 作成 策定 掲載 掲示 締結 設置 選定 制定 提出 提供 回収 収集 収納
抽出 整備 整理 配信 発行 公表 募集 登録 調達 購入 発注 印刷 編集 修正 訂正 導入 構築 推進 促進 確保 委託
集計 開設 交付 支給 手配 準備 検討 検証 分析 議論 協議 点検 調査 報告 照会 請求 徴収 廃棄 把握 受理 受領
採用 派遣 配置 任命 委嘱 承認 測定 算定 算出 記入 記載 入力 保管 保存 運用 活用 利用 使用 育成 養成 啓発
表彰 勧奨 催告 督促 依頼 要請 立案 共有 周知 確認 通知
"""
_BY_HAND = frozenset(_BY_HAND_LIST.split())
_PAPERWORK_LIST = "作成 策定 配布 配付 発送 郵送 回収 実施 開催 締結 制定"
_PAPERWORK = frozenset(_PAPERWORK_LIST.split())
_MORE_THINGS_LIST = """
チラシ リーフレット パンフレット ポスター ハガキ はがき アンケート マニュアル セミナー イベント
キャンペーン フォーラム データ リスト カレンダー テキスト スライド パネル 窓口 お知らせ 案内文書
催告文書 勧奨文書
"""
_MORE_THINGS = frozenset(_MORE_THINGS_LIST.split())
_THINGS_AT_END = tuple(_MORE_THINGS)
_COUNTER, _SET_UP = "窓口", ("設置", "開設", "整備")
"""What does most things itself (窓口が受け付けた), and what is done to it."""
_GRASPED_LIST = "体制 状況 内容 課題 原因 実態 傾向 効果 要因 現状 進捗 情報 問題点 動向 意見 要望 実績"
_GRASPED = frozenset(_GRASPED_LIST.split())
_WORKED_OUT_LIST = (
    "構築 把握 検証 分析 検討 整理 共有 収集 推進 促進 強化 徹底 報告 確認 勘案 考慮 加味 精査 集計"
)
_WORKED_OUT = frozenset(_WORKED_OUT_LIST.split())
_PLACES_LIST = """
会場 会館 会議室 研修室 相談室 事務室 応接室 倉庫 書庫 金庫 庁舎 施設 建物 封筒 用紙 冊子 箱 棚 机 壁 袋
窓 電話 端末 画面 会報 会誌 新聞 台帳 名簿 様式 書式 表 図 図表 予定表 日程表 大会 行事 制度 体制 体系
事業 業務 目的 基準書
"""
_PLACES = frozenset(_PLACES_LIST.split())
"""Things in which or by which something is done."""
_REACHING = frozenset(
    ("届く", "至る", "従う", "基づく", "努める", "取り組む", "携わる", "立ち会う", "見合う")
)
_SECTIONS_LIST = "担当 管理 審査 監査 広報 指導 相談 給付 総務 企画 警備 委託 派遣 嘱託 後援 主催 共催 代表"
_SECTIONS = frozenset(_SECTIONS_LIST.split())
"""Verbal nouns that name who does something."""
_COUNTED_LIST = "件 枚 部 通 冊 回 種類 項目 か所 点 台 本 円 千円"
_COUNTED = frozenset(_COUNTED_LIST.split())


_STATES_LIST = """
環境 体制 基盤 仕組み 枠組み 意識 理解 理解度 認知度 混雑 負担 競争性 透明性 利便性 専門性 効率 効果 水準
精度 連携 関係 回数 件数 率 割合 人数 部数 経費 費用 範囲 対象 期間 期限 時間 時期 内容 方法 方針 取組
取り組み 準備 見直し 改善 整備 作業 検討 性 度 率 数 力 量 額
"""
_STATES = frozenset(_STATES_LIST.split())
"""What changes, and changes nothing itself where the verb has no object."""
_CHANGING_LIST = """
整える 緩める 高める 深める 広げる 増やす 減らす 上げる 下げる 進める 始める 変える 伸ばす 延ばす 縮める
早める 速める 強める 弱める 広める 定める 固める 揃える 改める 見直す 抑える まとめる 取りまとめる 築く
設ける 図る 行う
"""
_CHANGING = frozenset(_CHANGING_LIST.split())


_PRINTED_LIST = (
    "概要 内容 情報 記事 結果 状況 実績 事例 好事例 方法 日程 効果 課題 意見 要望 原因 実態 傾向 根拠 見解"
)
_PRINTED = frozenset(_PRINTED_LIST.split())
"""What is printed, told or worked out, and does none of this itself."""


def wrong_cases(tokens: Sequence[Token]) -> Iterator[Misuse]:
    """The particles right before a verb that does not take them; passive and causative verbs are silent."""
    for index in range(1, len(tokens) - 1):
        particle = tokens[index]
        if particle.surface not in ("を", "が", "に") or particle.part_of_speech[1] != "格助詞":
            continue
        meant = _meant_particle(tokens, index)
        if meant:
            noun, verb = tokens[index - 1].surface, index_behind_adverbs(tokens, index + 1)
            words = noun + "".join(one.surface for one in tokens[index : verb + 2]).strip("、。")
            yield Misuse(particle.start, particle.end, words, noun + meant + words[len(noun) + 1 :])


def _meant_particle(tokens: Sequence[Token], index: int) -> str:
    """The particle that is meant at a place, '' where the one that is there is right."""
    place = index_behind_adverbs(tokens, index + 1)
    if place >= len(tokens) or (place > index + 1 and tokens[index].surface == "に"):
        return ""
    particle, verb = tokens[index].surface, tokens[place]
    act = _act_done(tokens, place)
    noun = tokens[index - 1].surface
    if verb.base == "向ける" and particle in ("を", "が") and (noun == "化" or noun in office_words().acts):
        return "に"
    if particle == "を":
        is_of_those_who_join = act in _JOINED and noun in _UNITS_OF_PERSONS
        if verb.base == "進む" and (noun in office_words().acts or noun in _STATES):
            return "が"
        return "が" if is_of_those_who_join else _particle_instead_of_object(tokens, place, act)
    is_object = _is_object_not_doer(tokens, index, place) if particle == "が" else _is_object_of(act, noun)
    return "を" if is_object else ""


def _is_object_not_doer(tokens: Sequence[Token], index: int, place: int) -> bool:
    """Whether the noun before が is what something is done to by hand, by the verb at a place."""
    act = _act_done(tokens, place)
    if tokens[index - 1].surface == _COUNTER and act not in _SET_UP:
        return False
    if _is_verb_of_noun_behind(tokens, place):
        return False
    if tokens[index - 1].surface in _STATES and tokens[place].base in _CHANGING:
        return _is_verb_plainly_active(tokens, place)
    if act in _BY_HAND and tokens[index - 1].surface in _PRINTED and tokens[place + 1].surface == "し":
        return True
    return _is_done_by_hand(tokens, place, act) and _is_noun_no_doer(tokens, index - 1)


def _is_done_by_hand(tokens: Sequence[Token], index: int, act: str) -> bool:
    """Whether people do what the verb at a place and its act say."""
    return act in _BY_HAND or (
        tokens[index].base in verbs_of_persons() and _is_verb_plainly_active(tokens, index)
    )


def _particle_instead_of_object(tokens: Sequence[Token], index: int, act: str) -> str:
    """The particle in the place of を before a verb that takes no object, '' where it may take one."""
    verb, is_active = tokens[index], _is_verb_plainly_active(tokens, index)
    if index + 1 < len(tokens) and tokens[index + 1].part_of_speech[0] == "接尾辞":
        return ""  # 見える化する
    if act in _INTO or (verb.base in _REACHING and is_active):
        return "に"
    is_alone = act in _ALONE or (verb.base in verbs_without_object() and is_active)
    return "が" if is_alone and verb.part_of_speech[0] in ("動詞", "名詞") else ""


def _is_object_of(act: str, noun: str) -> bool:
    """Whether a noun is what an act is done to: figures that are worked out, papers that are handed on."""
    if act in _WORKED_OUT and noun in _GRASPED:
        return True
    is_paper = noun in _MORE_THINGS or (noun in office_words().things and noun not in _PLACES)
    return act in _PAPERWORK and is_paper and noun != _COUNTER


def _act_done(tokens: Sequence[Token], index: int) -> str:
    """The verbal noun with an active する behind it, '' for another word."""
    then = tokens[index + 1] if index + 1 < len(tokens) else None
    if then is None or then.base != "する" or then.surface not in ("し", "する", "すれ"):
        return ""
    return tokens[index].surface


def _is_verb_plainly_active(tokens: Sequence[Token], index: int) -> bool:
    """Whether a verb is neither passive nor causative, nor one that can be done."""
    verb = tokens[index]
    if verb.part_of_speech[0] != "動詞" or verb.inflection.startswith(("命令形", "意志")):
        return False
    behind = tokens[index + 1].base if index + 1 < len(tokens) else ""
    if verb.inflection.startswith("未然形"):
        return behind in ("ない", "ず", "ぬ")
    # ない only follows it where it is a noun: 遅れなく処理した
    return behind not in ("れる", "られる", "せる", "させる", "やすい", "にくい", "づらい", "がたい", "ない")


def _is_verb_of_noun_behind(tokens: Sequence[Token], index: int) -> bool:
    """Whether a verb in the past says which one the noun behind it is: 教室が開催した体験会."""
    behind = [one for one in tokens[index + 1 : index + 4] if one.base != "する"]
    is_past = len(behind) > 1 and behind[0].surface in ("た", "だ")
    return is_past and behind[1].part_of_speech[0] == "名詞" and behind[1].surface not in _NO_NOUNS


_NO_NOUNS = frozenset(("ため", "ところ", "ほか", "こと", "もの", "後", "際", "上", "結果"))


def _is_noun_no_doer(tokens: Sequence[Token], index: int) -> bool:
    """Whether a noun is a thing, an act or a number of things: it does nothing itself."""
    noun, words = tokens[index], office_words()
    if noun.surface in _SECTIONS or noun.surface in words.actors:
        return False
    if noun.surface in words.things or noun.surface.endswith(_THINGS_AT_END):
        return True
    before = [one for one in tokens[max(0, index - 2) : index] if not one.surface.isspace()]
    if noun.surface in _COUNTED:
        return bool(before) and before[-1].part_of_speech[1] == "数詞"
    return noun.surface in words.acts and noun.part_of_speech[0] == "名詞"
