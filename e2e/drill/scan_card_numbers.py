"""Looks for card numbers in every file below the given folders, without any of the product's code.

Usage: scan_card_numbers.py FILE-WITH-NUMBERS FOLDER...
Each number is looked for as text, in UTF-16, and with spaces or dashes between groups of four. Prints one JSON line:
{"files": n, "bytes": n, "found": [{"file": ..., "count": n}]}. Exit status 1 when anything was found.
"""

import json
import os
import re
import sys

CHUNK = 16 * 1024 * 1024
OVERLAP = 64


def needles(numbers):
    prefixes = sorted({number[:6] for number in numbers})
    joined = b"|".join(prefix.encode() for prefix in prefixes)
    plain = re.compile(rb"(?:" + joined + rb")[0-9]{10}")
    grouped = re.compile(rb"[0-9]{4}[ -][0-9]{4}[ -][0-9]{4}[ -][0-9]{4}")
    wide = re.compile(rb"(?:[0-9]\x00){16}|(?:\x00[0-9]){16}")
    return plain, grouped, wide


def digits(match):
    return re.sub(rb"[^0-9]", b"", match)


def scan(path, numbers, patterns):
    found = set()
    size = 0
    with open(path, "rb") as handle:
        tail = b""
        while True:
            chunk = handle.read(CHUNK)
            if not chunk:
                return found, size
            size += len(chunk)
            data = tail + chunk
            for pattern in patterns:
                for match in pattern.finditer(data):
                    number = digits(match.group())
                    if number in numbers:
                        found.add(number)
            tail = data[-OVERLAP:]


def main():
    with open(sys.argv[1], "rb") as handle:
        numbers = {line.strip() for line in handle if line.strip()}
    patterns = needles([number.decode() for number in numbers])
    files = total = 0
    report = []
    for root in sys.argv[2:]:
        for folder, _, names in os.walk(root):
            for name in names:
                path = os.path.join(folder, name)
                try:
                    found, size = scan(path, numbers, patterns)
                except OSError:
                    continue
                files += 1
                total += size
                if found:
                    report.append({"file": os.path.relpath(path, root), "count": len(found)})
    print(json.dumps({"files": files, "bytes": total, "found": report}))
    sys.exit(1 if report else 0)


main()
