#!/usr/bin/env python3
"""Checks one folder after the other in one process: a JSON line {folder, key, since} in, a JSON line {code, named} out.

`named` are the objects that were found altered. For campaigns over thousands of altered archives.
"""

import json
import sys

from check_archive import check_folder


def answer(folder, key, since=None):
    try:
        check = check_folder(folder, key, since)
    except Exception as error:
        return {"code": 2, "named": [], "reason": str(error)}
    return {"code": check.code, "named": [thing for thing, _ in check.reported]}


for line in sys.stdin:
    print(json.dumps(answer(**json.loads(line))), flush=True)
