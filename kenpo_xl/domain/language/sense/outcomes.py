"""Whether a clause reports what an office wants or what it does not want: 好評を得た, 処理が遅延した."""

from __future__ import annotations

from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.lazy_patterns import LazyPattern

_WANTED = (
    r"(?<![未非])(?:参加者?|申し?込み?者?|応募者?|受講者?|受診(?:者|率)?|来場者|出席者|回答者?|登録者?|利用者?|実施(?:率|者)|実施件数"
    r"|回収(?:率|額|金額|件数)|提出|委嘱|査定[額率]|達成率|満足度|応札者?|認知度|理解度|郵送化率|取得率|普及率|受電率|登録率"
    r"|競争性|精度|品質|意欲|関心|信頼|サービス)"
)
_UNWANTED = (
    r"苦情|返戻|誤り|不備|未提出|未回答|滞納|待ち時間|事故|ミス|残業|時間外勤務|混雑|漏えい"
    r"|未納|不正|無資格受診|処理日数"
)
_COUNT = r"(?:者|件|人|社)?(?:の)?(?:数|件数|人数|率|割合|額)?"
_UP = r"(?:増加|増え|伸び(?!悩)|上昇|向上|高ま|高くな|改善|多くな|多かった|急増|倍増)"
_DOWN = r"(?:減少|減っ|減り|低下|下降|落ち込|下が|少なくな|少なかった|短縮|半減|急減)"
_MOVED = r"(?:は|が|も)[^。、]{0,14}?"
_NOT = r"(?:て(?:い|は)?)?(?:な[いか]|ず|ません)"
_MOVES_TEXT = """
増加 増え 伸び 上昇 向上 高ま 高くな 改善 多くな 多かった 急増 倍増 減少 減っ 減り 低下 下降 落ち込 下が
少なくな 少なかった 短縮 半減 急減
"""
_POOR_TEXT = """
低調 不調 伸び悩 低迷 停滞 滞っ 滞り 遅延 遅れ 下回 届か 及ば 満た 未達 不足 悪化 後退 不評 鈍化 苦戦
苦情が でき
進んで 進で 進ま 至ら 得られ 集まら 見られ 達し 少な とどまっ 課題 問題が 懸念 支障 混乱 困難
"""
_GOOD_TEXT = """
好評 好調 盛況 順調 円滑に 良好 高い評価 高く評価 成果 効果 上回 達成 到達し 突破し 理解 協力 賛同 評価 解消
定着し 浸透し 満足 多く
"""
_POOR = LazyPattern(
    r"低調|不調|伸び悩|低迷|停滞|滞[っり]|遅延(?!なく|することなく|を)|遅れ(?!を取り戻|なく|ることなく|ず)|下回[っりる]"
    rf"|届か[なず]|及ば[なず]|満た[なず]|未達(?!成?では)|不足(?!なく|を)|悪化|後退|不評|鈍化|苦戦|苦情が(?:寄せ|多|続)"
    rf"|(?:でき|進ん?で|進ま|至ら|得られ|改善し|改善され|集まら|見られ|達し){_NOT}"
    r"|少な(?:い|か|く)|とどまっ|課題|問題が|懸念|支障|混乱|困難"
    rf"|(?:{_WANTED}){_COUNT}{_MOVED}{_DOWN}|(?:{_UNWANTED}){_COUNT}{_MOVED}{_UP}",
    needs=(*_POOR_TEXT.split(), *_MOVES_TEXT.split()),
)
_GOOD = LazyPattern(
    r"好評|好調|盛況|順調|円滑に|良好|高い評価|高く評価|(?:成果|効果)(?:が|を|も)?(?:上が|上げ|あ[っが]|得|表れ|現れ|出[てた]|見られ)"
    r"|改善(?:した|し[、て]|され|が見)|向上(?:した|し[、て]|が見)|上回[っりる](?!ため|よう)|達成(?:した|し[、て]|でき)|到達し|突破し"
    r"|(?:理解|協力|賛同|評価)(?:が|を|も)?(?:得[たてら]|いただい)|解消(?:した|し[、て]|され)|短縮(?:した|し[、て]|され)"
    r"|定着し|浸透し|満足(?:度)?(?:が|は|も)高|多く(?:の[^。、]{1,10}?)?(?:が|から)?(?:参加|申し?込み|応募|回答|出席|来場)"
    rf"|(?:{_WANTED}){_COUNT}{_MOVED}{_UP}|(?:{_UNWANTED}){_COUNT}{_MOVED}{_DOWN}",
    needs=(*_GOOD_TEXT.split(), *_MOVES_TEXT.split()),
)
_NOT_YET = AnyOf(
    "必要|求められ|目指|目標とし|ためには|べく|見込|期待|予定|可能性|かどうか|場合|恐れ|おそれ|ないよう"
)
_LESS_IS_GOOD = AnyOf(
    "時間外|残業|苦情|事故|費用|経費|コスト|日数|誤り|返戻|未提出|滞納|待ち時間|漏え|一者応札|医療費|予算"
)
_EITHER_WAY = AnyOf("上回|下回|低下|上昇")


def sign_of_outcome(clause: str) -> int:
    """1 for a clause that reports what is wanted, -1 for the contrary; 0 for neither, both, and wishes."""
    if _NOT_YET.is_in(clause):
        return 0
    parts = clause.split("、")
    values = {_sign_of_part(part) for part in parts} - {0}
    return values.pop() if len(values) == 1 else 0


def _sign_of_part(part: str) -> int:
    if _LESS_IS_GOOD.is_in(part) and _EITHER_WAY.is_in(part):
        return 0
    return -1 if _POOR.search(part) else int(bool(_GOOD.search(part)))
