"""List sheets of the plan book: 基本, 期, 施策, 評価基準, 過去実績, 検算, 用語.

One module for each group of sheets.
"""
