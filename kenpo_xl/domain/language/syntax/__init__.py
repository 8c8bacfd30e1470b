"""How the words of a sentence depend on each other.

Two predicates where one belongs, a conjunction with nothing behind it, a purpose without its negation.
"""
