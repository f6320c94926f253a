"""Which changes of the code no test notices. ``python -m scripts.mutants --help`` says how."""
