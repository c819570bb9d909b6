"""`python -m analyser` is the same as `analyser`."""

from analyser.cli import main

main()
