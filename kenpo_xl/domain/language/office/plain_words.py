"""Words of ordinary writing that only read like one of the office: 団塊 and 段階, 実効性 and 実行."""

from __future__ import annotations

_WORDS = (
    "長級 湯治 時季 隔日 不断 晩秋 冬至 閑散 繁忙 至便 軽易 性急 誇大 高評 不信 侵害 充用 涵養 歌唱 滑降 "
    "上程 自重 抱負 警鐘 耕作 農耕 価額 公序 公舎 付則 綱紀 綱領 入管 簡裁 親権 典拠 条項 商法 団交 "
    "始期 終期 号俸 紀要 核心 衷心 史上 遺児 産学 産廃 嫌疑 秘訣 団塊 化膿 胸痛 末梢 間欠 子宮 筋腫 "
    "筋炎 血栓 血行 大腿 上肢 臼歯 口臭 軟膏 乾癬 斑点 紫斑 眼瞼 胸腔 核酸 糖化 動悸 痴呆 准看 婦長 "
    "大便 上水 硬度 硬貨 水晶 花瓶 帽子 皮革 原紙 原料 高架 海草 海藻 黄砂 降霜 天災 火事 電線 豆乳 "
    "香料 校旗 校歌 国歌 表情 終着 神話 貴社 人性 恒温 考証 不通 中段 粗鬆 痔核 帯状 疱疹 甲状 腱鞘 "
    "変性 扁桃 歯垢 高次 内製 不着 弾性 残薬 断薬 公簿 誤着 広聴 誤納 振休 特休 病休 現症 転帰 攻勢 "
    "親水 縮災 偽陽 偽陰 再検 自体 教会 出典 家電 地帯 最速 軽量 如何 公衆 紳士 酸化 壮大 視界 耐性 蛍光 "
    "官邸 格子 器用 強大 渓谷 粘土 食卓 人件 源泉 同名 死因 果汁 荷重 素性 総長 下級 胡椒 不妊 汽車 酵母 "
    "師範 聴衆 埠頭 変速 令嬢 違憲 山道 本島 紀行 線香 観衆 酸性 茶道 快晴 東名 両用 健常 小路 精巧 人名 "
    "邦人 高音 服飾 景勝 四角 船上 広義 長髪 不詳 広範 童謡 憲章 河口 真価 箇条 感嘆 親交 農夫 師弟 際限 "
    "体形 荒天"
)
_PHRASES = (
    "広範な 広範に 広範囲 狭義の 広義の 恒常的 恒常性 常態化 常態と 実効性 実効的 実効ある 需給調整 "
    "需給バランス 需給状況 需給見通 需用費 対症療法 対症的 耐性菌 真正性 真正な 磁気共鳴 磁気ディスク "
    "磁気テープ 最速で 戸別訪問 戸別配布 戸別受信 自浄作用 自浄能力 時機を 時機に 時宜を 盛会のうち "
    "盛会裏 公安委員 心療内科 後遺症 後遺障害 後天性 後天的 先天性 先天的 実戦的 不祥事 変性症 変性疾患 "
    "就農者 就農支援 必至と 必至で 必至の 意気込 抗生物質 抗生剤 日用品 景勝地 最前線 最前列 異状な "
    "異状が 動揺が 動揺を 動揺し 原子力 善後策 既済分 既済額 遺志を 体形の 弁理士 平気で 性腸症候群 "
    "理容師 理容所 理容店 理容業 理容組合 理容生活 修了者 修了証 修了生 修了率 修了式 修了認定 恒常化 "
    "真性の "
    "陽性者 陽性率 陽性反応 陽性と判 陽性の方 要精検 要精密"
)
_PLAIN_WORDS = frozenset(_WORDS.split())
"""Right wherever they stand."""
_BEGINNINGS = tuple(_PHRASES.split())
"""Right with what is behind them alone: 実効性, while 計画を実効した is a misconversion."""


def is_plain_word(text: str, start: int, word: str) -> bool:
    """Whether a word at a place of a text is meant as it is written, whatever else reads so."""
    return word in _PLAIN_WORDS or text.startswith(_BEGINNINGS, start)
