"""A measuring stick for the rules: mistakes planted into clean books, and clean books varied."""
