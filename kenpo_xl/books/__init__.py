"""The workbooks that staff know, one package for each: its contract, its writer and its reader.

plan 計画.xlsx, input 入力ブック, planner 取りまとめ.xlsm, report 事業実施状況, board 提出状況.xlsx.
"""
