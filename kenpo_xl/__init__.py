"""Input books in, status report out: Excel and Python for the 事業実施状況 of a 協会けんぽ branch."""

__version__ = "0.2.0"
