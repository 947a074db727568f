"""The new tests hold for the code as it is, and notice when it is broken."""

import subprocess
import sys
from pathlib import Path

RIGHT = Path("slug.py").read_text(encoding="utf-8")
WRONG = [
    ('.strip("-")', ""),
    (".lower()", ""),
    ('unicodedata.normalize("NFKD", title)', "title"),
    ("number += 1", "number += 2"),
    ("number = 2", "number = 1"),
]


def names() -> list[str]:
    found = [path for path in Path(".").rglob("test*.py") if "slug" in path.read_text(encoding="utf-8")]
    return [str(path) for path in found]


def passes(text: str) -> bool:
    Path("slug.py").write_text(text, encoding="utf-8")
    words = [sys.executable, "-B", "-m", "unittest", "-q", *names()]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def main() -> int:
    if not names():
        print("there are no tests of slug.py")
        return 1
    if not passes(RIGHT):
        print("the tests fail although the code is right")
        return 1
    missed = [old for old, new in WRONG if passes(RIGHT.replace(old, new, 1))]
    if len(missed) > 1:
        print("the tests do not notice when this is missing:", ", ".join(missed))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
