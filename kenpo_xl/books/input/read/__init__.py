"""Reads an input book into a submission, and lists what no reader took.

Parts are found by their defined names, else by their headers.
"""
