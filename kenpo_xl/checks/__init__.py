"""The rules: `registry` declares one, `engine` runs them over a `context`.

The rules themselves are in `rules`, functions that several of them share in `support`.
"""
