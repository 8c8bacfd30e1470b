"""Letters that Japanese sentences are not written with, and what is meant."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kenpo_xl.domain.language.letters import is_hiragana, is_kanji, is_noun_letter
from kenpo_xl.domain.lazy_patterns import LazyPattern

# Simplified Chinese letters that no Japanese keyboard of an office gives, and the Japanese ones; not those of
# usual family names.
_SIMPLIFIED = (
    "实说检险认议设计评关业务员对发诊药费讨报单时间问门开闭阅阶队际陆阳阴难题预领频额颜风饮饭馆驾验骑鱼鸟龙为义乐习书买亲亿仅"
    "优传伤债值倾储军农冻净减击则刚创别删剂剧办动劳势华协卖卫历压厅县变叹启吨响团园围图圆圣场块坚坛垒处备复头夹夺奋奖妇妈娱宁"
    "审宫宽宾寻导尝层岁岛岭币帅师帐带归应庆废库异弹强录彻忆忧怀态总恳恶悬惊惩惯愤戏战户执扩扫扬护拟拥择挥损换掷摄敌显晓暂术杀"
    "杂权极构标栏树样桥欢汇汉汤沟沪泽洁测济浏浓涨渔满滚灭灵灾炼烂热牵环现玛电畅疗疮监盘矿码础确祸离种积稳穷竖竞笔签简类紧纠红"
    "纤约级纪纯纲纳纵纷纸纺线练组绅细织终绍经结绘给络绝统继绩续维综绿缓编缘缩罚罢职联聪肃肠肤肾肿胁胜脏脑脸腊艺节荣获营蓝虑虽"
    "补袭见观规视览觉订让训讯记讲许论访证识诈诉词译试诗诚话该详语误请诸诺读课谁调谈谋谢谨贝负财责贤败货质贩贪购贯贵贷贸贺资赁"
    "赋赏赔赞赠赢趋跃车轨转轮软轻载较辅辆辈输边达迁过运还进远违连迟适选递遗邮释针钟钱铁铃铜银链销锁错键镇镜长闻顺须项顾顿饥驱"
    "骤鲜鸡齐齿龄两严产众偿兴冈啬喷妆崭巩抚抢拨挤搅摆敛步毕污涩润焕盐硕窍笼纹舰舱苍荧莲蚁衬袜贴辑酱锅阀陕隐页顶颁饰饱马驻骗岗"
)
_JAPANESE = (
    "実説検険認議設計評関業務員対発診薬費討報単時間問門開閉閲階隊際陸陽陰難題予領頻額顔風飲飯館駕験騎魚鳥竜為義楽習書買親億僅"
    "優伝傷債値傾儲軍農凍浄減撃則剛創別削剤劇弁動労勢華協売衛歴圧庁県変嘆啓噸響団園囲図円聖場塊堅壇塁処備復頭挟奪奮奨婦媽娯寧"
    "審宮寛賓尋導嘗層歳島嶺幣帥師帳帯帰応慶廃庫異弾強録徹憶憂懐態総懇悪懸驚懲慣憤戯戦戸執拡掃揚護擬擁択揮損換擲摂敵顕暁暫術殺"
    "雑権極構標欄樹様橋歓匯漢湯溝滬沢潔測済瀏濃漲漁満滾滅霊災煉爛熱牽環現瑪電暢療瘡監盤鉱碼礎確禍離種積穏窮竪競筆簽簡類緊糾紅"
    "繊約級紀純綱納縦紛紙紡線練組紳細織終紹経結絵給絡絶統継績続維綜緑緩編縁縮罰罷職聯聡粛腸膚腎腫脅勝臓脳顔臘芸節栄獲営藍慮雖"
    "補襲見観規視覧覚訂譲訓訊記講許論訪証識詐訴詞訳試詩誠話該詳語誤請諸諾読課誰調談謀謝謹貝負財責賢敗貨質販貪購貫貴貸貿賀資賃"
    "賦賞賠賛贈贏趨躍車軌転輪軟軽載較輔輛輩輸辺達遷過運還進遠違連遅適選逓遺郵釈針鐘銭鉄鈴銅銀鏈銷鎖錯鍵鎮鏡長聞順須項顧頓飢駆"
    "驟鮮鶏斉歯齢両厳産衆償興岡嗇噴粧嶄鞏撫搶撥擠攪擺斂歩畢汚渋潤煥塩碩竅籠紋艦艙蒼蛍蓮蟻襯襪貼輯醤鍋閥陝隠頁頂頒飾飽馬駐騙崗"
)
SIMPLIFIED = frozenset(_SIMPLIFIED)
# UTF-8 that was read as Shift_JIS or Latin-1, a letter lost for a question mark, and what a web page writes.
GARBLED = LazyPattern(
    r"縺|繧|繝|ｿｽ|ï¿½|[ÃÂ][\x80-\xbf]|â€|ã[\x80-\xbf]|&(?:amp|nbsp|lt|gt|quot|#\d+);|<br ?/?>|_x[0-9A-F]{4}_",
    needs=("縺", "繧", "繝", "ｿｽ", "ï", "Ã", "Â", "â€", "ã", "&", "<br", "_x"),
)


def places_of_garbled_letters(text: str) -> Iterator[int]:
    """Where a text was read with another encoding, or a question mark is in the place of a kanji."""
    yield from (found.start() for found in GARBLED.finditer(text))
    at = text.find("?", 1)
    while 0 < at < len(text) - 1:
        if is_kanji(text[at - 1]) and is_kanji(text[at + 1]):
            yield at
        at = text.find("?", at + 1)


_SIGNS = frozenset("|;\\@^$`\uff9e\uff9f")
_SIGNS_BESIDE_KANA = frozenset("_=<>#*/+~")
_BETWEEN_KANA = "/+~"


def places_of_signs_in_words(text: str) -> Iterator[int]:
    """Signs of a keyboard between two Japanese letters, or before 。: 配付_した, 送付した;。

    Not what formulas and names of files have between nouns (受診者_一覧), nor the parts of a path.
    """
    if _SIGNS.isdisjoint(text) and _SIGNS_BESIDE_KANA.isdisjoint(text):
        return
    if ":\\" in text or text.count("\\") > 1:
        return
    for at in range(1, len(text) - 1):
        sign = text[at]
        if sign in _SIGNS or sign in _SIGNS_BESIDE_KANA:
            before, behind = text[at - 1], text[at + 1]
            is_between = _is_japanese(before) and (_is_japanese(behind) or behind in "。、")
            if is_between and (sign in _SIGNS or _is_beside_kana(sign, before, behind)):
                yield at


def _is_beside_kana(sign: str, before: str, behind: str) -> bool:
    """Whether hiragana is before or behind a sign; both, or 。 behind it, for signs that names have."""
    if sign in _BETWEEN_KANA:
        return is_hiragana(before) and (is_hiragana(behind) or behind in "。、")
    return is_hiragana(before) or is_hiragana(behind)


def _is_japanese(letter: str) -> bool:
    return is_hiragana(letter) or is_noun_letter(letter)


@cache
def japanese_by_simplified_letter() -> dict[str, str]:
    """The Japanese letter for each simplified one."""
    return dict(zip(_SIMPLIFIED, _JAPANESE, strict=True))
