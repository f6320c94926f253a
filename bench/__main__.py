"""`make bench`: every benchmark in turn, each in a process of its own.

make bench                      all of them
make bench ARGS="engine pages"  some of them
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def names() -> list[str]:
    """The benchmarks there are."""
    files = (path for path in HERE.glob("*.py") if "__main__" in path.read_text(encoding="utf-8"))
    return sorted(path.stem for path in files if path.stem != "__main__")


def main() -> int:
    """Run those that were asked for, or all; the exit code tells whether each ran through."""
    wanted = sys.argv[1:] or names()
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(names())}.")
        return 2
    failed = 0
    for name in wanted:
        print(f"\n=== {name} ===", flush=True)
        failed |= subprocess.run([sys.executable, str(HERE / f"{name}.py")], check=False).returncode
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
