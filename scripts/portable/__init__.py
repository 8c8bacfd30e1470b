"""The portable folder: Python and kenpo-xl in one folder that runs from a share, without being installed.

`python_home` lays out Python itself, `wheels` the libraries, `bytecode` compiles them, `documents` lists what
the folder holds, `checks` reads a finished folder.
"""
