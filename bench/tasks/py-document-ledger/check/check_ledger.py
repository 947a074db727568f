"""The code is the same, and all that is public says what it is for."""

import ast
import hashlib
import sys

CODE = "a7579b3c2c89bef64ce946b160ae7b504464cb41f57f38725e49f9fd0632fc24"
PUBLIC = ["Unbalanced", "Posting", "Entry", "is_balanced", "Ledger", "post", "close", "balances", "reverse"]


def main() -> int:
    tree = ast.parse(open("ledger.py", encoding="utf-8").read())
    silent = []
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            continue
        text = ast.get_docstring(node)
        name = getattr(node, "name", "the module")
        if (name in PUBLIC or name == "the module") and (text is None or len(text) < 15):
            silent.append(name)
        if text is not None:
            node.body = node.body[1:] or [ast.Pass()]
    code = hashlib.sha256(ast.unparse(tree).encode()).hexdigest()
    if code != CODE:
        print("the code is another one")
        return 1
    if silent:
        print("no word about", ", ".join(silent))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
