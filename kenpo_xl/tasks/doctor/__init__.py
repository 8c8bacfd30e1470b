"""What a PC needs for the buttons: facts are collected, judged, and put into sentences.

Nothing that a workbook names is started.
"""
