"""The byte formats that format.md describes: entries, keys, checkpoints, trees, tiles and bundles."""

import base64
import datetime
import hashlib
import json
import re
import struct

from ed25519 import ed25519_valid

RECEIVED_AND_MADE = ["first-received", "last-received", "created"]
COMMITTED = ["root", "body-sha256", "body-length", "data-key", "masking"]
HEADER_KEYS = {
    1: ["tenant", "block", "segment", "records", *RECEIVED_AND_MADE, *COMMITTED],
    2: ["tenant", "block", "policy", "records", "segments", *RECEIVED_AND_MADE, "keep-until", *COMMITTED],
}
MAX_HEADER_BYTES = 4096
STATEMENT_KEYS = ["tenant", "entry", "kind", "created", "content"]
MAX_STATEMENT_BYTES = 65535
MAX_STATEMENT_DEPTH = 8
TOMBSTONE_MEMBERS = {"approved", "asked", "block", "count", "reason", "records", "replacement", "rule"}
DISPOSAL_MEMBERS = {"blocks", "count", "records", "firstReceived", "lastReceived", "policies", "root", "due", "rule"}
WORD = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
HOUR = 3_600_000_000
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@+/-]{0,127}")
NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")
MAX_NUMBER = 2**53 - 1
SPACE_OR_PLUS = re.compile(r"[\s\ufeff+]")
MAX_NOTE_CHARACTERS = 256 * 1024
MAX_SIGNATURES = 64
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


class Bad(Exception):
    """What was read is not what the format asks for."""


def sha256(data):
    return hashlib.sha256(data).digest()


def number(text):
    if not NUMBER.fullmatch(text) or int(text) > MAX_NUMBER:
        raise Bad("number")
    return int(text)


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
    count = (moment - datetime.datetime(1970, 1, 1)) // datetime.timedelta(microseconds=1)
    if not 0 <= count <= MAX_NUMBER:
        raise Bad("time")
    return count


def lines_of(data, most):
    if len(data) > most:
        raise Bad("entry length")
    try:
        return data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise Bad("entry text") from error


def values_of(lines, keys):
    """The values of an entry's lines by their keys, each of which has its place."""
    if len(lines) != len(keys) + 2 or lines[-1] != "":
        raise Bad("entry lines")
    values = {}
    for key, line in zip(keys, lines[1:]):
        if not line.startswith(key + ": "):
            raise Bad("entry key " + key)
        values[key] = line[len(key) + 2:]
    return values


def header_lines(data):
    """Version and values of a header text, by key."""
    lines = lines_of(data, MAX_HEADER_BYTES)
    version = {"akashi block v1": 1, "akashi block v2": 2}.get(lines[0])
    if version is None:
        raise Bad("header version")
    return {"version": version, **values_of(lines, HEADER_KEYS[version])}


def name(text, what):
    if not NAME.fullmatch(text):
        raise Bad("name " + what)
    return text


def dash(text, what):
    if text != "-":
        raise Bad(what + " of a heartbeat")


def parse_entry(data):
    """What an entry is: "block" its number, "created", "stored" whether it has an object; "kind" only of a statement."""
    if data.startswith(b"akashi statement v"):
        return parse_statement(data)
    return parse_header(data)


def parse_statement(data):
    lines = lines_of(data, MAX_STATEMENT_BYTES)
    if lines[0] != "akashi statement v1":
        raise Bad("statement version")
    values = values_of(lines, STATEMENT_KEYS)
    if not WORD.fullmatch(values["kind"]):
        raise Bad("kind")
    return {
        "version": "statement",
        "tenant": name(values["tenant"], "tenant"),
        "block": number(values["entry"]),
        "kind": values["kind"],
        "created": microseconds(values["created"]),
        "content": canonical_object(values["content"]),
        "last-received": None,
        "stored": False,
    }


def canonical_object(text):
    """The value of JSON in the one spelling that format.md asks for."""
    try:
        value = json.loads(text)
        spelled = json.dumps(sorted_members(value, 1), ensure_ascii=False, separators=(",", ":"))
        spelled.encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise Bad("content") from error
    if not isinstance(value, dict) or spelled != text:
        raise Bad("content")
    return value


def sorted_members(value, depth):
    if isinstance(value, (dict, list)) and depth > MAX_STATEMENT_DEPTH:
        raise Bad("content nested too deep")
    if isinstance(value, dict):
        # RFC 8785 sorts by UTF-16 code units.
        names = sorted(value, key=lambda each: each.encode("utf-16-be", "surrogatepass"))
        return {each: sorted_members(value[each], depth + 1) for each in names}
    if isinstance(value, list):
        return [sorted_members(each, depth + 1) for each in value]
    if isinstance(value, float) or (isinstance(value, int) and abs(value) > MAX_NUMBER):
        raise Bad("number in the content")
    return value


def parse_disposal(content):
    """What the content of a disposal says; "blocks" as ranges of two numbers."""
    if set(content) != DISPOSAL_MEMBERS:
        raise Bad("members of a disposal")
    rule, policies, ranges, after = content["rule"], content["policies"], [], -2
    if not isinstance(rule, dict) or set(rule) != {"id", "requirement"}:
        raise Bad("rule of a disposal")
    if not isinstance(policies, list) or not all(isinstance(each, str) and WORD.fullmatch(each) for each in policies):
        raise Bad("policies of a disposal")
    for key in ("count", "records"):
        if isinstance(content[key], bool) or not isinstance(content[key], int) or content[key] < 0:
            raise Bad(key + " of a disposal")
    for part in text_of(content, "blocks").split(","):
        first, dash_between, last = part.partition("-")
        first = number(first)
        last = number(last) if dash_between else first
        if first < after + 2 or (dash_between and last <= first):
            raise Bad("blocks of a disposal")
        ranges.append((first, last))
        after = last
    told = {key: None if content[key] is None else microseconds(text_of(content, key))
            for key in ("firstReceived", "lastReceived")}
    return {**content, **told, "blocks": ranges, "due": microseconds(text_of(content, "due")),
            "root": canonical_base64(text_of(content, "root"), 32)}


def parse_tombstone(statement):
    """What a tombstone says: "block", "records" as a set of positions, "replacement" with its hash as bytes."""
    content = statement["content"]
    if set(content) != TOMBSTONE_MEMBERS:
        raise Bad("members of a tombstone")
    records, after = set(), -2
    for part in text_of(content, "records").split(","):
        first, dash_between, last = part.partition("-")
        first = number(first)
        last = number(last) if dash_between else first
        if first < after + 2 or (dash_between and last <= first):
            raise Bad("records of a tombstone")
        records.update(range(first, last + 1))
        after = last
    whole(content, "block")
    if whole(content, "count") != len(records) or content["block"] >= statement["block"]:
        raise Bad("block or count of a tombstone")
    text_of(content, "reason")
    if texts(content["rule"], {"id", "version", "requirement"})["id"] not in ("masking", "person"):
        raise Bad("rule of a tombstone")
    asked, approved = texts(content["asked"], {"id", "name"}), texts(content["approved"], {"id", "name"})
    if not asked["id"] or not approved["id"] or asked["id"] == approved["id"]:
        raise Bad("people of a tombstone")
    body = content["replacement"]
    if not isinstance(body, dict) or set(body) != {"bodySha256", "bodyLength", "dataKey"}:
        raise Bad("replacement of a tombstone")
    if whole(body, "bodyLength") == 0:
        raise Bad("replacement without a body")
    return {"block": content["block"], "records": records, "replacement": {
        "body-sha256": canonical_base64(text_of(body, "bodySha256"), 32), "body-length": body["bodyLength"],
        "data-key": name(text_of(body, "dataKey"), "data-key")}}


def whole(content, key):
    if isinstance(content[key], bool) or not isinstance(content[key], int) or content[key] < 0:
        raise Bad(key + " of a statement")
    return content[key]


def texts(value, keys):
    if not isinstance(value, dict) or set(value) != keys or not all(isinstance(each, str) for each in value.values()):
        raise Bad("texts of a tombstone")
    return value


def replacement_name(header, entry):
    return block_name(header).removesuffix(".akb") + f".r{entry:012d}.akb"


def replacement_fits(data, entry_of_block, entry, replacement):
    """Whether an object is the replacement of a block that the tombstone at that entry describes."""
    head = (f"akashi replacement v1\ntombstone: {entry}\n"
            f"body-sha256: {base64.b64encode(replacement['body-sha256']).decode()}\n"
            f"body-length: {replacement['body-length']}\ndata-key: {replacement['data-key']}\n\n").encode()
    start = head + entry_of_block + b"\n"
    return data.startswith(start) and body_fits(replacement, data[len(start):])


def text_of(content, key):
    if not isinstance(content[key], str):
        raise Bad(key + " of a statement")
    return content[key]


def parse_keys_destroyed(content):
    """What the content of a keys-destroyed statement says; "keys" as pairs of blocks and records by id."""
    if set(content) != {"blocks", "closed", "due", "keys", "records", "rule"}:
        raise Bad("members of a statement that keys are destroyed")
    rule, keys = content["rule"], {}
    if not isinstance(rule, dict) or set(rule) != {"id", "requirement"}:
        raise Bad("rule of a statement that keys are destroyed")
    if not isinstance(content["keys"], list) or not content["keys"]:
        raise Bad("keys of a statement that keys are destroyed")
    for key in content["keys"]:
        if not isinstance(key, dict) or set(key) != {"blocks", "fingerprint", "id", "records"}:
            raise Bad("key of a statement that keys are destroyed")
        if not isinstance(key["id"], str) or not WORD.fullmatch(key["id"]) or (keys and key["id"] <= max(keys)):
            raise Bad("id of a destroyed key")
        if key["fingerprint"] is not None:
            canonical_base64(key["fingerprint"], 32)
        if any(isinstance(key[each], bool) or not isinstance(key[each], int) or key[each] < 0
               for each in ("blocks", "records")):
            raise Bad("counts of a destroyed key")
        keys[key["id"]] = (key["blocks"], key["records"])
    sums = [sum(counts) for counts in zip(*keys.values())]
    if sums != [content["blocks"], content["records"]]:
        raise Bad("sums of a statement that keys are destroyed")
    return {"keys": keys, **{key: microseconds(text_of(content, key)) for key in ("closed", "due")}}


def keep_until(header):
    """Until when a block stays by its own header; None: for ever."""
    if header["version"] == 1:
        return (header["created"] if header["last-received"] is None else header["last-received"]) + 365 * 24 * HOUR
    return None if header["keep-until"] == "never" else header["keep-until"]


def says_of_blocks(disposal, headers, entries):
    """Whether a disposal says of its blocks what their headers do; "entries" are theirs, in order."""
    first = [header["first-received"] for header in headers if header["records"]]
    last = [header["last-received"] for header in headers if header["records"]]
    return (disposal["count"] == len(headers)
            and disposal["records"] == sum(header["records"] for header in headers)
            and disposal["firstReceived"] == (min(first) if first else None)
            and disposal["lastReceived"] == (max(last) if last else None)
            and disposal["policies"] == sorted({header["policy"] for header in headers if header["version"] == 2})
            and disposal["root"] == tree_root([leaf_hash(entry) for entry in entries]))


def parse_header(data):
    """A header's values; "stored" says whether it has an object, None stands for "-"."""
    header = header_lines(data)
    for key in ("block", "records", "body-length"):
        header[key] = number(header[key])
    for key in ("tenant", "masking"):
        name(header[key], key)
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
    if header["version"] == 1:
        if header["segment"] != "-":
            name(header["segment"], "segment")
        name(header["data-key"], "data-key")
        header["stored"] = True
    else:
        finish_version_2(header)
    return header


def finish_version_2(header):
    header["segments"] = number(header["segments"])
    header["stored"] = header["segments"] > 0
    if header["records"] == 0 and header["root"] != sha256(b""):
        raise Bad("root of no records")
    if not header["stored"]:
        if header["records"] or header["body-length"] or header["body-sha256"] != sha256(b""):
            raise Bad("heartbeat with a body")
        for key in ("policy", "keep-until", "data-key"):
            dash(header[key], key)
        return
    if not WORD.fullmatch(header["policy"]):
        raise Bad("policy")
    if header["keep-until"] != "never":
        header["keep-until"] = microseconds(header["keep-until"])
        if header["keep-until"] < (header["last-received"] or 0):
            raise Bad("keep-until before last-received")
    name(header["data-key"], "data-key")
    if header["body-length"] == 0:
        raise Bad("block without a body")


def keeps_checkpoint(header, before):
    """Whether log/checkpoints has the size that ends in this entry for certain; None: what came before is unknown."""
    if header["version"] == 1 or header["block"] == 0 or header.get("kind") == "signing-key":
        return True
    return before is not None and header["created"] // HOUR != before["created"] // HOUR


def block_name(header):
    return f"blocks/{header['day']}/{header['block']:012d}.akb"


def body_fits(header, body):
    return len(body) == header["body-length"] and sha256(body) == header["body-sha256"]


def parse_verifier_key(text):
    parts = text.split("+", 2)
    if len(parts) != 3 or not parts[0].startswith("akashi.log/") or re.search(r"\s", parts[0]):
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
    if len(text) > MAX_NOTE_CHARACTERS or tail.count("\n") > MAX_SIGNATURES:
        raise Bad("not a note of a bounded size")
    lines = body.split("\n")
    if len(lines) < 3 or "" in lines or lines[0] != name:
        raise Bad("not a checkpoint of this tenant")
    size, root = number(lines[1]), canonical_base64(lines[2], 32)
    valid = False
    for line in tail[:-1].split("\n"):
        fields = line.split(" ")
        if len(fields) != 3 or fields[0] != "\u2014" or not fields[1] or SPACE_OR_PLUS.search(fields[1]):
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
    return size, root


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


TILE = re.compile(r"log/tile/(entries|0|[1-9]\d?)/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?")


def belongs_to_tree(path_of_tile, size):
    match = TILE.fullmatch(path_of_tile)
    if not match:
        return False
    level, path, partial = match.groups()
    width = int(partial) if partial else 256
    index = int(path.replace("x", "").replace("/", ""))
    if (partial and width > 255) or tile_name(level, index, width) != path_of_tile:
        return False
    hashes = size >> (0 if level == "entries" else 8 * int(level))
    return index * 256 + width <= hashes


def files_of_last_entry(entries):
    """Name and bytes of every log file that the last entry brought, in the order of their writing."""
    parts = [struct.pack(">H", len(entry)) + entry for entry in entries]
    files, level, hashes = [], "entries", [leaf_hash(entry) for entry in entries]
    while True:
        start = (len(parts) - 1) // 256 * 256
        files.append((tile_name(level, start // 256, len(parts) - start), b"".join(parts[start:])))
        if level == "entries":
            level, parts = 0, hashes
        elif len(parts) % 256:
            return files
        else:
            level, parts = level + 1, [tree_root(parts[i:i + 256]) for i in range(0, len(parts), 256)]
