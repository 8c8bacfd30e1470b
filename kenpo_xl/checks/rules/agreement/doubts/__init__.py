"""What a careful reader asks about a sentence, in whatever words it is written.

Each rule here is a notice, and gives way to any other in its cell.
"""
