"""Rules on sentences (表記, 個人情報): dates, periods, preferred words, personal data.

They read all text that will be printed.
"""
