"""Slips of wording that nobody listed: verbs, particles, endings, letters and lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random

from scripts.judging.book import Book, TextLine
from scripts.judging.mistakes import Planted, mistake, pick

_VERBS = """
を図 を計|を図 を諮|に努 に務|に努 に勤|を超え を越え|を進め を勧め|を勧め を薦め|に応え に答え
を上回 を上周|を受け を請け|を整え を調え
を設け を儲け|を変え を替え|を高め を貴め|を深め を更け|に基づ に元づ|を築 を気付|を開始 を会始
を促 を即|を占め を締め|を収め を納め
"""
_VERB_SENTENCES = """
研修を通じて職員の資質の向上に務めた。|会議の議題を事前に委員会に図った。
保険料を期限までに収めるよう求めた。|申込みの締切りが2週間伸びた。
先進的な事例を上げて説明した。|広報誌に載せる写真を取った。|会議で座長を努めた委員から意見があった。
受診者数は前年同期より大きく延びた。
説明の方法を替え、図を多く用いた。|全体の半数以上を締める業種に絞った。
来期の制度改正に供え、研修を行った。|出席者は延べ300人を越えた。
予算の範囲内に納めることができた。|利用者の要望に答えて窓口を増やした。
測定会で満足度を図る調査を行った。|挨拶に変えて冊子を配った。
県境を超えて受診する方に案内した。|相談者の数は前の月の100人から140人に登った。
広報誌に乗せた記事を増やした。|準備のための連絡を撮り合った。
"""
_PARTICLES = """
に参加 を参加|を実施した に実施した|を実施 に実施|を図った に図った|を開催した が開催した|に対し を対し
に基づ を基づ|に関する を関する|を送付 に送付
を行い に行い|を踏まえ に踏まえ|を作成し に作成し|と連携 を連携|を目的 に目的|に取り組 を取り組
に努め を努め|に向け の向け|について をついて
"""
_PARTICLE_SENTENCES = """
研修会を参加した職員から報告を受けた。|合同の説明会が開催し、多くの方が参加した。
窓口サービスの質を向上した。|事業所へ協力へ依頼した。
関係団体を協議し、日程を決めた。|アンケートに実施した結果を共有した。|9月を発送した案内を見直した。
加入者の要望を応えた。
手続の簡素化に図った。|会議を出席した委員に説明した。|案内文書に発送した。|健診の受診率が向上させた。
"""
_ENDINGS = """
した。 しま。|した。 しまた。|した。 しす。|している。 しいる。|している。 してい。|行った。 行いまた。
図った。 図りまた。|行った。 行ったです。
実施した 実施た|開催した 開催た|徹底した 徹底た|発送した 発送た|作成した 作成た|掲載した 掲載た
実施している 実施いる|予定である。 予定であ。
したところ しところ|したため してため|することとした することした|こととした。 ことした。
行うため 行ため|行う。 行る。|進めている 進めてる。
"""
_DOUBLED = """
約1,200件程度を点検した。|各事業所ごと毎に訪問した。|申請書等などの記入例を配った。
およそ約300人が参加した。|職員研修等等を行った。
事業所毎ごとに案内した。|資料や冊子などなどを配布した。|各市町村毎ごとに協議した。
約80件ほど程度の照会があった。|案内文書など等を送付した。
"""
_LISTS = """
次の3点を実施した。①訪問　②電話　④文書|手順は（1）抽出（2）送付（4）確認である。
対象は①被保険者、②被扶養者、②事業主である。
実施した内容：ア 訪問　イ 電話　エ 文書|順に、1）抽出、2）発送、2）集計を行った。
①周知　③勧奨　④集計の順に行った。
"""
_GLYPHS = """
実 实|診 诊|説 说|検 检|険 险|認 认|議 议|設 设|計 计|評 评|関 关|業 业|務 务|員 员|機 机|書 书|険 險
実 實|対 對|発 發|発 发|医 醫|診 诊|薬 药|点 點
"""
_OCR = """
ー 一|二次 ニ次|力 カ|口 ロ|未 末|入 人|間 問|士 土|カ 力|ロ 口|業績 業積|実績 実積|検 険|徴 微|1 l|0 O
組織 組識|待 侍|掲載 掲戴|専門 専問|提供 堤供
"""
_SMALL = """
ック ツク|ッ ツ|ョ ヨ|ャ ヤ|ュ ユ|ェ エ|ィ イ|って つて|った つた|しゃ しや|きょ きよ|あって あつて
よって よつて|なった なつた
"""
_GARBLED = (
    "縺ｮ",
    "繧定｡後▲縺",
    "・ｿｽ",
    "譁・ｭ怜喧縺",
    "ã\u0081®",
    "&amp;",
    "&nbsp;",
    "ï¿½",
    "<br>",
    "_x000D_",
)
_TAILS = ["委員会", "協議会", "労働局", "連合会", "年金事務所", "センター", "だより", "医師会"]
_KANJI_WORDS = re.compile(
    r"実施|健診|送付|発送|開催|保険|事業所|指導|広報|作成|受診|通知|委員|対象|確認|掲載|勧奨|機関|点検|文書"
)


def _pairs(words: str) -> list[list[str]]:
    return [pair.split(" ") for pair in re.split(r"[|\n]", words.strip())]


def _exchanged(book: Book, random: Random, words: str) -> Planted | None:
    """One of the pairs in one of the lines that hold it, at any of its places."""
    pairs = _pairs(words)
    fitting = [pair for pair in pairs if any(pair[0] in line.text for line in book.lines)]
    pair = pick(random, fitting)
    if pair is None:
        return None
    line = random.choice([line for line in book.lines if pair[0] in line.text])
    at = random.choice([one.start() for one in re.finditer(re.escape(pair[0]), line.text)])
    text = line.text[:at] + pair[1] + line.text[at + len(pair[0]) :]
    return line.typed(text, f"{line.cell}: {pair[1]} for {pair[0]} in {line.text[max(at - 8, 0) : at + 8]}")


def _added(book: Book, random: Random, sentences: Iterable[str]) -> Planted | None:
    """A sentence behind the last one of a line."""
    line = pick(random, [line for line in book.lines if line.text.endswith("。") and len(line.text) < 150])
    sentence = random.choice([*sentences])
    return line.typed(line.text + sentence, f"{line.cell}: {sentence}") if line else None


def _sentences(words: str) -> list[str]:
    return re.split(r"[|\n]", words.strip())


@mistake("verb of another meaning", "wording")
def verb(book: Book, random: Random) -> Planted | None:
    """周知を計った."""
    return _exchanged(book, random, _VERBS)


@mistake("verb of another meaning, new sentence", "wording")
def verb_in_sentence(book: Book, random: Random) -> Planted | None:
    """向上に務めた."""
    return _added(book, random, _sentences(_VERB_SENTENCES))


@mistake("particle that the verb does not take", "wording")
def particle(book: Book, random: Random) -> Planted | None:
    """研修を参加した."""
    return _exchanged(book, random, _PARTICLES)


@mistake("particle that the verb does not take, new sentence", "wording")
def particle_in_sentence(book: Book, random: Random) -> Planted | None:
    """説明会が開催した."""
    return _added(book, random, _sentences(_PARTICLE_SENTENCES))


@mistake("ending broken", "wording")
def ending(book: Book, random: Random) -> Planted | None:
    """実施しま。"""
    return _exchanged(book, random, _ENDINGS)


@mistake("said twice with another word", "wording")
def doubled(book: Book, random: Random) -> Planted | None:
    """各支部ごと毎."""
    return _added(book, random, _sentences(_DOUBLED))


@mistake("list within a line misnumbered", "wording")
def misnumbered(book: Book, random: Random) -> Planted | None:
    """①②④."""
    return _added(book, random, [f"{one}。".replace("。。", "。") for one in _sentences(_LISTS)])


@mistake("glyph of another language", "wording")
def glyph(book: Book, random: Random) -> Planted | None:
    """说明 for 説明."""
    return _exchanged(book, random, _GLYPHS)


@mistake("letter that looks alike", "wording")
def look_alike(book: Book, random: Random) -> Planted | None:
    """期問 for 期間."""
    return _exchanged(book, random, _OCR)


@mistake("small kana lost", "wording")
def small_kana(book: Book, random: Random) -> Planted | None:
    """チエツク for チェック."""
    return _exchanged(book, random, _SMALL)


@mistake("garbled letters", "wording")
def garbled(book: Book, random: Random) -> Planted | None:
    """縺ｮ for の."""
    line = pick(random, [line for line in book.lines if len(line.text) >= 20])
    if line is None:
        return None
    at = random.randrange(5, len(line.text) - 5)
    piece = random.choice(_GARBLED)
    return line.typed(line.text[:at] + piece + line.text[at + 1 :], f"{line.cell}: {piece!r}")


@mistake("half-width katakana", "wording")
def half_width_katakana(book: Book, random: Random) -> Planted | None:
    """ｾﾐﾅｰ for セミナー."""
    words = {"セミナー": "ｾﾐﾅｰ", "リーフレット": "ﾘｰﾌﾚｯﾄ", "ホームページ": "ﾎｰﾑﾍﾟｰｼﾞ", "オンライン": "ｵﾝﾗｲﾝ"}
    words |= {"チラシ": "ﾁﾗｼ", "データ": "ﾃﾞｰﾀ", "サービス": "ｻｰﾋﾞｽ", "アンケート": "ｱﾝｹｰﾄ", "レセプト": "ﾚｾﾌﾟﾄ"}
    return _exchanged(book, random, "|".join(f"{one} {other}" for one, other in words.items()))


@mistake("blank within a word", "wording")
def blank_within(book: Book, random: Random) -> Planted | None:
    """実 施した, also a full-width blank or a line break."""
    found = [(line, one) for line in book.lines for one in _KANJI_WORDS.finditer(line.text)]
    chosen = pick(random, found)
    if chosen is None:
        return None
    line, word = chosen
    at = random.randrange(word.start() + 1, word.end())
    blank = random.choice([" ", " ", "\u3000", "\n"])
    return line.typed(line.text[:at] + blank + line.text[at:], f"{line.cell}: {blank!r} in {word[0]}")


@mistake("letter within a word of a name", "wording")
def near_name(book: Book, random: Random) -> Planted | None:
    """コンプライアンス保護委員会: a word within the name of a board or office that also stands elsewhere."""
    everything = "".join(line.text for line in book.lines)
    names = re.compile(
        r"[一-龥ァ-ヶー]{2,14}(?:委員会|協議会|労働局|連合会|年金事務所|センター|だより|医師会)"
    )
    found = [
        (line, one[0])
        for line in book.lines
        for one in names.finditer(line.text)
        if everything.count(one[0]) > 1
    ]
    chosen = pick(random, found)
    if chosen is None:
        return None
    line, name = chosen
    tail = next(one for one in _TAILS if name.endswith(one))
    head = name[: -len(tail)]
    inner = random.choice(["保護", "推進", "基準", "総合"])
    other = head + (inner + tail if tail not in ("労働局", "医師会") else tail[:-1] + inner + tail[-1])
    return line.replaced(name, other) if inner not in name else None


@mistake("line pasted with other particles", "wording")
def near_line(book: Book, random: Random) -> Planted | None:
    """A line of its item over another one, with a comma or a particle changed."""
    lines = [line for line in book.lines if len(line.text) >= 25 and re.search("[をに]、?[一-龥]", line.text)]
    pairs = [
        (one, other) for one in lines for other in lines if one.item == other.item and one.text != other.text
    ]
    chosen = pick(random, pairs)
    return _pasted(*chosen) if chosen else None


def _pasted(one: TextLine, other: TextLine) -> Planted:
    text = re.sub("を(?=[一-龥])", "を、", one.text, count=1)
    planted = other.typed(text.rstrip("。"), f"{one.cell} nearly pasted over {other.cell}")
    return planted.beside(one.cell)


@mistake("line of another item", "wording")
def line_of_another_item(book: Book, random: Random) -> Planted | None:
    """A line of another item pasted over a line."""
    lines = [line for line in book.lines if len(line.text) >= 30]
    pairs = [(one, other) for one in lines for other in lines if one.item != other.item]
    chosen = pick(random, pairs)
    if chosen is None:
        return None
    one, other = chosen
    return other.typed(one.text, f"{one.cell} pasted over {other.cell}").beside(one.cell)


@mistake("head of a line lost", "wording")
def head_lost(book: Book, random: Random) -> Planted | None:
    """・に対し文書を送付した。"""
    heads = re.compile(
        r"^(\s*[・•●]?\s*)[^、。\s]{2,20}?(?=(?:に対し|において|を対象|について|、)[^。]{6,}。$)"
    )
    found = [(line, one) for line in book.lines if (one := heads.match(line.text))]
    chosen = pick(random, found)
    if chosen is None:
        return None
    line, head = chosen
    return line.typed(head[1] + line.text[head.end() :], f"{line.cell}: head {head[0]}")
