"""Rules on what one sentence says of its own numbers (整合).

Words that compare two numbers, quotients, parts of a total, signs, and amounts stated twice.
"""
