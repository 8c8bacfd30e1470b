"""Nouns of reports by what is done with them."""

from __future__ import annotations

_ACTIONS = """
実施 開催 送付 発送 配布 配付 掲載 作成 依頼 徹底 周知 公募 報告 訪問 開始 通知 案内
説明 確認 点検 審査 照会 回収 請求 催告 督促 受診 受講 参加 出席 協議 連携 協力 提供
提出 登録 申請 把握 分析 検討 整備 強化 推進 促進 拡大 改善 向上 削減 増加 減少 上昇
低下 達成 公表 発信 配信 活用 利用 設置 設定 策定 決定 選定 締結 契約 委託 委嘱 支援
指導 勧奨 共有 管理 対応 処理 集計 調査 議論 審議 承認 意見交換 表彰 募集 抽出 郵送
収集 構築 導入 展開 見学 派遣 配置 任命 取得 納付 返還 返納 支給 決裁 更新 変更 修正
訂正 追加 廃止 延期 中止 終了 完了 継続 再開 紹介 回答 相談 面談 架電 啓発 広報 監査
検査 測定 評価 検証 比較 記載 記入 入力 印刷 保管 廃棄 移行 統合 分担 担当 従事 所属
該当 判明 発生 経過 到達 充足 超過 要請 要望 提案 助言 育成 養成 開拓 確保 適用 解消
防止 予防 抑制 維持 短縮 軽減 簡素化 効率化
"""
ACTIONS = tuple(_ACTIONS.split())
"""Nouns that make a verb with する."""

_IMPROVED = """
向上 周知 推進 促進 強化 適正化 連携 充実 徹底 改善 拡大 普及 浸透 共有 定着 削減
解消 増進 確保 啓発 軽減 効率化 簡素化 迅速化 標準化 平準化 円滑化 活性化 育成 整備
抑制 縮減 防止 疎通 醸成 底上げ 低減 節減 理解
"""
IMPROVED = tuple(_IMPROVED.split())
"""What an office brings about (を図る)."""

_EVENTS = """
健診 健康診査 集団健診 説明会 研修会 研修 セミナー 講座 検査 面談 監査 訓練 相談会 会議
講演会 打合せ 意見交換 意見交換会 ミーティング 教室 キャンペーン フォーラム 測定会 体験会
アンケート 調査 点検 勧奨 訪問 指導 広報 催告 イベント 表彰式 シンポジウム
"""
EVENTS = tuple(_EVENTS.split())
"""What is held, and holds nothing itself."""

_PAPERS = """
文書 案内文書 案内文 案内 通知 通知書 資料 チラシ リーフレット 冊子 パンフレット 申請書
はがき ハガキ 催告書 督促状 調査票 お知らせ 勧奨文書 依頼文書 依頼文 納付書 ポスター
"""
PAPERS = tuple(_PAPERS.split())
"""What is sent or handed out."""

_ASKED = """
協力 参加 提出 掲載 配布 周知 回答 返納 納付 受診 利用 実施 出席 返送
"""
ASKED = tuple(_ASKED.split())
"""What others are asked for (を依頼する)."""

_GROUNDS = """
結果 意見 状況 実績 趣旨 内容 指摘 改正 課題 分析 方針 こと 事情 反省 経験 現状 要望
動向
"""
GROUNDS = tuple(_GROUNDS.split())
"""What is taken into account (を踏まえる)."""

_COMPARED = """
前年度 前年同期 前年 目標 目標値 計画 予定 見込み 平均 水準 全国平均 前回 件 人 ％ %
回 社
"""
COMPARED = tuple(_COMPARED.split())
"""What a figure is above or below (を上回る)."""

_AMOUNTS = """
率 件数 者数 人数 割合 質 利便性 満足度 認知度 意識 精度
"""
AMOUNTS = tuple(_AMOUNTS.split())
"""What rises and falls."""

_PARTNERS = """
団体 医師会 薬剤師会 市町村 労働局 県 協会 基金 会議所 年金事務所 協議会
"""
PARTNERS = tuple(_PARTNERS.split())
"""With whom something is done (と連携する)."""

_ASKERS = """
要望 期待 ニーズ 要請 声 質問 アンケート 問い 照会
"""
ASKERS = tuple(_ASKERS.split())
"""What is answered (に応える)."""

_THINGS = """
分析 検討 検証 調査 周知 勧奨 督促 催告 照会 依頼 訪問 協議 契約 協定 研修 講習 説明 公募 募集 集計 抽出
回収 徴収 収集 提供 配布 配付 送付 発送 掲載 作成 策定 選定 整備 更新 改修 修正 見直し 取組 取り組み 啓発 表彰
意見交換 情報交換 情報共有 打合せ 聞き取り 働きかけ 呼びかけ 取りまとめ 再確認 申入れ 業種 項目 課題 内容 方法
方針 基準 目標 計画 制度 体制 様式 書式 要領 要綱 手順 手引き 手引 一覧 名簿 台帳 議事録 報告書 計画書 契約書
協定書 案内文 講座 教室 出前講座 相談会 説明会 研修会 講習会 勉強会 講演会 体験会 測定会 報告会
対策 施策 支援策 情報 データ 動画 記事 広告 特集 問題点 改善案 改善策 原案 素案 予算 経費 日程 期限
アンケート キャンペーン イベント セミナー フォーラム ポスター チラシ マニュアル メール コーナー
リーフレット パンフレット カード 封筒 用紙 のぼり 横断幕
手順書 説明書 証明書 確認書 届出書 意見書 申出書 仕様書 要望書 帳票 書類 債権 保険証 給付金 返納金
助成金 補助金 保険料 手数料 名札 写真 機器 備品 会場
"""
THINGS = tuple({*_THINGS.split(), *EVENTS, *PAPERS} - {"広報", "監査", "点検", "会議"})
"""What is made, held or worked out, and does nothing itself; no names of sections."""

_MADE = """
実施 開催 送付 発送 配布 配付 郵送 作成 掲載 策定 選定 締結 設置 設定 把握 提出 提供 回収 収集 抽出 整備 整理
共有 周知 配信 発信 発行 公表 公開 募集 登録 調達 購入 印刷 編集 修正 訂正 導入 構築 推進 促進 確保 委託 集計
開設 交付 手配 準備 依頼 掲示 採用 開始 検討 検証 分析 議論 紹介
"""
MADE = tuple(_MADE.split())
"""What someone does with a thing: verbs with する that need an object."""

PERSONS = (
    *("対象者", "受診者", "未受診者", "加入者", "被保険者", "被扶養者", "利用者", "該当者"),
    *("事業主", "事業所", "医療機関", "薬局", "市町村"),
)
"""Whom one calls and writes to."""
