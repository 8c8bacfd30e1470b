"""Every rule, found by being in a module below this package.

book: the file and its structure. figures: cells of tables, and ratings. agreement: two places that must
agree. over_time: what was reported before. text: wording, dates, privacy.
"""
