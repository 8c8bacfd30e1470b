"""Times of one sentence, line or item that contradict each other or the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from scripts.judging.book import Book, edit
from scripts.judging.mistakes import Planted, long_sentences, mistake, pick

# The years of every judged plan begin in April.
_MONTHS_OF_YEAR = FiscalYear(0).months

_WEEKDAYS = "月火水木金土日"
_QUARTERS = ((4, 6), (7, 9), (10, 12), (1, 3))


def _one_of(book: Book, random: Random, forms: Sequence[str]) -> Planted | None:
    """One of some sentences behind a line."""
    line, words = pick(random, long_sentences(book)), random.choice(list(forms))
    return line.typed(line.text + words, words) if line else None


def _era(book: Book) -> int:
    return book.plan.fiscal_year - 2018


def _days(book: Book, random: Random, count: int, *, least: int = 2) -> list[date]:
    """Days of the fiscal year until the as-of date, in their order, some days apart."""
    first, last = date(book.plan.fiscal_year, 4, 3), book.plan.period.as_of
    length = (last - first).days - 3 - least * count
    found = sorted(random.sample(range(length), count))
    return [first + timedelta(days=one + least * place) for place, one in enumerate(found)]


def _said(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _two_months(book: Book, random: Random, *, apart: int = 1) -> tuple[int, int]:
    """Two months that are over, the earlier one first."""
    over = book.plan.fiscal_year.elapsed_months(book.plan.as_of_month)
    first = random.randint(0, over - apart - 1)
    return _MONTHS_OF_YEAR[first], _MONTHS_OF_YEAR[random.randint(first + apart, over - 1)]


@mistake("quarter with the months of another", "time")
def quarter_of_other_months(book: Book, random: Random) -> Planted | None:
    """第3四半期（7～9月）."""
    quarter = random.randint(1, book.plan.period.number)
    first, last = random.choice([one for at, one in enumerate(_QUARTERS, 1) if at != quarter])
    middle = _MONTHS_OF_YEAR[_MONTHS_OF_YEAR.index(first) + 1]
    forms = (
        f"第{quarter}四半期（{first}～{last}月）の件数は横ばいである。",
        f"第{quarter}四半期（{first}月から{last}月まで）に訪問した事業所へ、文書で礼状を送付した。",
        f"{first}月～{last}月（第{quarter}四半期）は、窓口の混雑が続いた。",
        f"{first}月から{last}月までの第{quarter}四半期に、集中して周知を行った。",
        f"第{quarter}四半期に当たる{first}月から{last}月にかけて、広報を重点的に行った。",
        f"第{quarter}四半期（{first}月、{middle}月、{last}月）の点検は計画どおり終えた。",
        f"第{quarter}四半期の{middle}月に、点検の手順を改めた。",
    )
    return _one_of(book, random, forms)


@mistake("half with the months of the other", "time")
def half_of_other_months(book: Book, random: Random) -> Planted | None:
    """上半期（10～3月）."""
    name, first, last, middle = random.choice((("上", 10, 3, 11), ("下", 4, 9, 7)))
    forms = (
        f"{name}半期（{first}月～{last}月）の計画に沿って進めた。",
        f"{name}期（{first}～{last}月）に重点的に取り組むこととした。",
        f"{first}月から{last}月までの{name}期に、事業所への訪問を行うこととしている。",
        f"{name}半期の{middle}月に、手順書を見直した。",
        f"{name}期中の{middle}月に、説明会の資料を改めた。",
    )
    return _one_of(book, random, forms)


@mistake("months of a span miscounted", "time")
def months_miscounted(book: Book, random: Random) -> Planted | None:
    """4月から9月までの5か月間."""
    first, last = _two_months(book, random, apart=2)
    right = (last - first) % 12 + 1
    wrong = right + random.choice((-1, 1, 2))
    forms = (
        f"{first}月から{last}月までの{wrong}か月間、窓口に相談員を置いた。",
        f"{first}月～{last}月の{wrong}か月間で、全ての対象者に案内した。",
        f"{first}月から{last}月まで（{wrong}カ月間）、電話の受付時間を延ばした。",
        f"{wrong}ヶ月間（{first}～{last}月）にわたり、ポスターを掲示した。",
        f"{wrong}か月にわたり（{first}月から{last}月まで）、記事を連載した。",
    )
    return _one_of(book, random, forms)


@mistake("days of a span miscounted", "time")
def days_miscounted(book: Book, random: Random) -> Planted | None:
    """10月1日から10日までの9日間."""
    (first,) = _days(book, random, 1)
    first = first.replace(day=random.randint(1, 15))
    length = random.randint(4, 12)
    last = first + timedelta(days=length - 1)
    wrong = length + random.choice((-1, 1, 2))
    forms = (
        f"{_said(first)}から{_said(last)}までの{wrong}日間、駅前で広報を行った。",
        f"{_said(first)}から{last.day}日までの{wrong}日間、臨時の窓口を設けた。",
        f"{_said(first)}～{last.day}日（{wrong}日間）に街頭で周知した。",
        f"{first.month}/{first.day}～{last.month}/{last.day}の{wrong}日間、動画を配信した。",
    )
    return _one_of(book, random, forms)


@mistake("years of a span miscounted", "time")
def years_miscounted(book: Book, random: Random) -> Planted | None:
    """令和4年度から令和6年度までの2年間."""
    last, length = _era(book), random.randint(3, 5)
    first, wrong = last - length + 1, length + random.choice((-1, 1))
    forms = (
        f"令和{first}年度から令和{last}年度までの{wrong}年間の推移を分析した。",
        f"過去{wrong}年間（令和{first}～{last}年度）の傾向を整理した。",
        f"令和{first}年度～令和{last}年度の{wrong}か年の実績を比べた。",
    )
    return _one_of(book, random, forms)


@mistake("year before or after with another number", "time")
def relative_year(book: Book, random: Random) -> Planted | None:
    """前年度（令和6年度） in fiscal 令和6年度."""
    own = _era(book)
    before, after = own - random.choice((0, 2)), own + random.choice((0, 2, 3))
    if book.plan.is_year_end:
        after = own + 3
    forms = (
        f"前年度（令和{before}年度）の実績を上回った。",
        f"前年度（R{before}）に比べて応募が増えた。",
        f"昨年度（令和{before}年度）の反省を踏まえ、案内の時期を早めた。",
        f"前年度である令和{before}年度の結果を分析した。",
        f"次年度（令和{after}年度）の計画に反映させる。",
        f"来年度（令和{after}年度）に向け、委託先の選定を進めている。",
        f"翌年度の令和{after}年度から様式を改める予定である。",
        f"今年度（令和{own - 1}年度）は、訪問の件数を増やした。",
        f"本年度（令和{own - 2}年度）の重点事項とした。",
    )
    return _one_of(book, random, forms)


@mistake("answer before its question", "time")
def answer_before_question(book: Book, random: Random) -> Planted | None:
    """12月10日に受理し、12月3日に回答した."""
    first, then = map(_said, _days(book, random, 2))
    forms = (
        f"県からの照会を{then}に受け、{first}に回答した。",
        f"{then}付けの照会に対し、{first}に回答した。",
        f"申請を{then}に受け付け、{first}に支給を決定した。",
        f"{then}に届いた申請書について、{first}に審査を終えた。",
        f"見積りを{then}に依頼し、{first}に業者から提出があった。",
        f"機器を{then}に発注し、{first}に納品された。",
        f"会議の案内を{then}に送付し、{first}に会議を開催した。",
        f"公募を{then}に開始し、{first}に委託先を決定した。",
    )
    return _one_of(book, random, forms)


@mistake("end before its begin", "time")
def end_before_begin(book: Book, random: Random) -> Planted | None:
    """11月5日に開始し、10月31日に終了した."""
    first, then = map(_said, _days(book, random, 2))
    early, late = _two_months(book, random)
    era = _era(book)
    forms = (
        f"調査は{then}に開始し、{first}に終了した。",
        f"{late}月に着手し、{early}月に完了した。",
        f"受付を{then}に始め、{first}に締め切った。",
        f"改修は{late}月に始まり、{early}月に終わった。",
        f"令和{era}年{late if late > 3 else 12}月から令和{era - 1}年9月まで掲示した。",
        f"実施期間は令和{era}年10月～令和{era}年2月である。",
    )
    return _one_of(book, random, forms)


@mistake("deadline before its notice", "time")
def deadline_before_notice(book: Book, random: Random) -> Planted | None:
    """11月8日に、10月31日を期限とする通知."""
    first, then = map(_said, _days(book, random, 2))
    forms = (
        f"{then}に調査票を送付し、{first}を回答期限とした。",
        f"{then}に、{first}を期限として提出を依頼した。",
        f"提出期限を{first}として、{then}に事業所へ通知した。",
        f"募集の案内を{then}に発送した（締切：{first}）。",
        f"{then}に発送した調査票の回答期限は{first}である。",
        f"{then}に案内し、{first}までに申し込むよう求めた。",
    )
    return _one_of(book, random, forms)


@mistake("later ordinal before the earlier", "time")
def ordinals_swapped(book: Book, random: Random) -> Planted | None:
    """第1回を11月14日に、第2回を10月17日に開催した."""
    first, then = _days(book, random, 2)
    early, late = _two_months(book, random)
    forms = (
        f"第1回を{_said(then)}に、第2回を{_said(first)}に開催した。",
        f"第1回研修会を{late}月に、第2回研修会を{early}月に行った。",
        f"勉強会を2回（第1回：{_said(then)}、第2回：{_said(first)}）開催した。",
        f"{_said(then)}に第1回、{_said(first)}に第2回の打合せを行った。",
        f"1回目は{late}月、2回目は{early}月に発送した。",
        f"第1回（{then.month}/{then.day}）、第2回（{first.month}/{first.day}）とも会場で開催した。",
    )
    return _one_of(book, random, forms)


@mistake("ordinal repeated or skipped", "time")
def ordinal_repeated(book: Book, random: Random) -> Planted | None:
    """第1回（5月10日）、第1回（7月5日）."""
    one, two, three = map(_said, _days(book, random, 3))
    forms = (
        f"第1回（{one}）、第2回（{two}）、第2回（{three}）の打合せを行った。",
        f"第1回を{one}に、第1回を{two}に開催した。",
        f"打合せは、第1回を{one}に、第3回を{two}に、第4回を{three}に行った。",
        f"第1回（{one}）、第2回（{two}）、第4回（{three}）に分けて発送した。",
        f"1回目を{one}、1回目を{two}に発送した。",
    )
    return _one_of(book, random, forms)


@mistake("month or day after misnamed", "time")
def next_misnamed(book: Book, random: Random) -> Planted | None:
    """10月に発送し、翌月の12月に."""
    early, late = _two_months(book, random, apart=2)
    early = _MONTHS_OF_YEAR[_MONTHS_OF_YEAR.index(late) - 2]
    (day,) = _days(book, random, 1)
    after = day + timedelta(days=2)
    forms = (
        f"{early}月に文書を発送し、翌月の{late}月に電話をかけた。",
        f"{early}月に抽出し、翌月（{late}月）に発送した。",
        f"{late}月の件数は、前月（{early}月）を上回った。",
        f"{late}月は、前月の{early}月より相談が増えた。",
        f"{_said(day)}に研修を行い、翌日の{_said(after)}に資料を送付した。",
        f"{_said(day)}に面談し、3日後の{_said(after)}に文書を送付した。",
        f"{early}月の勧奨から1か月後の{late}月に再勧奨を行った。",
    )
    return _one_of(book, random, forms)


@mistake("weekday as a word beside another day", "time")
def weekday_word(book: Book, random: Random) -> Planted | None:
    """土曜日（12月20日）, 12月20日木曜日."""
    (day,) = _days(book, random, 1)
    right = _WEEKDAYS[day.weekday()]
    wrong = random.choice([one for one in _WEEKDAYS if one != right])
    number = (day.day - 1) // 7 + 1
    forms = (
        f"{wrong}曜日（{_said(day)}）に集団健診を行った。",
        f"{_said(day)}{wrong}曜日に相談会を開いた。",
        f"{wrong}曜日の{_said(day)}に集団健診を行った。",
        f"{_said(day)}の{wrong}曜日に街頭で周知した。",
        f"第{number % 4 + 1}{right}曜日（{_said(day)}）に相談会を開いた。",
        f"相談会を{day.month}/{day.day}（{wrong}曜）に開いた。",
    )
    return _one_of(book, random, forms)


@mistake("third of a month with a day of another", "time")
def third_of_month(book: Book, random: Random) -> Planted | None:
    """12月中旬（12月25日）."""
    (day,) = _days(book, random, 1)
    third = ("上旬", "中旬", "下旬")[min((day.day - 1) // 10, 2)]
    wrong = random.choice([one for one in ("上旬", "中旬", "下旬") if one != third])
    other = _MONTHS_OF_YEAR[_MONTHS_OF_YEAR.index(day.month) - 1]
    forms = (
        f"{day.month}月{wrong}（{_said(day)}）に案内を発送した。",
        f"{day.month}月{wrong}（{day.day}日）に記事を掲載した。",
        f"{_said(day)}（{wrong}）に関係団体へ通知した。",
        f"{other}月{third}（{_said(day)}）に広報誌を配布した。",
        f"{day.month}月{wrong}の{_said(day)}に打合せを行った。",
    )
    return _one_of(book, random, forms)


@mistake("times beside another number of dates", "time")
def times_of_dates(book: Book, random: Random) -> Planted | None:
    """4月、7月の3回."""
    one, two, three = (day.month for day in _days(book, random, 3, least=35))
    over = book.plan.fiscal_year.elapsed_months(book.plan.as_of_month)
    last = book.plan.as_of_month.number
    forms = (
        f"{one}月、{two}月の3回、担当者会議を開いた。",
        f"{one}月と{two}月と{three}月の2回、案内を送付した。",
        f"{one}月、{two}月及び{three}月に計2回開催した。",
        f"4月から{last}月まで毎月1回、計{over - 1}回の打合せを行った。",
        f"四半期ごとに年{random.choice((2, 3, 6))}回、記事を掲載することとしている。",
        f"毎月1回、年間{random.choice((10, 11, 14))}回の発行を計画している。",
        f"隔月で年{random.choice((4, 5, 8))}回発行することとしている。",
    )
    return _one_of(book, random, forms)


@mistake("fiscal year for calendar year", "time")
def fiscal_for_calendar(book: Book, random: Random) -> Planted | None:
    """令和7年度（令和7年1月～3月）."""
    own = _era(book)
    forms = (
        f"令和{own}年度（令和{own - 1}年4月～令和{own}年3月）の実績を集計した。",
        f"令和{own - 1}年度（令和{own}年4月から令和{own + 1}年3月まで）の結果を分析した。",
        f"令和{own + 1}年1月（令和{own + 1}年度第4四半期）に改正が行われる予定である。",
        f"令和{own + 1}年度第4四半期（令和{own + 1}年1月～3月）に点検を行う予定である。",
        f"令和{own + 1}年2月（令和{own + 1}年度）に周知する予定である。",
    )
    return _one_of(book, random, forms)


@mistake("consequence before its cause", "time")
def consequence_before_cause(book: Book, random: Random) -> Planted | None:
    """11月に抽出し、その結果に基づき10月に送付した."""
    early, late = _two_months(book, random)
    first, then = map(_said, _days(book, random, 2))
    forms = (
        f"対象者の抽出を{late}月に行い、その結果に基づき{early}月に文書を送付した。",
        f"{then}に開催し、その後{first}に議事録を公開した。",
        f"{then}の会議での意見を踏まえ、{first}に案内文を改めた。",
        f"{late}月の本部通知を受け、{early}月に手順書を改めた。",
        f"{then}に文書を送付し、続いて{first}に電話で勧奨した。",
        f"{late}月に実施したアンケートの結果を、{early}月に公表した。",
        f"{then}に委員の意見を聴いた上で、{first}に方針を決めた。",
    )
    return _one_of(book, random, forms)


@mistake("clock times that cannot be", "time")
def clock_times(book: Book, random: Random) -> Planted | None:
    """17時から9時まで, 13時75分."""
    early, late = random.randint(8, 11), random.randint(13, 18)
    forms = (
        f"窓口の受付は{late}時から{early}時までとした。",
        f"受付時間を午前{early}時～午前{early - 2}時に改めた。",
        f"説明会は{late}:30～{late}:00に行った。",
        f"説明会は{late}時{random.randint(60, 95)}分に始めた。",
        f"研修は午前{late}時から行った。",
    )
    return _one_of(book, random, forms)


@mistake("numbered meeting with two dates", "time")
def numbered_meeting(book: Book, random: Random) -> Planted | None:
    """第2回運営委員会（10月8日） here, 第2回運営委員会を10月18日に there."""
    first, then = map(_said, _days(book, random, 2))
    name, number = random.choice(("健康づくり推進", "広報企画", "業務改善")), random.randint(2, 4)
    kind = random.choice(("委員会", "会議", "検討会", "研修会"))
    lines = long_sentences(book)
    if len(lines) < 2:
        return None
    here, there = random.sample(lines, 2)
    said = f"第{number}回{name}{kind}を{first}に開催した。"
    again = random.choice(
        (
            f"第{number}回{name}{kind}（{then}）で意見を聴いた。",
            f"{then}開催の第{number}回{name}{kind}において報告した。",
            f"{then}の第{number}回{name}{kind}に出席した。",
        )
    )
    edits = (edit(here.cell, here.text + said), edit(there.cell, there.text + again))
    return Planted(f"{said} / {again}", edits, (here.cell, there.cell))


@mistake("over, but planned in other words", "time")
def planned_in_other_words(book: Book, random: Random) -> Planted | None:
    """第2四半期に実施する予定, as of December."""
    quarter = book.plan.period.number
    over = book.plan.fiscal_year.elapsed_months(book.plan.as_of_month)
    early = _MONTHS_OF_YEAR[random.randint(max(over - 4, 0), over - 2)]
    if quarter == 1:
        return None
    forms = [
        f"第{quarter - 1}四半期に説明会を開催する予定である。",
        f"第{quarter - 1}四半期中に案内を発送する予定。",
        f"{early}月を目途に、手順書を見直すこととしている。",
        f"{early}月に開催する研修会に向け、準備を進めている。",
        f"{early}月の実施に向けて、関係団体と調整中である。",
        f"{early}月からの開始を予定している。",
    ]
    if quarter > 2:
        forms.append("上期に訪問を行う予定である。")
    return _one_of(book, random, forms)


@mistake("to come, but done in other words", "time")
def done_in_other_words(book: Book, random: Random) -> Planted | None:
    """第4四半期に実施した, as of December."""
    quarter = book.plan.period.number
    if quarter == 4:
        return None
    elapsed = book.plan.fiscal_year.elapsed_months(book.plan.as_of_month)
    month = random.choice(_MONTHS_OF_YEAR[min(elapsed + 1, 11) :])
    forms = (
        f"第{quarter + 1}四半期に説明会を3回開催した。",
        f"{month}月の研修会には52名が参加した。",
        f"{month}月の訪問件数は31件であった。",
        f"{month}月14日開催の説明会に、84名が参加した。",
        f"{month}月中旬に発送し、120件の回答があった。",
        f"{month}月14日、関係団体との会議に出席した。",
    )
    return _one_of(book, random, forms)
