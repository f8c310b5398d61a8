#!/usr/bin/env python3
"""A second, independent check of one record's .tlog-proof, written from format.md and format-timestamps.md alone.

    check_proof.py FILE --key VERIFIER-KEY-OR-FILE

Exit code 0: proven (the record goes to standard output); 1: not proven; 2: could not be read.
"""

import argparse
import base64
import json
import os
import re
import struct
import sys

from evidence_format import Bad, canonical_base64, leaf_hash, open_checkpoint, parse_header, parse_verifier_key, sha256


def path_root(hash_, index, size, path):
    """RFC 9162, section 2.1.3.2: the root that an audit path leads to."""
    if index >= size:
        raise Bad("index")
    last = size - 1
    for sibling in path:
        if last == 0:
            raise Bad("path too long")
        if index & 1 or index == last:
            hash_ = sha256(b"\x01" + sibling + hash_)
            while index & 1 == 0 and index != 0:
                index >>= 1
                last >>= 1
        else:
            hash_ = sha256(b"\x01" + hash_ + sibling)
        index >>= 1
        last >>= 1
    if last != 0:
        raise Bad("path too short")
    return hash_


def data_of(value):
    if set(value) == {"text"}:
        return value["text"].encode("utf-8")
    return base64.b64decode(value["base64"], validate=True)


def record_leaf(event):
    """The leaf bytes of a record, as format.md puts them together."""
    notes = data_of(event["notes"])
    return (struct.pack(">BB", 0, event["flags"]) + sha256(data_of(event["origin"]))
            + struct.pack(">QIH", event["receivedAtUs"], event["sequence"], len(notes)) + notes
            + data_of(event["record"]))


def check(text, key):
    head, blank, note = text.partition("\n\n")
    if not blank:
        raise Bad("no empty line")
    lines = head.split("\n")
    if len(lines) < 3 or lines[0] != "c2sp.org/tlog-proof@v1" or not lines[1].startswith("extra "):
        raise Bad("first lines")
    index = re.fullmatch(r"index (0|[1-9]\d*)", lines[2])
    if index is None:
        raise Bad("index")
    below = json.loads(base64.b64decode(lines[1][len("extra "):], validate=True))
    size, root = open_checkpoint(note.encode("utf-8"), key)
    entry = below["header"].encode("utf-8")
    path = [canonical_base64(line, 32) for line in lines[3:]]
    if path_root(leaf_hash(entry), int(index[1]), size, path) != root:
        raise Bad("the block is not in the log")
    header = parse_header(entry)
    if header["block"] != int(index[1]) or "akashi.log/" + header["tenant"] != key[0]:
        raise Bad("the block is of another place")
    event = below["event"]
    inner = [canonical_base64(each, 32) for each in below["blockPath"]]
    if path_root(sha256(record_leaf(event)), event["leaf"], header["records"], inner) != header["root"]:
        raise Bad("the record is not in the block")
    return data_of(event["record"])


def main():
    options = argparse.ArgumentParser()
    options.add_argument("file")
    options.add_argument("--key", required=True)
    given = options.parse_args()
    key_text = given.key
    if os.path.exists(key_text):
        with open(key_text, encoding="utf-8") as file:
            key_text = file.read().strip()
    try:
        with open(given.file, encoding="utf-8", newline="") as file:
            text = file.read()
        key = parse_verifier_key(key_text)
    except (OSError, UnicodeDecodeError, Bad) as error:
        print(f"could not be read: {error}", file=sys.stderr)
        return 2
    try:
        record = check(text, key)
    except (Bad, KeyError, TypeError, ValueError, struct.error) as reason:
        print(f"not proven: {reason}", file=sys.stderr)
        return 1
    sys.stdout.buffer.write(record + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
