"""`python -m kb_gen` is `kb-gen`."""

from kb_gen.cli import main

if __name__ == "__main__":
    main()
