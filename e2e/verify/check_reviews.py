#!/usr/bin/env python3
"""A second, independent check of log reviews, written from format-reviews.md alone.

It shares no code and no language with the product and needs nothing but Python 3. It judges the records of akashi/reviews and
akashi/reports as `akashi-verify --lines FILE` writes them ({"block", "leaf", "logGroup", "record"}, one a line): documents,
signatures, credentials, approvals, and the reports that records name. That the records are those of the log is for
check_archive.py and akashi-verify; report files need the data key and are for akashi-verify.

    check_reviews.py LINES --key VERIFIER-KEY-OR-FILE

Exit code 0: all proven; 1: something does not hold (one line each: block-leaf, tab, reason); 2: could not be checked.
"""

import argparse
import base64
import hashlib
import json
import os
import sys
import urllib.parse
import zlib

try:
    from ed25519 import ed25519_valid
    from evidence_format import Bad, parse_verifier_key
    from p256 import p256_valid
except ImportError as missing:
    print(f"could not be checked: {missing}; keep the files of this checker together", file=sys.stderr)
    sys.exit(2)

KINDS = {"record", "addendum", "signature", "credential", "credential-end"}
ACTIONS = {"reviewed", "approved", "returned", "addendum"}


def sha256(data):
    return hashlib.sha256(data).digest()


def number_text(number):
    """As ECMAScript writes it; RFC 8785 section 3.2.2.3."""
    if isinstance(number, int):
        return str(number)
    if number == int(number) and abs(number) < 1e21:
        return str(int(number))
    mantissa, _, exponent = repr(number).partition("e")
    if not exponent:
        return mantissa
    power = int(exponent)
    if -7 < power < 0:
        digits = mantissa.replace("-", "").replace(".", "")
        return ("-" if number < 0 else "") + "0." + "0" * (-power - 1) + digits
    return f"{mantissa}e{'+' if power > 0 else '-'}{abs(power)}"


def text_of(text):
    """Control characters, quotes and backslashes are escaped, everything else stands as it is (section 3.2.2.2)."""
    return json.dumps(text, ensure_ascii=False)


def canonical(value):
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, str):
        return text_of(value)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(f"{text_of(name)}:{canonical(value[name])}" for name in names) + "}"


def c(value):
    return canonical(value).encode()


def unbase64url(text):
    if not isinstance(text, str) or "=" in text:
        raise Bad("no base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(data).rstrip(b"=").decode() != text:
        raise Bad("no base64url")
    return data


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def read_cbor(data, at=0):
    """A value and where it ends; maps as dicts."""
    major, info = data[at] >> 5, data[at] & 31
    at += 1
    if major == 7:
        return {20: False, 21: True, 22: None}[info], at
    if info > 23:
        width = {24: 1, 25: 2, 26: 4}[info]
        info, at = int.from_bytes(data[at:at + width], "big"), at + width
    if major < 2:
        return (info if major == 0 else -1 - info), at
    if major < 4:
        if at + info > len(data):
            raise Bad("cut CBOR")
        part = bytes(data[at:at + info])
        return (part if major == 2 else part.decode()), at + info
    items = []
    for _ in range(info * (2 if major == 5 else 1)):
        item, at = read_cbor(data, at)
        items.append(item)
    return (dict(zip(items[::2], items[1::2])) if major == 5 else items), at


def key_of(cose):
    """The key's kind and coordinates."""
    key, end = read_cbor(cose)
    if end != len(cose):
        raise Bad("another key")
    if (key.get(1), key.get(3), key.get(-1)) == (2, -7, 1):
        return "P-256", key[-2], key[-3]
    if (key.get(1), key.get(3), key.get(-1)) == (1, -8, 6):
        return "Ed25519", key[-2]
    raise Bad("a key of another algorithm")


def signed_by(key, message, signature):
    if key[0] == "P-256":
        return p256_valid(key[1], key[2], message, signature)
    return ed25519_valid(key[1], message, signature)


def ceremony(client_data, authenticator_data, kind, statement, origin, rp_id):
    client = json.loads(client_data)
    if client.get("type") != kind:
        raise Bad("type")
    if client.get("challenge") != base64url(sha256(c(statement))):
        raise Bad("challenge")
    if client.get("origin") != origin or client.get("crossOrigin") is True:
        raise Bad("origin")
    if authenticator_data[:32] != sha256(rp_id.encode()):
        raise Bad("rp-id")
    if authenticator_data[32] & 5 != 5:
        raise Bad("not-verified")


class Document:
    def __init__(self, kind, place, data):
        self.kind, self.place, self.sha256 = kind, place, sha256(data).hex()
        self.value = json.loads(data)
        if c(self.value) != data:
            raise Bad("spelling")


class Check:
    def __init__(self, key_text):
        name, _, self.public = parse_verifier_key(key_text)
        self.key_name = "+".join(key_text.split("+")[:2])
        self.tenant = name.removeprefix("akashi.log/")
        self.reported = []

    def wrong(self, place, reason):
        self.reported.append((place, reason))

    def documents(self, lines):
        pieces, found = {}, []
        for line in lines:
            place = line["block"], line["leaf"]
            review = json.loads(line["record"]).get("akashi", {}).get("review", {})
            if "document" not in review:
                continue
            name = review["document"], review["sha256"], review["pieces"]
            pieces.setdefault(name, []).append((review["piece"], review["body"], place))
            if len(pieces[name]) < review["pieces"]:
                continue
            parts = sorted(pieces.pop(name))
            last = max(part[2] for part in parts)
            try:
                if [part[0] for part in parts] != list(range(1, review["pieces"] + 1)) or name[0] not in KINDS:
                    raise Bad("pieces")
                data = zlib.decompress(unbase64url("".join(part[1] for part in parts)), -15)
                if sha256(data).hex() != name[1]:
                    raise Bad("sha256")
                found.append(Document(name[0], last, data))
            except (Bad, ValueError, zlib.error) as reason:
                self.wrong(last, f"document: {reason}")
        for parts in pieces.values():
            self.wrong(parts[0][2], "document: pieces")
        return found

    def credential(self, document):
        value, statement = document.value, document.value["statement"]
        domain = "akashi signing credential v1"
        if (value["format"], statement["domain"], statement["tenant"]) != (domain, domain, self.tenant):
            raise Bad("form")
        host, rp_id = urllib.parse.urlsplit(value["origin"]).hostname, statement["rpId"]
        if host != rp_id and not host.endswith("." + rp_id):
            raise Bad("rp-id")
        data = read_cbor(unbase64url(value["attestationObject"]))[0]["authData"]
        ceremony(unbase64url(value["clientDataJSON"]), data, "webauthn.create", statement, value["origin"], rp_id)
        key, length = key_of(unbase64url(value["publicKey"])), int.from_bytes(data[53:55], "big")
        rest = data[55 + length:]
        if not data[32] & 64 or data[55:55 + length] != unbase64url(value["credentialId"]):
            raise Bad("credential")
        if key_of(rest[:read_cbor(rest)[1]]) != key:
            raise Bad("credential")
        if (bool(data[32] & 8), bool(data[32] & 16)) != (value["isBackupEligible"], value["isBackedUp"]):
            raise Bad("flags")
        return key

    def signature(self, document, credentials, endings):
        value, statement = document.value, document.value["statement"]
        domain = "akashi review signature v1"
        if (value["format"], statement["domain"], statement["tenant"]) != (domain, domain, self.tenant):
            raise Bad("form")
        if statement["action"] not in ACTIONS or len(unbase64url(statement["random"])) != 32:
            raise Bad("form")
        if value["method"] == "code":
            unsigned = {name: each for name, each in value.items() if name != "signature"}
            if value["key"] != self.key_name:
                raise Bad("other-key")
            if not ed25519_valid(self.public, c(unsigned), unbase64url(value["signature"])):
                raise Bad("signature")
            return
        if value["method"] != "passkey" or value["enrolmentSha256"] not in credentials:
            raise Bad("not-enrolled")
        enrolment, key = credentials[value["enrolmentSha256"]]
        if enrolment.place[0] >= document.place[0]:
            raise Bad("enrolled-later")
        for ending in endings:
            if ending.value["enrolmentSha256"] != enrolment.sha256:
                continue
            block = ending.place[0]
            if block < document.place[0] or (block == document.place[0] and ending.value["at"] <= statement["at"]):
                raise Bad("ended")
        if enrolment.value["credentialId"] != value["credentialId"]:
            raise Bad("credential")
        if enrolment.value["statement"]["person"]["id"] != statement["signer"]["id"]:
            raise Bad("other-person")
        client, data = unbase64url(value["clientDataJSON"]), unbase64url(value["authenticatorData"])
        ceremony(client, data, "webauthn.get", statement, enrolment.value["origin"], enrolment.value["statement"]["rpId"])
        if not signed_by(key, data + sha256(client), unbase64url(value["signature"])):
            raise Bad("signature")

    def judge(self, documents, kind, how):
        """Those of a kind that hold, with what `how` gives; the others are reported."""
        held = []
        for document in documents:
            if document.kind != kind:
                continue
            try:
                held.append((document, how(document)))
            except (Bad, ValueError, KeyError, TypeError, IndexError, AttributeError) as reason:
                self.wrong(document.place, f"{kind}: {reason}")
        return held

    def run(self, lines):
        reviews = [line for line in lines if line["logGroup"] == "akashi/reviews"]
        documents = self.documents(reviews)
        enrolled = self.judge(documents, "credential", self.credential)
        credentials = {document.sha256: (document, key) for document, key in enrolled}
        endings = [document for document in documents if document.kind == "credential-end"]
        signed = self.judge(documents, "signature", lambda each: self.signature(each, credentials, endings))
        holding = {document.sha256 for document, _ in signed}
        self.subjects(documents, holding)
        self.reports(documents, [line for line in lines if line["logGroup"] == "akashi/reports"])

    def subjects(self, documents, holding):
        records = {each.sha256: each for each in documents if each.kind in ("record", "addendum")}
        own = {sha: [] for sha in records}
        for each in documents:
            if each.kind != "signature":
                continue
            statement = each.value["statement"]
            record = records.get(statement["recordSha256"])
            if record is None:
                self.wrong(each.place, "its record is missing")
                continue
            named = statement["day"], statement["revision"], statement["action"] == "addendum"
            if named != (record.value["day"], record.value["revision"], record.kind == "addendum"):
                self.wrong(each.place, "moved from another record")
            own[record.sha256].append((each, statement))
        for sha, record in records.items():
            is_record = record.kind == "record"
            by = record.value["reviewer" if is_record else "by"]["id"]
            made = [(each, stated) for each, stated in own[sha] if stated["action"] == ("reviewed" if is_record else "addendum")]
            if not any(stated["signer"]["id"] == by and each.sha256 in holding for each, stated in made):
                self.wrong(record.place, "not signed")
            if any(stated["signer"]["id"] != by for _, stated in made):
                self.wrong(record.place, "signed by somebody else")
            if not is_record and record.value["recordSha256"] not in records:
                self.wrong(record.place, "its record is missing")
            for each, stated in own[sha]:
                if stated["action"] == "approved" and stated["signer"]["id"] == by and not stated["separationReason"]:
                    self.wrong(each.place, "approved by the reviewer")

    def reports(self, documents, lines):
        sealed = {}
        for line in lines:
            value = json.loads(line["record"])
            if value.get("event", {}).get("action") == "report.sealed":
                report = value["akashi"]["report"]
                if sealed.setdefault(report["run"], report["sha256"]) != report["sha256"]:
                    self.wrong((line["block"], line["leaf"]), "contradicts an earlier line of the run")
        for record in documents:
            if record.kind != "record":
                continue
            items = record.value.get("items", [])
            runs = [each["run"] for each in items + record.value.get("reference", [])]
            runs += [run for each in items for run in each.get("addenda", [])]
            for run in runs:
                named = run.get("ndjsonSha256")
                if named is not None and sealed.get(run["id"], {}).get("ndjson") != named:
                    self.wrong(record.place, f"names a report that is not sealed so: {run['id']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lines")
    parser.add_argument("--key", required=True)
    options = parser.parse_args()
    try:
        key = options.key
        if os.path.exists(key):
            with open(key, encoding="utf-8") as file:
                key = file.read().strip()
        check = Check(key)
        with open(options.lines, encoding="utf-8") as file:
            check.run([json.loads(line) for line in file])
    except (OSError, ValueError, Bad) as reason:
        print(f"could not be checked: {reason}", file=sys.stderr)
        return 2
    for (block, leaf), reason in check.reported:
        print(f"{block}-{leaf}\t{reason}")
    return 1 if check.reported else 0


if __name__ == "__main__":
    sys.exit(main())
