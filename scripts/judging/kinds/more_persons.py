"""More that tells of a person: ages beside names, numbers of licences and insurances, rooms."""

from __future__ import annotations

from random import Random

from scripts.judging.book import Book
from scripts.judging.mistakes import Planted, mistake, sentence_added


def _digits(random: Random, count: int) -> str:
    return str(random.randint(1, 9)) + "".join(random.choice("0123456789") for _ in range(count - 1))


@mistake("pension number of a person", "persons")
def pension(book: Book, random: Random) -> Planted | None:
    """基礎年金番号 1234-567890."""
    one, two = _digits(random, 4), _digits(random, 6)
    return sentence_added(
        book,
        random,
        f"基礎年金番号{one}-{two}の記録を確認した。",
        f"年金番号（{one}－{two}）を照会した。",
        f"年金手帳の番号は{one}-{two}であった。",
        f"基礎年金番号：{one}{two}",
    )


@mistake("number of an insurance or a licence", "persons")
def licence(book: Book, random: Random) -> Planted | None:
    """雇用保険被保険者番号 1234-567890-1, 旅券 TK1234567, 運転免許証 12 digits."""
    return sentence_added(
        book,
        random,
        f"雇用保険被保険者番号{_digits(random, 4)}-{_digits(random, 6)}-{random.randint(1, 9)}を確認した。",
        f"旅券番号 T{random.choice('KRZ')}{_digits(random, 7)} の写しを添付した。",
        f"運転免許証番号{_digits(random, 12)}で本人確認を行った。",
        f"在留カード番号はA{random.choice('BCZ')}{_digits(random, 8)}C{random.choice('DEF')}である。",
        f"被保険者証（{_digits(random, 8)}－{random.randint(1, 999)}）を回収した。",
        f"介護保険被保険者番号{_digits(random, 10)}の方から相談があった。",
    )


_NAMES = ("大谷", "三輪", "宇佐美", "浜口", "植松", "有馬", "佐竹", "浦野")
_GIVEN = ("一郎", "花子", "正夫", "美咲", "良子", "健太")


@mistake("name with an age", "persons")
def name_with_age(book: Book, random: Random) -> Planted | None:
    """大谷一郎（62歳）."""
    full = random.choice(_NAMES) + random.choice(("", " ", "　")) + random.choice(_GIVEN)
    age = random.randint(23, 88)
    return sentence_added(
        book,
        random,
        f"{full}（{age}歳）から相談があった。",
        f"{full}さん（{age}歳・女性）に受診を勧めた。",
        f"患者は{full}、{age}歳、男性である。",
        f"{full}氏（{age}）の申請を審査した。",
    )


@mistake("address down to the room", "persons")
def room(book: Book, random: Random) -> Planted | None:
    """みどりハイツ203号室."""
    number, floor = random.randint(101, 909), random.randint(1, 9)
    house = f"{random.randint(1, 9)}-{random.randint(1, 30)}-{random.randint(1, 20)}"
    return sentence_added(
        book,
        random,
        f"居所は中央町{house}-{number}であった。",
        f"みどりハイツ{number}号室に居住していることを確認した。",
        f"東町{house}　コーポあおば{number}に転居していた。",
        f"県営住宅{floor}号棟{number}号の入居者を訪問した。",
    )


@mistake("private mail address or mobile number", "persons")
def private_contact(book: Book, random: Random) -> Planted | None:
    """yamada@gmail.com, 080 1234 5678."""
    return sentence_added(
        book,
        random,
        f"連絡先は080 {_digits(random, 4)} {_digits(random, 4)}である。",
        f"携帯（090{_digits(random, 8)}）に架電した。",
        f"回答は yamada.t{random.randint(10, 99)}@gmail.com から届いた。",
        f"連絡先：０７０－{_digits(random, 4)}－{_digits(random, 4)}",
        f"hanako_{random.randint(1, 99)}＠docomo.ne.jp に返信した。",
    )
