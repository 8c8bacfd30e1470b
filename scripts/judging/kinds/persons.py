"""What tells of a person and does not belong into a public text."""

from __future__ import annotations

from random import Random

from scripts.judging.book import Book
from scripts.judging.mistakes import Planted, mistake, pick

_NAMES = (
    "高橋",
    "渡邉",
    "小林",
    "斎藤",
    "長谷川",
    "五十嵐",
    "田村",
    "森下",
    "佐々木",
    "松本",
    "金子",
    "早川",
)
_GIVEN = ("一郎", "花子", "健太", "美咲", "正夫", "和子", "翔", "直樹", "恵子", "浩")


def _added(book: Book, random: Random, words: str) -> Planted | None:
    """Words behind a line that ends a sentence."""
    line = pick(random, [line for line in book.lines if line.text.endswith("。")])
    return line.typed(line.text + words, words) if line else None


@mistake("name with an honorific", "persons")
def name(book: Book, random: Random) -> Planted | None:
    """高橋様から相談があった."""
    family = random.choice(_NAMES)
    full = family + random.choice(("", random.choice(_GIVEN), "　" + random.choice(_GIVEN)))
    forms = (
        f"{full}様から電話で相談があり、個別に対応した。",
        f"被保険者の{full}さんに架電し、受診を勧めた。",
        f"未納者の{full}氏と面談を行った。",
        f"{full}様（任意継続）へ催告書を送付した。",
    )
    return _added(book, random, random.choice(forms))


@mistake("birth date", "persons")
def birth_date(book: Book, random: Random) -> Planted | None:
    """昭和 45 年 3 月 2 日生."""
    year, month, day = random.randint(25, 63), random.randint(1, 12), random.randint(1, 28)
    forms = (
        f"対象者は昭和{year}年{month}月{day}日生まれの男性である。",
        f"照会対象（S{year}.{month}.{day}生）に文書を送付した。",
        f"生年月日：昭和{year}年{month}月{day}日",
        f"19{year + 25}年{month}月{day}日生の被扶養者について確認した。",
    )
    return _added(book, random, random.choice(forms))


@mistake("postal address", "persons")
def address(book: Book, random: Random) -> Planted | None:
    """さいたま市浦和区常盤 1-2-3."""
    town = random.choice(("中央区本町", "緑が丘市東町", "北区若葉台", "青葉市南大塚", "みなと町大字原"))
    number = f"{random.randint(1, 9)}-{random.randint(1, 30)}-{random.randint(1, 20)}"
    chome = f"{random.randint(1, 9)}丁目{random.randint(1, 30)}番{random.randint(1, 20)}号"
    forms = (
        f"転居先の{town}{number}へ催告書を再送した。",
        f"債務者宅（{town}{chome}）を訪問した。",
        f"〒{random.randint(100, 999)}-{random.randint(1000, 9999)}　{town}{number}のアパートを訪問した。",
        f"送付先：{town}{chome}　コーポ青葉{random.randint(101, 305)}号室",
    )
    return _added(book, random, random.choice(forms))


@mistake("account number", "persons")
def account(book: Book, random: Random) -> Planted | None:
    """普通 1234567."""
    number = "".join(random.choice("0123456789") for _ in range(7))
    forms = (
        f"振込先はみらい銀行青葉支店　普通　{number}である。",
        f"口座番号{number}への振込を確認した。",
        f"（普通預金{number}）に還付した。",
        f"当座 {number} 宛てに返金した。",
    )
    return _added(book, random, random.choice(forms))


@mistake("phone number of a person", "persons")
def phone(book: Book, random: Random) -> Planted | None:
    """090-1234-5678."""
    head = random.choice(("090", "080", "070"))
    number = f"{head}-{random.randint(1000, 9999)}-{random.randint(1000, 9999)}"
    return _added(book, random, f"担当者の携帯電話（{number}）へ連絡した。")


@mistake("mail address of a person", "persons")
def mail(book: Book, random: Random) -> Planted | None:
    """t.yamada@example.co.jp."""
    user = random.choice(("t.yamada", "sato.hanako", "k-mori88", "info-tanaka"))
    return _added(book, random, f"資料は{user}@example.co.jpへ送付した。")


@mistake("My Number", "persons")
def my_number(book: Book, random: Random) -> Planted | None:
    """Twelve digits with a check digit that fits."""
    digits = [random.randint(1, 9) for _ in range(11)]
    weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
    rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    number = "".join(map(str, digits)) + str(0 if rest <= 1 else 11 - rest)
    return _added(book, random, f"個人番号{number}の登録内容を確認した。")


@mistake("symbol and number of an insured person", "persons")
def insured_number(book: Book, random: Random) -> Planted | None:
    """記号 12345678 番号 123."""
    symbol, number = random.randint(10_000_000, 99_999_999), random.randint(1, 999)
    return _added(book, random, f"記号{symbol}　番号{number}の届出を返戻した。")
