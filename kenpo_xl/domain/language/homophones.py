"""Words that read like a word of the other texts but are written otherwise (進捗官吏 and 進捗管理)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.known_words import KnownWords
from kenpo_xl.domain.language.letters import is_word_begun_by_unit
from kenpo_xl.domain.language.office.office_words import office_words
from kenpo_xl.domain.language.office.plain_words import is_plain_word
from kenpo_xl.domain.language.token import Token, Tokenizer
from kenpo_xl.domain.language.vocabulary import neighbours_of, noun_indexes, reading_and_spelling_of_pair

_OFTEN = 3
"""So often has the other spelling to be there where nothing beside it says which one is meant."""
_GAINS = ((6, 3000), (2, 4000))
"""How often the other spelling is there, and how much more usual it then has to be."""
_SURE = 6000
"""How much more usual the other spelling is where what is written, though a word, cannot be meant."""
_CONFUSED = {
    "所": "書署処諸",
    "者": "車写",
    "率": "律立",
    "数": "枢",
    "会": "回界",
    "員": "院因印",
    "証": "章症",
    "券": "権県",
    "費": "比非",
    "額": "学",
    "師": "士氏",
    "士": "師氏",
    "局": "曲極",
}
"""The kanji behind a noun that are typed for another one, which are no usual ones there."""
_IMPLAUSIBLE_LIST = (
    "官吏 幹理 干渉 感傷 完勝 授信 検針 斯道 実姉 羞恥 兼修 哨戒 隊商 神聖 新星 親政 乗法 定法 "
    "縊死 高座 女声 助勢 旗艦 口上 厚情 水深 賛歌 惨禍 硬貨 高架 校歌 心療 深慮 衣糧 権内 怪獣 "
    "懐柔 会衆 私怨 紫煙 試演 発走 狂歌 教化 供花 拳闘 献灯 享有 懐疑 怪奇 経義 造花 増価 刺客 "
    "視角 徴集 長州 宗旨 修史 胎生 泰西 兼行 権衡 剣光 軽荷 環形 艦形 血痂 総譜 砲門 鑿井 皆済 "
    "某氏 傍視 亡姉 制球 段袋 氷河 寺務 軽罪 塊状 爽快 壮快 掃海 奇怪 怪盗 常軌 心技 謙称 艦橋 "
    "郎党 射界 早旦 装弾 短刀 粘菌 理容 大書 揚水 砲手 放題 法螺 暴徒 房室 防波 望郷 予震 遺恨 "
    "異人 伊勢 医聖 委棄 一角 英貨 英姿 衛視 煙害 縁談 王制 怪人 灰燼 外角 懐郷 回虫 開墾 悔恨 "
    "凱歌 寡占 可塑 感化 閑暇 歓喜 寒村 完遂 喚問 奇異 奇術 奇襲 貴賤 鬼籍 帰朝 艤装 擬態 虐殺 "
    "休廷 教祖 狂騒 鏡台 玉座 禁酒 金策 空輸 苦渋 刑期 激情 血色 下馬 厳戒 幻影 原罪 原爆 荒原 "
    "鋼鉄 坑道 黄道 興亡 光芒 光明 高名 国人 古希 孤高 古城 湖上 削岩 仕官 思春 視神 時針 私腹 "
    "四辺 斜塔 執心 醜態 酒宴 殊勲 情愛 賞杯 諸侯 進水 数奇 頭蓋 清栄 精悍 生気 星座 清純 政争 "
    "静物 雪原 接吻 戦火 選科 戦記 戦況 戦功 先攻 潜行 閃光 泉水 戦線 千代 戦端 仙人 旋律 戦慄 "
    "戦力 層雲 僧院 爽秋 壮絶 粗悪 測候 側溝 疎水 粗相 尊顔 大器 大蛇 脱獄 男装 短波 稚魚 竹刀 "
    "地軸 窒素 徴発 鶴嘴 闘技 導管 頭頂 同胞 登竜 特攻 奴隷 鈍器"
)
_IMPLAUSIBLE = frozenset(_IMPLAUSIBLE_LIST.split())
"""Words that no report of such an office has."""


@frozen
class Homophone:
    """A word from `start` to `end` that reads like `usual`, which the other texts write.

    `beside` is the word that only the other spelling is beside, as in `Vocabulary.neighbours`; '' for none.
    `is_sure`: what is written is no word there, or the other texts have the same phrase with the other word.
    """

    start: int
    end: int
    written: str
    usual: str
    reading: str
    beside: str = ""
    is_sure: bool = True


def homophones(
    text: str, tokens: Sequence[Token], known: KnownWords, tokenizer: Tokenizer
) -> Iterator[Homophone]:
    """The words of a text that were probably converted wrongly."""
    for index in noun_indexes(tokens):
        found = _homophone_of_noun(text, tokens, index, known, tokenizer) or _homophone_of_pair(
            tokens, index, known
        )
        if found:
            yield found


def ends_with_name_of_town(text: str, end: int) -> bool:
    """Whether a word ends the name of a town (緑原市) or is before its 市 (青川市); 市町村 is none."""
    if text[:end].endswith("市"):
        return True
    behind = text[end : end + 2]
    return behind.startswith(("市", "町", "村")) and not behind.endswith(("町", "村"))


def _homophone_of_pair(tokens: Sequence[Token], index: int, known: KnownWords) -> Homophone | None:
    """A noun with a single kanji behind it that is often written with another one (事業書)."""
    pair = reading_and_spelling_of_pair(tokens, index)
    if pair is None:
        return None
    reading, spelling = pair
    counts = known.spellings(reading)
    for usual, count in counts.items():
        is_confused = usual[:-1] == spelling[:-1] and spelling[-1] in _CONFUSED.get(usual[-1], "")
        if is_confused and count >= _OFTEN and not counts.get(spelling):
            return Homophone(tokens[index].start, tokens[index + 1].end, spelling, usual, reading)
    return None


def _homophone_of_noun(
    text: str, tokens: Sequence[Token], index: int, known: KnownWords, tokenizer: Tokenizer
) -> Homophone | None:
    token = tokens[index]
    counts = known.spellings(token.reading)
    is_written = bool(counts.pop(token.surface, 0))
    is_unit = is_word_begun_by_unit(text, token.start, token.surface)
    if not counts or is_unit or is_plain_word(text, token.start, token.surface):
        return None
    # A word of the office is right beside a usual verb: 事業主の意思による, though the plan has 医師による.
    is_usual = is_written or token.surface in office_words().words
    beside = neighbours_of(tokens, index)
    for usual, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        support = _supporting_word(token.surface, usual, beside, known, is_usual=is_usual)
        if support is None and not is_usual:
            support = _support_without_words(text, token, usual, count, beside, known, tokenizer)
        if support is not None:
            is_sure = support != "" or is_word_unlikely_there(
                text, token.start, token.surface, usual, tokenizer
            )
            return Homophone(
                token.start, token.end, token.surface, usual, token.reading, support, is_sure=is_sure
            )
    return None


def is_word_unlikely_there(text: str, start: int, written: str, usual: str, tokenizer: Tokenizer) -> bool:
    """Whether no report has a word, or the dictionary finds it far less usual there than another one."""
    return written in _IMPLAUSIBLE or gain_of_usual_spelling(text, start, written, usual, tokenizer) >= _SURE


def _supporting_word(
    written: str, usual: str, beside: Sequence[str], known: KnownWords, *, is_usual: bool
) -> str | None:
    """A word beside it that the other texts have beside the other spelling only, None without one.

    A spelling that is usual too (`is_usual`) needs one that is often in a compound with the other.
    """
    if any(known.neighbour_count(written + one) for one in beside):
        return None
    least = _OFTEN if is_usual else 1
    fitting = [one for one in beside if not is_usual or one[0] in "<>"]
    return next((one for one in fitting if known.neighbour_count(usual + one) >= least), None)


def _support_without_words(
    text: str,
    token: Token,
    usual: str,
    count: int,
    beside: Sequence[str],
    known: KnownWords,
    tokenizer: Tokenizer,
) -> str | None:
    """'' where its frequency or the dictionary says that the other spelling is meant, else None."""
    written = token.surface
    if any(known.neighbour_count(written + one) for one in beside):
        return None
    if count >= _OFTEN and written in _IMPLAUSIBLE:
        return ""
    least = next((gain for often, gain in _GAINS if count >= often), None)
    return (
        ""
        if least is not None and gain_of_usual_spelling(text, token.start, written, usual, tokenizer) >= least
        else None
    )


def gain_of_usual_spelling(text: str, start: int, written: str, usual: str, tokenizer: Tokenizer) -> int:
    """How much more usual the other spelling is between the letters around."""
    end = start + len(written)
    left, right = text[max(0, start - 3) : start], text[end : end + 3]
    return tokenizer.cost(left + written + right) - tokenizer.cost(left + usual + right)
