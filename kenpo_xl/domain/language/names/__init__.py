"""Names of bodies, events and laws (名称), and those that differ from the known ones by a letter.

No dictionary is needed.
"""
