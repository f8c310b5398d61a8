#!/usr/bin/env python3
"""Lets days pass at the S3 server of a drill: its clock is this machine's, so every lock is moved back instead.

    pass_store_days.py FOLDER DAYS

The server keeps a lock as JSON in an extended attribute of the object and of each of its versions. Prints how many it moved.
"""

import datetime
import json
import os
import sys

ATTRIBUTE = "user.object-retention"
FIELD = "RetainUntilDate"


def main(folder, days):
    moved = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            if ATTRIBUTE not in os.listxattr(path):
                continue
            lock = json.loads(os.getxattr(path, ATTRIBUTE))
            until = datetime.datetime.fromisoformat(lock[FIELD].replace("Z", "+00:00"))
            lock[FIELD] = (until - datetime.timedelta(days=days)).isoformat().replace("+00:00", "Z")
            os.setxattr(path, ATTRIBUTE, json.dumps(lock).encode())
            moved += 1
    print(moved)


main(sys.argv[1], int(sys.argv[2]))
