"""Findings (指摘), and the reasons with which staff accepted them (確認済).

A finding names its rule, its cell, the fact and the next act; a list of them is compared whole.
"""
