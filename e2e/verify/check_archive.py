#!/usr/bin/env python3
"""A second, independent check of one tenant's evidence folder, written from format.md alone.

It shares no code and no language with the product, needs nothing but Python 3, and works without the data key:
signatures, log, tiles, and every stored block object. Drills use it to confirm what akashi-verify says.

    check_archive.py DIR --key VERIFIER-KEY-OR-FILE [--since CHECKPOINT-FILE]

Exit code 0: all proven; 1: something was altered (one line each: object, tab, reason); 2: could not be checked.
"""

import argparse
import base64
import datetime
import hashlib
import os
import re
import struct
import sys

# --- Ed25519 verification (RFC 8032 section 5.1), in extended coordinates ---------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def add_points(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply_point(scalar, point):
    total = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = add_points(total, point)
        point = add_points(point, point)
        scalar >>= 1
    return total


def decode_point(data):
    value = int.from_bytes(data, "little")
    y = value & ((1 << 255) - 1)
    x = recover_x(y, value >> 255)
    return None if x is None else (x, y, 1, x * y % P)


def same_point(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def ed25519_valid(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = decode_point(public), decode_point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    return same_point(multiply_point(s, BASE), add_points(r, multiply_point(h, a)))


# --- Formats ----------------------------------------------------------------------------------------------------------

HEADER_KEYS = ["tenant", "block", "segment", "records", "first-received", "last-received", "created", "root",
               "body-sha256", "body-length", "data-key", "masking"]
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@+/-]{0,127}")
NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


class Bad(Exception):
    """What was read is not what the format asks for."""


def sha256(data):
    return hashlib.sha256(data).digest()


def canonical_base64(text, length):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Bad("base64") from error
    if len(data) != length or base64.b64encode(data).decode() != text:
        raise Bad("base64")
    return data


def microseconds(text):
    if not TIME.fullmatch(text):
        raise Bad("time")
    try:
        moment = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")
    except ValueError as error:
        raise Bad("time") from error
    return (moment - datetime.datetime(1970, 1, 1)) // datetime.timedelta(microseconds=1)


def parse_header(data):
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise Bad("header text") from error
    if lines[0] != "akashi block v1" or len(lines) != len(HEADER_KEYS) + 2 or lines[-1] != "":
        raise Bad("header lines")
    header = {}
    for key, line in zip(HEADER_KEYS, lines[1:]):
        if not line.startswith(key + ": "):
            raise Bad("header key " + key)
        header[key] = line[len(key) + 2:]
    for key in ("block", "records", "body-length"):
        if not NUMBER.fullmatch(header[key]):
            raise Bad("number " + key)
        header[key] = int(header[key])
    for key in ("tenant", "data-key", "masking", "segment"):
        if not NAME.fullmatch(header[key]) and not (key == "segment" and header[key] == "-"):
            raise Bad("name " + key)
    for key in ("root", "body-sha256"):
        header[key] = canonical_base64(header[key], 32)
    header["day"] = header["created"][:10].replace("-", "/")
    header["created"] = microseconds(header["created"])
    for key in ("first-received", "last-received"):
        empty = header[key] == "-"
        if empty != (header["records"] == 0):
            raise Bad("time " + key)
        header[key] = None if empty else microseconds(header[key])
    if header["records"] and header["first-received"] > header["last-received"]:
        raise Bad("receive times")
    return header


def parse_verifier_key(text):
    parts = text.strip().split("+", 2)
    if len(parts) != 3:
        raise Bad("verifier key")
    name, key_id, encoded = parts
    typed = canonical_base64(encoded, 33)
    if typed[0] != 1 or sha256(name.encode() + b"\n" + typed)[:4].hex() != key_id:
        raise Bad("verifier key")
    return name, bytes.fromhex(key_id), typed[1:]


def open_checkpoint(note, key):
    """Size and root of a checkpoint signed by the key for its own name."""
    name, key_id, public = key
    try:
        text = note.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Bad("not text") from error
    body, blank, tail = text.rpartition("\n\n")
    if not blank or not tail.endswith("\n") or any(ord(c) < 32 and c != "\n" for c in text):
        raise Bad("not a signed note")
    lines = body.split("\n")
    if len(lines) < 3 or "" in lines or lines[0] != name or not NUMBER.fullmatch(lines[1]):
        raise Bad("not a checkpoint of this tenant")
    valid = False
    for line in tail[:-1].split("\n"):
        fields = line.split(" ")
        if len(fields) != 3 or fields[0] != "\u2014":
            raise Bad("signature line")
        try:
            data = base64.b64decode(fields[2], validate=True)
        except ValueError as error:
            raise Bad("signature line") from error
        if base64.b64encode(data).decode() != fields[2] or len(data) < 5:
            raise Bad("signature line")
        if fields[1] == name and data[:4] == key_id:
            if not ed25519_valid(public, (body + "\n").encode(), data[4:]):
                raise Bad("signature")
            valid = True
    if not valid:
        raise Bad("not signed by the given key")
    return int(lines[1]), canonical_base64(lines[2], 32)


def leaf_hash(entry):
    return sha256(b"\0" + entry)


def node_hash(left, right):
    return sha256(b"\1" + left + right)


def tree_root(hashes):
    """RFC 6962 root; pairing neighbours level by level gives the same tree as splitting at powers of two."""
    if not hashes:
        return sha256(b"")
    while len(hashes) > 1:
        paired = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes) - 1, 2)]
        hashes = paired + ([hashes[-1]] if len(hashes) % 2 else [])
    return hashes[0]


class Frontier:
    """Roots of a growing tree, one for each size."""

    def __init__(self):
        self.peaks = []
        self.size = 0

    def add(self, leaf):
        self.size += 1
        rest = self.size
        while rest % 2 == 0:
            leaf = node_hash(self.peaks.pop(), leaf)
            rest //= 2
        self.peaks.append(leaf)

    def root(self):
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def tile_name(level, index, width=256):
    digits = str(index)
    digits = "0" * (-len(digits) % 3) + digits
    groups = [digits[i:i + 3] for i in range(0, len(digits), 3)]
    path = "/".join(["x" + g for g in groups[:-1]] + groups[-1:])
    return f"log/tile/{level}/{path}" + ("" if width == 256 else f".p/{width}")


def split_bundle(data):
    entries, offset = [], 0
    while offset < len(data):
        if offset + 2 > len(data):
            raise Bad("lengths")
        (length,) = struct.unpack_from(">H", data, offset)
        if offset + 2 + length > len(data):
            raise Bad("lengths")
        entries.append(data[offset + 2:offset + 2 + length])
        offset += 2 + length
    return entries


# --- The check --------------------------------------------------------------------------------------------------------


class Check:
    def __init__(self, folder, key, held):
        self.folder, self.key, self.held = folder, key, held
        self.tenant = key[0].removeprefix("akashi.log/")
        self.reported = []
        self.named = set()

    def altered(self, thing, reason):
        self.reported.append((thing, reason))

    def read(self, name):
        try:
            with open(os.path.join(self.folder, name), "rb") as file:
                return file.read()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def run(self):
        if self.read("log/checkpoint") is None and not os.path.isdir(os.path.join(self.folder, "blocks")):
            return False
        size, root = self.head()
        if size is None:
            return True
        entries = self.entries(size)
        if entries is not None:
            self.tree(entries, root)
            self.blocks(entries)
            self.extra(len(entries))
        return True

    def checkpoint(self, name):
        note = self.read(name)
        if note is None:
            self.altered(name, "removed")
            return None
        try:
            return open_checkpoint(note, self.key)
        except Bad as reason:
            self.altered(name, str(reason))
            return None

    def head(self):
        head = self.checkpoint("log/checkpoint")
        if head is not None:
            return head
        sizes = [int(n) for n in self.listing("log/checkpoints") if NUMBER.fullmatch(n)]
        for size in sorted(sizes, reverse=True):
            try:
                return open_checkpoint(self.read(f"log/checkpoints/{size}"), self.key)
            except Bad:
                continue
        return None, None

    def listing(self, name):
        try:
            return sorted(os.listdir(os.path.join(self.folder, name)))
        except (FileNotFoundError, NotADirectoryError):
            return []

    def edition(self, level, index, width):
        """A tile of that width, or cut from its full edition."""
        for wide in {width: None, 256: None}:
            data = self.read(tile_name(level, index, wide))
            if data is not None:
                return data, wide
        self.altered(tile_name(level, index, width), "removed")
        return None, None

    def entries(self, size):
        entries = []
        for index in range((size + 255) // 256):
            width = min(256, size - index * 256)
            data, wide = self.edition("entries", index, width)
            if data is None:
                return None
            try:
                bundle = split_bundle(data)
            except Bad as reason:
                self.altered(tile_name("entries", index, wide), str(reason))
                return None
            if len(bundle) != wide:
                self.altered(tile_name("entries", index, wide), "number of entries")
                return None
            entries += bundle[:width]
        return entries

    def tree(self, entries, root):
        hashes = [leaf_hash(entry) for entry in entries]
        frontier = Frontier()
        agreed = True
        for size, leaf in enumerate(hashes, 1):
            frontier.add(leaf)
            name = f"log/checkpoints/{size}"
            kept = self.checkpoint(name)
            # Only the first disagreement says where the log was changed; all later roots differ with it.
            if agreed and kept is not None and kept != (size, frontier.root()):
                self.altered(name, "entries do not give this root")
                agreed = False
            if self.held is not None and self.held[0] == size and self.held[1] != frontier.root():
                self.altered("log/checkpoint", "history was written anew since the checkpoint held")
        if self.held is not None and self.held[0] > len(entries):
            self.altered("log/checkpoint", "cut off since the checkpoint held")
        if tree_root(hashes) != root:
            self.altered("log/checkpoint", "entries do not give this root")
        level, current = 0, hashes
        bundles = [struct.pack(">H", len(e)) + e for e in entries]
        self.tiles("entries", bundles)
        while current:
            self.tiles(level, current)
            current = [tree_root(current[i:i + 256]) for i in range(0, len(current) - 255, 256)]
            level += 1

    def tiles(self, level, elements):
        for index in range((len(elements) + 255) // 256):
            parts = elements[index * 256:(index + 1) * 256]
            data, wide = self.edition(level, index, len(parts))
            if data is not None and wide == len(parts) and data != b"".join(parts):
                self.altered(tile_name(level, index, wide), "not what the entries give")
            editions = self.listing(tile_name(level, index) + ".p")
            full = self.read(tile_name(level, index)) is not None
            for width in range(1, len(parts)):
                name = tile_name(level, index, width)
                if str(width) not in editions:
                    if not full:
                        self.altered(name, "removed")
                elif self.read(name) != b"".join(parts[:width]):
                    self.altered(name, "not what the entries give")
            for wider in editions:
                if NUMBER.fullmatch(wider) and len(parts) < int(wider) < 256:
                    name = tile_name(level, index, int(wider))
                    if not (self.read(name) or b"").startswith(b"".join(parts)):
                        self.altered(name, "does not begin with what the entries give")

    def blocks(self, entries):
        previous = 0
        for number, entry in enumerate(entries):
            try:
                header = parse_header(entry)
            except Bad as reason:
                self.altered(f"log entry {number}", str(reason))
                continue
            name = f"blocks/{header['day']}/{header['block']:012d}.akb"
            self.named.add(name)
            if header["tenant"] != self.tenant or header["block"] != number:
                self.altered(name, "log entry belongs elsewhere")
                continue
            if header["created"] < previous or (header["last-received"] or 0) > header["created"]:
                self.altered(name, "times go backwards")
            previous = header["created"]
            data = self.read(name)
            if data is None:
                self.altered(name, "removed")
            elif not data.startswith(entry + b"\n"):
                self.altered(name, "header is not the log's entry")
            elif len(data) - len(entry) - 1 != header["body-length"]:
                self.altered(name, "length")
            elif sha256(data[len(entry) + 1:]) != header["body-sha256"]:
                self.altered(name, "SHA-256 of the body")

    def extra(self, size):
        root = os.path.join(self.folder, "blocks")
        for folder, _, files in os.walk(root):
            for file in files:
                name = os.path.relpath(os.path.join(folder, file), self.folder).replace(os.sep, "/")
                if name not in self.named and file != f"{size:012d}.akb":
                    self.altered(name, "no entry of the log names it")
        for name in self.listing("log/checkpoints"):
            if not NUMBER.fullmatch(name) or int(name) > size + 1:
                self.altered(f"log/checkpoints/{name}", "beyond the newest checkpoint")
        for name in self.listing("log"):
            if name not in ("checkpoint", "checkpoints", "tile"):
                self.altered(f"log/{name}", "not part of a log")
        for folder, _, files in os.walk(os.path.join(self.folder, "log", "tile")):
            for file in files:
                name = os.path.relpath(os.path.join(folder, file), self.folder).replace(os.sep, "/")
                # One entry more may be there: what a crash leaves.
                if not belongs_to_tree(name, size + 1):
                    self.altered(name, "belongs to no tree of this size")


TILE = re.compile(r"log/tile/(entries|0|[1-9]\d?)/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?")


def belongs_to_tree(name, size):
    match = TILE.fullmatch(name)
    if not match:
        return False
    level, path, partial = match.groups()
    width = int(partial) if partial else 256
    index = int(path.replace("x", "").replace("/", ""))
    hashes = size >> (0 if level == "entries" else 8 * int(level))
    return (partial is None or width < 256) and index * 256 + width <= hashes


def main():
    parser = argparse.ArgumentParser(description="Checks an Akashi evidence folder offline.")
    parser.add_argument("folder")
    parser.add_argument("--key", required=True)
    parser.add_argument("--since")
    arguments = parser.parse_args()
    try:
        text = arguments.key
        if os.path.isfile(text):
            with open(text, encoding="utf-8") as file:
                text = file.read()
        key = parse_verifier_key(text)
        held = None
        if arguments.since:
            with open(arguments.since, "rb") as file:
                held = open_checkpoint(file.read(), key)
        check = Check(arguments.folder, key, held)
        found = check.run()
    except (Bad, OSError) as error:
        print(f"could not be checked: {error}", file=sys.stderr)
        return 2
    if not found:
        print("could not be checked: no sealed log here", file=sys.stderr)
        return 2
    for thing, reason in check.reported:
        print(f"{thing}\t{reason}")
    if not check.reported:
        print(f"proven: {len(check.named)} blocks of tenant {check.tenant}")
    return 1 if check.reported else 0


if __name__ == "__main__":
    sys.exit(main())
