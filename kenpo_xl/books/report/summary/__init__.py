"""The sheet 概要: the report on one page, after the cover.

What is drawn on it are rectangles at places in pixels, which Excel and LibreOffice show alike.
"""
