"""What a group submitted: entries and lines with their cells, and what else its book contains.

Also which item of the plan a part of the book belongs to, and which of two books counts.
"""
