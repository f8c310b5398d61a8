#!/usr/bin/env python3
"""A second, independent check of one tenant's evidence folder, written from format.md alone.

It shares no code and no language with the product, needs nothing but Python 3, and works without the data key:
signatures, log, tiles, and every stored block object. Drills use it to confirm what akashi-verify says.

    check_archive.py DIR --key VERIFIER-KEY-OR-FILE [--since CHECKPOINT-FILE]

Exit code 0: all proven; 1: something was altered (one line each: object, tab, reason); 2: could not be checked.
"""

import argparse
import bisect
import os
import re
import struct
import sys

try:
    from evidence_folder import EvidenceFolder
    from evidence_format import (Bad, Frontier, belongs_to_tree, block_name, body_fits, files_of_last_entry,
                                 keep_until, keeps_checkpoint, leaf_hash, parse_disposal, parse_entry, parse_header,
                                 parse_keys_destroyed, parse_tombstone, parse_verifier_key, replacement_fits,
                                 replacement_name, says_of_blocks, split_bundle, tile_name, tree_root)
    from key_chain import KeyChain, key_change
except ImportError as missing:
    print(f"could not be checked: {missing}; keep the files of this checker together", file=sys.stderr)
    sys.exit(2)

SIZE = re.compile(r"[1-9]\d{0,15}")
BLOCK = re.compile(r"blocks/\d{4}/\d\d/\d\d/(\d{12,16})\.akb")
BEFORE_FIRST_CHECKPOINT = re.compile(
    r"blocks/\d{4}/\d\d/\d\d/0{12}\.akb|log/tile/(0|entries)/000\.p/1|log/checkpoints/1")


class Check:
    def __init__(self, folder, key_text, held):
        self.folder, self.held = EvidenceFolder(folder), None
        self.tenant = parse_verifier_key(key_text)[0].removeprefix("akashi.log/")
        self.keys = KeyChain(self.folder, key_text)
        self.held_note = held
        self.reported = []
        self.named = set()
        self.kept = set()
        self.sizes = []
        self.open_end = False
        self.sealed = 0
        self.pruned = 0
        self.shredded = 0
        self.removed_records = 0
        self.disposed_before = {}
        self.size = 0

    def altered(self, thing, reason):
        self.reported.append((thing, reason))

    def removed(self, name):
        if name not in self.folder.unreadable:
            self.altered(name, "removed")

    @property
    def code(self):
        if self.reported:
            return 1
        return 2 if self.folder.unreadable else 0

    def run(self):
        sealed = [*self.folder.files("log"), *self.folder.files("blocks")]
        if all(BEFORE_FIRST_CHECKPOINT.fullmatch(name) for name in sealed):
            raise Bad("no sealed log here")
        self.kept = {int(name) for name in self.folder.names("log/checkpoints") if SIZE.fullmatch(name)}
        self.sizes = sorted(self.kept)
        size, root = self.head()
        if size is None:
            return
        if self.held_note is not None:
            self.held = self.keys.open(self.held_note)
        self.size = size
        if self.held is not None and self.held[0] > size:
            self.altered("log/checkpoint", "cut off since the checkpoint held")
        entries = self.entries(size)
        if entries is not None and self.entries_fit(entries, root):
            self.tree(entries, root)
            self.blocks(entries)
            self.beyond(entries)
        copy = self.folder.read("verifier-key.txt")
        if copy is not None and copy != self.keys.first_key().encode() + b"\n":
            self.altered("verifier-key.txt", "another key")

    # --- Checkpoints

    def checkpoint(self, name):
        note = self.folder.read(name)
        if note is None:
            self.removed(name)
            return None
        try:
            return self.keys.open(note)
        except Bad as reason:
            self.altered(name, str(reason))
            return None

    def trusted(self, name):
        """What a checkpoint commits to; what is wrong with it is reported elsewhere."""
        try:
            return self.keys.open(self.folder.read(name) or b"")
        except Bad:
            return None

    def head(self):
        """Size and root to hold the log against: the pointer's, or those of the one checkpoint that may be newer."""
        pointer = self.checkpoint("log/checkpoint")
        if pointer is not None and not self.keys.vouched(pointer[0]):
            self.altered("log/checkpoint", "not signed by the given key, nor by one that it leads to")
            return None, None
        if pointer is not None:
            newer = self.trusted(f"log/checkpoints/{pointer[0] + 1}")
            return newer if newer is not None and newer[0] == pointer[0] + 1 else pointer
        # Then nothing tells where the log ends.
        self.open_end = True
        for size in sorted(self.kept, reverse=True):
            kept = self.trusted(f"log/checkpoints/{size}")
            if kept is not None and kept[0] == size and self.keys.vouched(size):
                return kept
        return None, None

    # --- The log

    def edition(self, level, index, width):
        """A tile of that width, or its full edition; while the log grows, also a wider one."""
        for wide in {width: None, 256: None}:
            data = self.folder.read(tile_name(level, index, wide))
            if data is not None:
                return data, wide
        seen = self.size
        while width < 256:
            pointer = self.trusted("log/checkpoint")
            if pointer is None or pointer[0] <= seen:
                break
            seen = pointer[0]
            count = seen if level == "entries" else seen // 256 ** level
            wide = min(256, count - index * 256)
            data = self.folder.read(tile_name(level, index, wide))
            if data is not None:
                return data, wide
        self.removed(tile_name(level, index, width))
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

    def entries_fit(self, entries, root):
        """Whether the log is to be judged by its entries: not when the tiles give the signed root and they do not."""
        hashes = [leaf_hash(entry) for entry in entries]
        if tree_root(hashes) == root:
            return True
        stored = []
        for index in range((len(entries) + 255) // 256):
            width = min(256, len(entries) - index * 256)
            data = self.folder.read(tile_name(0, index, width)) or self.folder.read(tile_name(0, index)) or b""
            stored += [data[at:at + 32] for at in range(0, width * 32, 32)]
        if tree_root(stored) != root:
            return True
        for index in sorted({at // 256 for at in range(len(hashes)) if hashes[at] != stored[at]}):
            self.altered(tile_name("entries", index, min(256, len(entries) - index * 256)), "not what the tiles give")
        return False

    def tree(self, entries, root):
        hashes = [leaf_hash(entry) for entry in entries]
        headers = [self.header(number, entry) for number, entry in enumerate(entries)]
        frontier = Frontier()
        agreed = True
        for size, leaf in enumerate(hashes, 1):
            frontier.add(leaf)
            name = f"log/checkpoints/{size}"
            header, before = headers[size - 1], headers[size - 2] if size > 1 else None
            must_be = header is not None and keeps_checkpoint(header, before)
            kept = self.checkpoint(name) if size in self.kept or must_be else None
            # Only the first disagreement says where the log was changed; all later roots differ with it.
            if agreed and kept is not None and kept != (size, frontier.root()):
                self.altered(name, "entries do not give this root")
                agreed = kept[0] != size
            if self.held is not None and self.held[0] == size and self.held[1] != frontier.root():
                self.altered("log/checkpoint", "history was written anew since the checkpoint held")
        if tree_root(hashes) != root:
            self.altered("log/checkpoint", "entries do not give this root")
        level, current = 0, hashes
        self.tiles("entries", [struct.pack(">H", len(entry)) + entry for entry in entries])
        while current:
            self.tiles(level, current)
            current = [tree_root(current[i:i + 256]) for i in range(0, len(current) - 255, 256)]
            level += 1

    def header(self, number, entry):
        """The header of an entry; what is wrong with it is reported elsewhere."""
        try:
            header = parse_entry(entry)
        except Bad:
            return None
        return header if header["block"] == number else None

    def must_have(self, level, index, width):
        """Whether a kept checkpoint is of a size whose tree ends in a tile of that width."""
        each = 1 if level == "entries" else 256 ** level
        start = (index * 256 + width) * each
        place = bisect.bisect_left(self.sizes, start)
        return place < len(self.sizes) and self.sizes[place] < start + each

    def tiles(self, level, elements):
        for index in range((len(elements) + 255) // 256):
            parts = elements[index * 256:(index + 1) * 256]
            data, wide = self.edition(level, index, len(parts))
            whole = b"".join(parts)
            if data is not None and (data != whole if wide == len(parts) else not data.startswith(whole)):
                self.altered(tile_name(level, index, wide), "not what the entries give")
            editions = self.folder.names(tile_name(level, index) + ".p")
            for width in range(1, len(parts)):
                name = tile_name(level, index, width)
                data = self.folder.read(name) if str(width) in editions else None
                if data is not None and data != b"".join(parts[:width]):
                    self.altered(name, "not what the entries give")
                elif data is None and self.must_have(level, index, width):
                    if self.folder.read(tile_name(level, index)) is None:
                        self.removed(name)

    # --- Blocks

    def blocks(self, entries):
        previous = 0
        explained = self.disposals(entries)
        self.destroyed_keys(entries)
        replaced = self.tombstones(entries, explained)
        for number, entry in enumerate(entries):
            try:
                header = parse_entry(entry)
            except Bad as reason:
                self.altered(f"log entry {number}", str(reason))
                continue
            name = block_name(header) if header["stored"] else f"log entry {number}"
            if header.get("kind") in ("data-key", "signing-key"):
                self.statement(name, header)
            if header["stored"]:
                self.named.add(name)
            if header["tenant"] != self.tenant or header["block"] != number:
                self.altered(name, "log entry belongs elsewhere")
                continue
            if header["created"] < previous or (header["last-received"] or 0) > header["created"]:
                self.altered(name, "times go backwards")
            previous = header["created"]
            self.sealed += 1
            if not header["stored"]:
                continue
            data = self.folder.read(name, len(entry) + 1 + header["body-length"] + 1)
            if data is None and number in explained and name not in self.folder.unreadable:
                self.pruned += 1
            elif data is None and number in replaced and name not in self.folder.unreadable:
                continue
            elif data is None:
                self.removed(name)
            elif not data.startswith(entry + b"\n"):
                self.altered(name, "header is not the log's entry")
            elif not body_fits(header, data[len(entry) + 1:]):
                self.altered(name, "length or SHA-256 of the body")

    def statement(self, name, header):
        try:
            key_change(header)
        except Bad as reason:
            self.altered(name, str(reason))

    def tombstones(self, entries, disposed):
        """Numbers of the blocks whose place a replacement has taken; reports what is not as the tombstones say."""
        headers = [self.header(number, entry) for number, entry in enumerate(entries)]
        of_block, replaced = {}, set()
        for number, statement in enumerate(headers):
            if statement is None or statement.get("kind") != "tombstone":
                continue
            try:
                tombstone = parse_tombstone(statement)
            except Bad as reason:
                self.altered(f"log entry {number}", str(reason))
                continue
            header = headers[tombstone["block"]]
            if header is None or not header["stored"] or max(tombstone["records"]) >= header["records"]:
                self.altered(f"log entry {number}", "tombstone of what is not there")
            elif self.disposed_before.get(tombstone["block"], number) < number:
                self.altered(f"log entry {number}", "tombstone of a block that was disposed of")
            else:
                of_block.setdefault(tombstone["block"], []).append((number, tombstone))
        for block, tombstones in of_block.items():
            header, there = headers[block], []
            for number, tombstone in tombstones:
                name = replacement_name(header, number)
                self.named.add(name)
                data = self.folder.read(name, None)
                if data is not None and not replacement_fits(data, entries[block], number, tombstone["replacement"]):
                    self.altered(name, "not what its tombstone says")
                there.append(data is not None)
            if any(there):
                replaced.add(block)
            if there[-1]:
                self.removed_records += len(set().union(*(tombstone["records"] for _, tombstone in tombstones)))
        return replaced

    def disposals(self, entries):
        """Numbers of the blocks that lawful disposals list; reports those that are not lawful."""
        headers = [self.header(number, entry) for number, entry in enumerate(entries)]
        listed, explained = set(), set()
        for number, statement in enumerate(headers):
            if statement is None or statement.get("kind") != "disposal":
                continue
            name = f"log entry {number}"
            try:
                disposal = parse_disposal(statement["content"])
            except Bad as reason:
                self.altered(name, str(reason))
                continue
            if disposal["blocks"][-1][1] >= number:
                self.altered(name, "disposal of what comes later")
                continue
            blocks = [block for first, last in disposal["blocks"] for block in range(first, last + 1)]
            of_blocks = [headers[block] for block in blocks]
            late = [block for block, header in zip(blocks, of_blocks) if not self.due_by(header, statement["created"])]
            explained.update(set(blocks) - set(late))
            for block in late:
                self.altered(name, f"disposal of block {block} before its time")
            if any(header is None or not header["stored"] for header in of_blocks):
                self.altered(name, "disposal of what is no block")
            elif not says_of_blocks(disposal, of_blocks, [entries[block] for block in blocks]):
                self.altered(name, "disposal says something else than the entries")
            elif not late and not (disposal["due"] <= statement["created"]
                                   and all(self.due_by(header, disposal["due"]) for header in of_blocks)):
                self.altered(name, "time when a disposal was due")
            if listed & set(blocks):
                self.altered(name, "disposal of what went before")
            listed.update(blocks)
            for block in blocks:
                self.disposed_before.setdefault(block, number)
        return explained

    def destroyed_keys(self, entries):
        """The statement that ends the log of a closed organisation: last, true of its keys, and not too early."""
        headers = [self.header(number, entry) for number, entry in enumerate(entries)]
        for number, statement in enumerate(headers):
            if statement is None or statement.get("kind") != "keys-destroyed":
                continue
            name = f"log entry {number}"
            try:
                said = parse_keys_destroyed(statement["content"])
            except Bad as reason:
                self.altered(name, str(reason))
                continue
            stored = [header for header in headers[:number] if header is not None and header["stored"]]
            keys = {}
            for header in stored:
                blocks, records = keys.get(header["data-key"], (0, 0))
                keys[header["data-key"]] = (blocks + 1, records + header["records"])
            if number != len(entries) - 1:
                self.altered(name, "keys are destroyed, and the log goes on")
            elif max(said["closed"], said["due"]) > statement["created"]:
                self.altered(name, "keys are destroyed before they may be")
            elif any(not self.due_by(header, said["due"]) for header in stored):
                self.altered(name, "keys are destroyed before the last retention is over")
            elif None not in headers and {**dict.fromkeys(said["keys"], (0, 0)), **keys} != said["keys"]:
                self.altered(name, "destroyed keys that the entries do not give")
            else:
                self.shredded = len(said["keys"])

    @staticmethod
    def due_by(header, time):
        """Whether a block's time was over; of what is no block that is not the question."""
        if header is None or not header["stored"]:
            return True
        until = keep_until(header)
        return until is not None and until <= time

    # --- What the log does not name

    def beyond(self, entries):
        """Beyond the newest checkpoint there may be one block, and the log files that it brings in their order."""
        size = len(entries)
        kept = [name for name in self.folder.names("log/checkpoints") if not SIZE.fullmatch(name) or int(name) > size]
        log = [name for name in self.folder.names("log") if name not in ("checkpoint", "checkpoints", "tile")]
        tiles = [name for name in self.folder.files("log/tile") if not belongs_to_tree(name, size)]
        blocks = [name for name in self.folder.files("blocks") if name not in self.named]
        pointer = self.trusted("log/checkpoint")
        newest = max(size, pointer[0]) if pointer else size
        following = newest + 1 if pointer is None or pointer[0] >= size else newest

        for name in log:
            self.altered(f"log/{name}", "not part of a log")
        for name in kept:
            size_in_name = int(name) if SIZE.fullmatch(name) else None
            self.newer_checkpoint(f"log/checkpoints/{name}", size_in_name, newest, following)
        entry = None
        for name in blocks:
            match = BLOCK.fullmatch(name)
            number = int(match[1]) if match else None
            if match and (size <= number < newest or (self.open_end and number >= size)):
                continue
            if entry is None and number == newest < following:
                entry = self.next_block(name, number)
                if entry is not None or name in self.folder.unreadable:
                    continue
            self.altered(name, "no entry of the log names it")
        if self.open_end:
            return
        if entry is None and newest == size < following:
            entry = self.next_without_object(entries)
        # What was sealed meanwhile is for the next check, and so is what follows it.
        files = files_of_last_entry([*entries, entry]) if entry is not None and newest == size else []
        for place, (name, data) in enumerate(files):
            if name not in tiles:
                continue
            tiles.remove(name)
            if self.folder.read(name) != data:
                self.altered(name, "not what the next entry gives")
            if place and not self.folder.read(files[place - 1][0]):
                self.altered(name, "without the files before it")
        for name in tiles:
            if newest == size or not belongs_to_tree(name, following):
                self.altered(name, "belongs to no tree of this size")
        if newest == size and any(self.goes_on(name, entries) for name in tiles):
            self.altered("log/checkpoint", "turned back")

    def goes_on(self, name, entries):
        """Whether a bundle begins with the last entries of the log and has more than one behind them."""
        first = len(entries) // 256 * 256
        if not name.startswith(tile_name("entries", first // 256)):
            return False
        try:
            bundle = split_bundle(self.folder.read(name) or b"")
        except Bad:
            return False
        rest = entries[first:]
        if tile_name("entries", first // 256, len(bundle)) != name:
            return False
        return len(bundle) > len(rest) + 1 and bundle[:len(rest)] == rest and bool(rest)

    def newer_checkpoint(self, name, size, newest, following):
        if size is None:
            self.altered(name, "not the name of a size")
        elif size > newest and not self.open_end:
            kept = self.checkpoint(name)
            if kept is not None and kept[0] != size:
                self.altered(name, "of another size")
            elif kept is not None and size > following:
                self.altered("log/checkpoint", "turned back")

    def next_block(self, name, number):
        """The header of a block whose sealing was cut short, if it is whole and at its place."""
        data = self.folder.read(name, None) or b""
        end = data[:4098].find(b"\n\n")
        try:
            header = parse_header(data[:end + 1])
        except Bad:
            return None
        if not header["stored"]:
            return None
        whole = header["tenant"] == self.tenant and header["block"] == number and block_name(header) == name
        return data[:end + 1] if whole and body_fits(header, data[end + 2:]) else None

    def next_without_object(self, entries):
        """A heartbeat or a statement whose sealing was cut short: the last entry of the bundle that it brought."""
        number = len(entries)
        data = self.folder.read(tile_name("entries", number // 256, number % 256 + 1))
        try:
            bundle = split_bundle(data or b"")
            header = parse_entry(bundle[-1]) if len(bundle) == number % 256 + 1 else None
        except Bad:
            return None
        if header is None or header["stored"]:
            return None
        return bundle[-1] if header["tenant"] == self.tenant and header["block"] == number else None


def check_folder(folder, key, since=None):
    """The finished check of one folder; the key as text or as the name of a file that holds it."""
    key_text = key
    if os.path.isfile(key):
        with open(key, "rb") as file:
            key_text = file.read().decode("utf-8").strip(" \t\n\v\f\r\u00a0\ufeff")
    held = None
    if since:
        with open(since, "rb") as file:
            held = file.read()
    check = Check(folder, key_text, held)
    check.run()
    return check


def main():
    parser = argparse.ArgumentParser(description="Checks an Akashi evidence folder offline.")
    parser.add_argument("folder")
    parser.add_argument("--key", required=True)
    parser.add_argument("--since")
    arguments = parser.parse_args()
    try:
        check = check_folder(arguments.folder, arguments.key, arguments.since)
    # Python ends with 1 for what nobody expected, which would say that something was altered.
    except Exception as error:
        print(f"could not be checked: {error}", file=sys.stderr)
        return 2
    for thing, reason in check.reported:
        print(f"{thing}\t{reason}")
    for name, reason in check.folder.unreadable.items():
        print(f"could not be read: {name}: {reason}", file=sys.stderr)
    if check.code == 0:
        print(f"proven: {check.sealed} blocks of tenant {check.tenant}"
              + (f"; {check.pruned} of them pruned by policy, as disposals in the log say" if check.pruned else "")
              + (f"; its {check.shredded} keys were destroyed, and nobody can read the records" if check.shredded
                 else "")
              + (f"; {check.removed_records} records removed by tombstones, explained" if check.removed_records else ""))
    return check.code


if __name__ == "__main__":
    sys.exit(main())
