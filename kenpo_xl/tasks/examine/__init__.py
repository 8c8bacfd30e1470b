"""What a check makes of a whole period: the planner's adjustments in it, and all that is open.

Report, board and night take what is found here, so that none of them calls finished what another does not.
"""
