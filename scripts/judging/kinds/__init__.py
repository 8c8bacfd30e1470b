"""The kinds of mistakes that the rules are tuned on, by what they are about."""
