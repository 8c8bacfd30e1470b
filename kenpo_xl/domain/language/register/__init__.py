"""How an office writes of itself and of others.

No words of respect for what it did, the kana of official texts, and 同社 only where a company is named.
"""
