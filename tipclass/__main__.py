"""`python -m tipclass`."""

from tipclass.cli import main

if __name__ == "__main__":
    main()
