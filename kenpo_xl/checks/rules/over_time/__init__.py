"""Rules over time (時系列): this period's book beside what was reported before.

They are skipped, with the reason, where no earlier period is known.
"""
