"""Rules on sentences that set two figures of a table side by side (整合).

More or less than another, so many times as many, and what rows make together.
"""
