"""Rules on the cells of tables (値, 計算) and on ratings (評価).

One module for each kind of mistake in a value.
"""
