"""Good ratings beside a sentence that says what is late or was not done (評価)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import ANY_OTHER, rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted, sentences_with_start
from kenpo_xl.checks.support.rating_reasons import levels_of_rating, reasoned_ratings
from kenpo_xl.checks.support.sentences.achievements import GOOD
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

_ACT = (
    r"(?:着手|実施|開催|達成|対応|訪問|送付|発送|作成|策定|配布|配付|導入|開始|行う?こと|開くこと|終えること)"
)
_BEHIND = LazyPattern(
    rf"(?:{_ACT}(?:は|も|が|に(?:は)?)?(?:まだ|一度も|ほとんど)?(?:(?:でき|して|され)(?:て(?:い|は)な|な|ず)|至って(?:い|は)な|至らな)"
    r"|(?:行え|行わ|行って(?:い|は)|開け|開いて(?:い|は)|終えて(?:い|は)|進んで(?:い|は)|整って(?:い|は)|始まって(?:い|は)|始められ)(?:て(?:い|は))?な"
    r"|(?:計画|予定|当初)(?:より|から)(?:も)?(?:大幅に|大きく|やや)?遅れ|遅れ(?:て(?:い|お)|が(?:生じ|出|続)|を取り戻せ)|遅延(?:して|が生じ)|滞って|停滞して"
    r"|(?:実施|開催|着手)(?:を|は)(?:見送|断念)|未(?:着手|実施|達成)(?:である|となって|のまま|に終わ|。|$)|頓挫|手つかず|手付かず|間に合わな|めどが立|目途が立)"
    r"[^。、]{0,12}(?:。|、|$)",
    needs="な見遅滞停未頓手間め目",
)
_OF_OTHERS = AnyOf(
    "前年|昨年|一部|ものの|が、|ほか|事業所が|事業主が|者が|機関が|市町村が|団体が|国の|本部の|システム改修|提出|回答|納付|返納|場合|よう|ため、|次年度|来年度"
    "|解消|改善|取り戻した|挽回|代わ|代替|対象者は|事業所は|件は|うち|のみ|だけ|債務|未治療|未受診|事業所に|者に|機関に"
)


@rule(
    "RA34",
    Family.RATING,
    Severity.INFO,
    "評価は計画どおり以上ですが、遅れや未実施が書かれています",
    why="〇 の横に「着手できていない」とあると、評価の理由を尋ねられます。",
    remedy="文と評価のどちらが正しいか確かめてください。両方正しければ、その事情を文に書き添えてください。",
    superseded_by=(ANY_OTHER,),
)
def good_rating_beside_what_is_late(context: CheckContext) -> Iterator[Violation]:
    """遅れており, 着手できていない, 見送った as the verb of a clause under a rating for what was met.

    Silent where the sentence says that it is of a part, of others (事業所が) or made up for (改善).
    """
    lines: dict[tuple[str, str], list[PrintedText]] = {}
    for written in printed_lines(context):
        lines.setdefault((written.item.id, written.block), []).append(written)
    for item, rating in reasoned_ratings(context):
        levels = levels_of_rating(context, rating)
        texts = lines.get((item.id, rating.block), []) if levels and levels <= GOOD else []
        for written in texts:
            for start, sentence in _sentences_on_what_is_late(written.text):
                assert rating.source is not None
                yield written.violation(
                    start,
                    f"{quoted(sentence)}とありますが、評価は「{rating.glyph.strip()}」です。",
                    "文と評価のどちらが正しいか確かめてください。",
                    actual=sentence[:30],
                    related=(rating.source,),
                )


def _sentences_on_what_is_late(text: str) -> Iterator[tuple[int, str]]:
    for sentence, start in sentences_with_start(text):
        if _BEHIND.search(half_width(sentence)) and not _OF_OTHERS.is_in(sentence):
            yield start, sentence.strip(LINE_MARKS)
