"""The planner's book (取りまとめ.xlsm): adjustments, and the state of the submissions.

Written by `build`, read into adjustments by `report`.
"""
