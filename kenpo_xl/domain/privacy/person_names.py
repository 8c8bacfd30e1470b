"""Names of persons in texts: full ones, and others before an honorific or behind what a person is.

No dictionary is needed, since texts are masked on every computer: a name is one of the frequent family
names, or is written with their letters and is no word for a role, an office or a company. Names of people
who speak or hold an office in public (講師, 理事長, 教授) are not private.
"""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.normalize import AnyOf, sentence_around
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.privacy.bare_names import bare_name_spans
from kenpo_xl.domain.privacy.titled_persons import (
    initial_spans,
    named_staff_spans,
    names_with_reading,
    titled_person_spans,
)
from kenpo_xl.domain.text_span import TextSpan

_FAMILY_NAMES_TEXT = """
佐藤 鈴木 高橋 髙橋 田中 伊藤 渡辺 渡邊 渡邉 渡部 山本 中村 小林 加藤 吉田 山田 佐々木
山口 松本 井上 木村 林 斎藤 斉藤 齋藤 齊藤 清水 山崎 山﨑 森 池田 橋本 阿部 石川 山下
中島 中嶋 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村
藤井 金子 岡本 藤原 中野 三浦 原田 中川 松田 竹内 小野 田村 中山 和田 石田 森田 上田 原
内田 柴田 酒井 宮崎 宮﨑 横山 高木 髙木 安藤 宮本 大野 小島 谷口 工藤 今井 高田 丸山
増田 杉山 村田 大塚 新井 荒井 小山 平野 藤本 河野 上野 野口 武田 松井 千葉 菅原 岩崎
木下 久保 佐野 野村 松尾 菊地 菊池 市川 杉本 古川 島田 水野 桜井 櫻井 高野 渡会 吉川
山内 西田 飯田 西川 小松 北村 安田 五十嵐 川口 平田 関 中田 久保田 服部 東 岩田 土屋
川崎 福島 本田 樋口 秋山 田口 永井 山中 中西 吉村 川上 石原 大橋 松岡 馬場 浜田 濱田
森本 星野 矢野 浅野 大久保 松下 吉岡 小池 野田 荒木 大西 松浦 熊谷 黒田 尾崎 内藤 永田
望月 川村 田辺 田邊 荒川 菅野 堀 大島 松村 平井 大石 早川 広瀬 廣瀬 児玉 栗原 飯塚 須藤
岡崎 西山 三宅 片山 内山 沢田 澤田 岩本 松原 篠原 小澤 小沢 北川 川島 川嶋 滝沢 本間
関口 福井 杉浦 小田 奥村 須田 岡村 森下 関根 根本 中井 津田 古賀 高山 榎本 河合 大川
横田 土井 星 細川 宮田 富田 吉野 神田 南 大谷 富永 堀内 堀江 植田 今村 坂口 武藤 川田
河村 稲垣 長田 石橋 萩原 柳田 村井 桑原 伊東 青山 大森 牧野 辻 三好 若林 畠山 茂木 長尾
窪田 下田 柳沢 塚本 岸本 西野 竹田 田島 安部 小倉 天野 白石 相馬 今野 黒川 島村 落合
戸田 堤 浅井 奥田 大山 岸 石塚 角田 宇野 川原 栗田 宮川 宮下 稲葉 金井 小泉 高島 髙島
田代 成田 大竹 原口 井口 三上 鎌田 長島 長嶋 小西 亀井 会田 倉田 沼田 江口 江藤 門脇
川端 河原 岩井 石黒 市村 井出 井手 植木 上原 比嘉 金城 大城 宮城 島袋 玉城 新垣 仲村
山城 具志堅 知念 喜多 大沢 大澤 梅田 遠山 小笠原 小野寺 小原 尾形 緒方 甲斐 笠原 梶原
勝又 鏡 川本 神谷 木内 木田 北野 桐山 日下 国分 久野 黒木 小出 越智 小寺 小宮 小柳
佐久間 佐伯 坂井 坂田 篠田 柴崎 島崎 清野 関谷 曽根 高井 高松 高村 瀧澤 武井 竹中 谷川
千田 塚田 土田 寺田 徳永 中尾 中沢 中澤 中原 永野 西尾 二宮 野崎 野中 長谷部 花田 林田
東山 平山 深沢 福本 藤川 藤沢 藤村 古田 細田 堀田 堀川 本多 真田 町田 松永 松山 水谷
水口 溝口 宮内 宮沢 宮澤 向井 村松 森川 森山 八木 柳 柳澤 山岸 山川 山根 山村 山脇 結城
横井 吉井 吉沢 吉澤 吉原 和久井 渡瀬 塩田 塩谷 諸星 小暮 木暮 新藤 進藤 染谷 矢島 持田
栗林 逸見 葛西 緑川 沖田
"""
FAMILY_NAMES = frozenset(_FAMILY_NAMES_TEXT.split())
# Words before 様 and the like that are no names, and the last letters of words for roles, offices and places.
_NO_NAMES_TEXT = """
奥 皆 客 仕 同 多 模 一 異 有 神 王 殿 左 各 諸 某 彼 両 源 平 摂 華 本 貴 娘
息子 孫 父 母 兄 姉 嫁 婿 若 親 子 子供 家 大家 隣 花屋 八百屋 薬屋 本屋 床屋 酒屋
外 内 上 下 中 前 女 男 中小 上下 内外 大小 日本 地元 世間 親子 本家 上位 大口 小口
森林 農林 山林
"""
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())
_NO_NAME_ENDINGS_TEXT = """
者 主 員 所 社 会 客 族 方 皆 院 関 体 課 係 室 省 庁 局 署 校 組 店 業 館 団
長 師 医 手 家 系 県 府 都 郡 市 区 道 職 役 様 号 担当 個人 法人 本人 夫人 知人
友人 老人 病人 大臣 教授 代表 理事 監事 建設 工務 商事 製作 運輸 運送 銀行 企業 産業
電機 電気 学生 先生 議員 支部 本部 窓口 事務 受付 組合 健保 年金 労務 人事 総務 知事
町村 監督 秘書 書記 主任 主査 主事 参事 博士 専務 常務 士業 保健 介護 看護 栄養士 保健師
弁護士 税理士 労務士 書士 同士
"""
_NO_NAME_ENDINGS = tuple(_NO_NAME_ENDINGS_TEXT.split())
_NO_GIVEN_NAMES = (*_NO_NAME_ENDINGS, "町", "村", "駅", "地区", "工業", "両")
_ROLE_BEFORE = LazyPattern(
    r".*(?:者|員|主|名義人|本人|相続人|保証人|医師|主治医|担当|会社|課|夫人|夫|妻|母|父)"
)
_LETTERS = frozenset("".join(FAMILY_NAMES))
_GIVEN_LETTERS = frozenset(
    "一二三四五六七八九十郎太朗介助輔平男夫雄生也弥哉斗翔真大健康建隆孝考高貴之幸行雪由有友裕祐佑勇優"
    "悠雅正昌政将誠清聖勝克和明昭彰晃光弘宏浩博広洋寛英栄秀樹直尚久寿紀典徳敏俊智知千恵子美香佳花華菜"
    "奈那央里理莉梨沙紗彩綾亜愛葵杏安杉代世江枝絵衣依伊以乃能野信伸進新慎晋仁人士志史司治次嗣修秋章昇"
    "省翼剛豪毅武猛茂繁成重義良亮涼遼陽春晴夏冬実稔望希喜嘉吉芳好咲桜百瑞穂帆歩保穣律結唯夢萌桃紅海空"
    "青蒼碧拓卓琢達辰竜龍虎馬駿瞬旬淳純潤順啓圭慶敬桂景経京恭響鈴玲礼麗怜蓮廉錬陸利力吾悟護衛登道通徹"
    "哲鉄忠貞定禎禄麻摩万満富福豊邦国邑都元基素幹貫勲薫馨静"
)
# A kanji, 々 or ヶ of normalized text; the set of their ranges takes seven times as long to compile.
_KANJI = r"(?![\x00-\xffぁ-ヵヷ-ー])\w"
_WITH_HONORIFIC = LazyPattern(
    rf"(?P<run>(?:{_KANJI}){{1,12}})[ \u3000]?(?P<given>(?:{_KANJI}){{0,4}}|[ぁ-ん]{{2,3}})[ \u3000]?"
    r"(?:様(?![式々相子態変な])|さん|氏(?![名神族姓])|殿(?![様堂])|先生)",
    needs=("様", "さん", "氏", "殿", "先生"),
)
_IN_KATAKANA = LazyPattern(
    r"(?<![ァ-ヴー])[ァ-ヴー]{2,6}[ \u3000][ァ-ヴー]{2,6}[ \u3000]?(?:様|さん|氏|殿)",
    needs=("様", "さん", "氏", "殿"),
)
_ROLES = ("者", "名義人", "保証人", "相続人", "本人", "担当", "係", "課", "主任", "主査")
_BEHIND_ROLE = LazyPattern(
    rf"(?:{'|'.join(_ROLES)})(?:の|である|、|・|[::]|「|[((])?[ \u3000]?"
    rf"(?P<name>(?P<run>(?:{_KANJI}){{2,6}})(?:[ \u3000](?P<given>(?:{_KANJI}){{1,3}}))?)(?!{_KANJI}|さん)",
    needs=_ROLES,
)
_WITH_AGE = LazyPattern(
    rf"(?P<run>(?:{_KANJI}){{2,6}})(?:[ \u3000](?P<given>(?:{_KANJI}){{1,3}}))?\s?[(、]\s?"
    r"\d{1,3}\s?[歳才](?!以|未|代|前|~|か|よ|ま)",
    needs=("歳", "才"),
)
_PUBLIC = AnyOf(
    "講師|講演|講義|登壇|基調|教授|理事|支部長|会長|院長|所長|座長|委員長|議長|議員|知事|市長|町長|村長|大臣|学長|校長"
    "|パネリスト|パネラー|アドバイザー|コーディネーター|アンバサダー|監修|司会|アナウンサー|キャスター|女優|歌手|監督|作家|著者|起用|出演|メダリスト|インストラクター|委嘱|就任|選任|表彰|受賞|選手|俳優|タレント"
)
_PUBLIC_PERSON = (
    "受賞者",
    "登壇者",
    "功労者",
    "発表者",
    "第一人者",
    "識者",
    "経験者",
    "代表者",
    "担当者",
    "責任者",
)
_ROLE_AT_END = LazyPattern(
    r"(?:者|患者|本人|名義人|保証人|相続人)(?:の|である|、|・|[::]|「|[((])?[ \u3000]?$"
)
_LEADS = ("", "の", "である", "、", "・", ":", "「", "(")
_LONGEST_FAMILY_NAME = 3
_SHORTEST_FULL_NAME = 3
_NEAR = 12


def person_name_spans(text: str) -> Iterator[TextSpan]:
    """Start and end of each name of a private person, with its honorific."""
    for spans in (_spans_with_honorific, _spans_in_katakana, _spans_with_age, _spans_behind_role):
        yield from (span for span in spans(text) if not _is_about_public_person(text, *span))
    found = (
        *titled_person_spans(text, FAMILY_NAMES),
        *named_staff_spans(text, FAMILY_NAMES),
        *bare_name_spans(text, FAMILY_NAMES, _GIVEN_LETTERS),
        *_spans_of_names_before_reading(text),
    )
    for start, end in found:
        if not _is_about_public_person(text, start, end):
            yield start, end
    yield from initial_spans(text)


def has_bare_name(text: str) -> bool:
    """Whether a text has a full name with neither an honorific nor a role beside it."""
    return any(True for _ in bare_name_spans(text, FAMILY_NAMES, _GIVEN_LETTERS))


def _spans_of_names_before_reading(text: str) -> Iterator[TextSpan]:
    """A full name before its reading: 退職した山田太郎（やまだたろう）."""
    for start, end, name in names_with_reading(text):
        if any(_is_full_name(name[at:]) for at in range(len(name) - _SHORTEST_FULL_NAME + 1)):
            yield start, end


def _spans_with_honorific(text: str) -> Iterator[TextSpan]:
    for found in _WITH_HONORIFIC.finditer(text):
        start = _start_of_name(found["run"], found["given"])
        if start is not None:
            yield found.start() + start, found.end()


def _spans_in_katakana(text: str) -> Iterator[TextSpan]:
    return (found.span() for found in _IN_KATAKANA.finditer(text))


def _spans_with_age(text: str) -> Iterator[TextSpan]:
    for found in _WITH_AGE.finditer(text):
        if _is_rare_name(found["run"], found["given"] or ""):
            yield found.start(), found.end("given" if found["given"] else "run")


def _spans_behind_role(text: str) -> Iterator[TextSpan]:
    for found in _BEHIND_ROLE.finditer(text) if _has_family_name_behind_role(text) else ():
        start, end = found.span("name")
        if not _is_full_name(found["run"] + (found["given"] or "")):
            end = found.end("run")
        if _is_full_name("".join(text[start:end].split())):
            yield start, end


def _is_rare_name(family: str, given: str) -> bool:
    """Whether words are a name, frequent or not, by the letters of its given name."""
    word = family + given
    if (
        family in _NO_NAMES
        or word in _NO_NAMES
        or word.endswith(_NO_NAME_ENDINGS)
        or len(word) < _SHORTEST_FULL_NAME
    ):
        return False
    if given:
        return 1 < len(family) <= _LONGEST_FAMILY_NAME and _GIVEN_LETTERS.issuperset(given)
    return _is_full_name(word) or (_looks_like_name(word) and _GIVEN_LETTERS.issuperset(word[-2:]))


def _has_family_name_behind_role(text: str) -> bool:
    """False for a text without a frequent family name behind what a person is; the pattern is slower."""
    for role in _ROLES:
        for behind in text.split(role)[1:]:
            for lead in _LEADS:
                word = "".join(behind[len(lead) :][: 2 * _LONGEST_FAMILY_NAME].split())
                if behind.startswith(lead) and (word[:2] in FAMILY_NAMES or word[:3] in FAMILY_NAMES):
                    return True
    return False


def _start_of_name(run: str, given: str) -> int | None:
    """Where a name begins in the kanji before an honorific; None if they are no name."""
    role = _ROLE_BEFORE.match(run)
    after_role = role.end() if role else 0
    if after_role == len(run) and given:
        return None if _start_of_name(given, "") is None else len(run)
    for start in dict.fromkeys((0, after_role)):
        if _begins_with_family_name(run[start:], given):
            return start
    return after_role if _is_rare_family_name(run[after_role:], given) else None


def _is_rare_family_name(run: str, given: str) -> bool:
    """Whether a word that begins with no frequent family name is a name all the same."""
    if not _is_hiragana(given) and _looks_like_name(run + given):
        return True
    return bool(given) and _is_rare_name(run, given)


def _is_hiragana(letters: str) -> bool:
    return bool(letters) and letters[0] <= "ん"


def _begins_with_family_name(run: str, given: str) -> bool:
    """Whether a word is a frequent family name, alone or before a given name."""
    for length in range(min(_LONGEST_FAMILY_NAME, len(run)), 0, -1):
        if run[:length] in FAMILY_NAMES:
            rest = run[length:] + given
            if length == 1 and not _is_hiragana(given):
                return _GIVEN_LETTERS.issuperset(rest) and not rest.endswith(_NO_NAME_ENDINGS)
            return len(rest) <= _LONGEST_FAMILY_NAME and not rest.endswith(_NO_GIVEN_NAMES)
    return False


def _looks_like_name(word: str) -> bool:
    """Whether a word has the letters of a family name at its beginning, and is none for a role or office."""
    return (
        2 <= len(word) <= 5
        and _LETTERS.issuperset(word[:2])
        and word not in _NO_NAMES
        and not word.endswith(_NO_NAME_ENDINGS if len(word) == 2 else _NO_GIVEN_NAMES)
    )


def _is_full_name(word: str) -> bool:
    """Whether a word is a frequent family name with a given name of usual letters."""
    return any(
        word[:length] in FAMILY_NAMES
        and 2 <= len(word) - length <= _LONGEST_FAMILY_NAME
        and _GIVEN_LETTERS.issuperset(word[length:])
        for length in (2, 3)
    )


def _is_about_public_person(text: str, start: int, end: int) -> bool:
    """Whether the sentence is about a person who speaks or holds an office in public."""
    before = text[max(0, start - _NEAR) : start]
    role = _ROLE_AT_END.search(before)
    if role and not before[: role.start() + 1].endswith(_PUBLIC_PERSON):
        return False
    first, last = sentence_around(text, start, end)
    return _PUBLIC.is_in(text[first:last])
