"""What all sheets of a plan book are read with: list sheets, placeholders, problems.

Every problem names its sheet and its cell.
"""
