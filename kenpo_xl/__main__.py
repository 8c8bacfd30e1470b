"""`python -m kenpo_xl COMMAND …` runs `kenpo-xl COMMAND …`."""

from __future__ import annotations

from kenpo_xl.cli.commands import main

if __name__ == "__main__":
    main(prog_name="kenpo-xl")
