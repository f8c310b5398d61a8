/**
 * The description that is written beside the evidence: exact enough to check an archive in another language, without this
 * product. Checkers compare it byte for byte, so a change of wording is a new description.
 */
export const formatDescription = `# Akashi evidence, format 4

This folder holds the sealed logs of one tenant. Everything below it can be checked offline with the tenant's verifier
key, which you should have received by another way than this folder.

Blocks are of version 1 or of version 2. Version 1 was written before version 2 existed; a log may begin with version 1
and go on with version 2. Both are described here. What is said without a version holds for both. Since format 3 a log
may hold statements between its blocks: entries that are no block. Since format 4 there are tombstones among them, and
replacements of the blocks that they are about.

Conventions: "u16be", "u32be", "u64be" are unsigned big-endian integers. base64 is RFC 4648 section 4 with padding, in its
one canonical spelling. SHA-256 is the only hash. H(x) is SHA-256 of the bytes x, "|" joins bytes, (x)* repeats x. Text is
UTF-8, lines end in LF.

## Files

    format.md                                  this text, or the description of an earlier format in an older archive
    format-2.md                                the description of format 2, in some archives that began with format 1
    format-3.md                                the description of format 3, in some archives that began before it
    format-4.md                                this text, in an archive whose format.md describes an earlier format
    verifier-key.txt                           a copy of the verifier key (compare it with the one you hold)
    blocks/<yyyy>/<mm>/<dd>/<number>.akb       a block; number in 12 digits, day of its creation in UTC
    blocks/<yyyy>/<mm>/<dd>/<number>.r<entry>.akb
                                               the replacement of that block, by the tombstone that is entry <entry>; both
                                               in 12 digits, day of the block's creation
    log/checkpoint                             the newest checkpoint
    log/checkpoints/<size>                     checkpoints that are kept under their size
    log/tile/<level>/<index>[.p/<width>]       hash tiles        (C2SP tlog-tiles)
    log/tile/entries/<index>[.p/<width>]       entry bundles     (C2SP tlog-tiles)

Every file but log/checkpoint is written once. A block that a disposal lists or that a tombstone is about (see Statements)
may be gone.

A checkpoint is signed for every size 1, 2, 3 ... of the log. log/checkpoints/<size> is there for certain when
- entry size - 1 is a block of version 1, or
- entry size - 1 is a block of version 2 or a statement, and the first entry of its UTC hour: it is entry 0, or the hour
  of its "created" is not the hour of "created" of entry size - 2, or
- entry size - 1 is a signing-key statement (see Statements).
Others are there as well: each one that was handed to somebody outside is kept before it is handed out.

A partial tile may be gone when its full tile is there. While the full tile is not there, the partial tiles of each size
that log/checkpoints has, and of the newest size, are there; narrower ones of other sizes may be gone.

## Block object

    header text | LF | body

The header text is exactly these lines, in this order:

    version 1                                       version 2
    akashi block v1                                 akashi block v2
    tenant: <tenant id>                             tenant: <tenant id>
    block: <number, from 0>                         block: <number, from 0>
    segment: <id of the batch of intake, or ->      policy: <retention policy, or ->
    records: <count>                                records: <count>
                                                    segments: <count>
    first-received: <time or ->                     first-received: <time or ->
    last-received: <time or ->                      last-received: <time or ->
    created: <time>                                 created: <time>
                                                    keep-until: <time, "never" or ->
    root: <base64, 32 bytes>                        root: <base64, 32 bytes>
    body-sha256: <base64, 32 bytes>                 body-sha256: <base64, 32 bytes>
    body-length: <bytes>                            body-length: <bytes>
    data-key: <id of the encryption key>            data-key: <id of the encryption key, or ->
    masking: <version of the masking policy>        masking: <version of the masking policy>

Times are UTC with six digits of seconds, such as 2026-11-22T16:22:21.123456Z, from 1970 on; as a count of microseconds
since 1970 a time is at most 2^53 - 1. Both received times are "-" exactly when records is 0; otherwise first-received is
not after last-received. Numbers are decimal without leading zeros, at most 2^53 - 1. Names (tenant, segment, data-key,
masking) match [A-Za-z0-9][A-Za-z0-9._:@+/-]{0,127}; a policy matches [a-z0-9][a-z0-9-]{0,31}. A header text has at most
4096 bytes. Any other spelling is not a header.

body-sha256 and body-length are of the stored (encrypted) body. "created" never goes back from one entry to the next,
and last-received is not after created. An entry is made at least every hour (while blocks were of version 1: at least
every ten minutes); a block that holds nothing (a heartbeat) proves that nothing had arrived.

Version 1: a heartbeat has "segment: -" and records 0. It has an object like any other block.

Version 2:
- segments counts the batches of intake (landing segments) that the block holds as wholes, all of one retention policy.
- keep-until is the time until which the object must stay, "never" when it may never be deleted. It is not before
  last-received.
- When records is 0, root is the root of no leaves.
- A heartbeat has segments 0, records 0, "policy: -", "keep-until: -", "data-key: -", body-length 0 and H("") as body-sha256.
  It has no object. Any other block has at least one segment, a policy, a keep-until, a data-key, and a body-length above 0.

## Body (needs the data key)

    12-byte nonce | AES-256-GCM ciphertext | 16-byte tag

Additional data: "akashi block v" | version | "\\n" | tenant id | "\\n" | block number in decimal | "\\n". The plaintext is
one zstd stream; unpacked it is the payload:

    u32be segment count | (u16be length | segment id | u32be record count)*      only in version 2
    u32be origin count  | (u32be length | origin JSON)*
    u32be record count  | (u32be origin index | u32be leaf length | leaf)*
    (u16be mark)*       one for each record: the first two bytes of H(leaf), only to find an altered record

    leaf = 0x00 | u8 flags | H(origin JSON) | u64be receive time | u32be sequence in its batch |
           u16be notes length | notes JSON | record

The segment table has as many segments as the header says. A segment id is a name and comes once. The records of the
first segment come first, then those of the second, and so on; their counts sum up to records.

Flags: 1 = goes on from the record before, 2 = the next record goes on from this one, 4 = has notes, 8 = masking failed
and starred every digit. The receive time counts microseconds since 1970-01-01T00:00Z. Notes tell what was masked and
where, never the value. The record is the log line after masking. The origin JSON tells where a record came from; its
member logGroup is the record's log group.

## Replacement object

    akashi replacement v1
    tombstone: <entry of the tombstone>
    body-sha256: <base64, 32 bytes>
    body-length: <bytes>
    data-key: <id of the encryption key>
    (empty line)
    header text of the block | LF | body

The header text of the block is its entry in the log, unchanged. body-sha256, body-length and data-key are of the body of
this object and the same as in the tombstone. The body is made as that of a block is (see Body), with two differences. The
additional data has "replacement\\n" at its end. In place of a record that was removed the payload has

    u32be origin index | u32be 0xffffffff | 32-byte leaf hash | u64be receive time

and its mark is still the first two bytes of that hash. The receive time is that of the record; nothing but the header's times
bears it out any more. Everything else of the payload is as it was. Leaf hashes of the
records that stay and of those that were removed give the block's root; counts, times and segments are those of its header.

## Merkle trees (RFC 6962 section 2.1)

    root of no leaves   H("")
    root of one leaf    its leaf hash
    root of n leaves    H(0x01 | root of the first k | root of the others), k the largest power of two below n

For "root" in a header the leaf hashes are H(leaf) of the records in order (a leaf begins with 0x00 already). For
the log, leaf hash i is H(0x00 | entry i).

## Log

Entry i of the log is the header text of block i, or the text of statement i. An entry bundle holds 256 entries (a partial one its width), each as
u16be length | entry. A hash tile at level L holds 256 hashes of 32 bytes (a partial one its width): at level 0 the leaf
hashes, at level L+1 the roots of the full tiles of level L. <index> is written in groups of three digits, all but the
last with an x in front: 1234067 is x001/x234/067. A tree of n entries has floor(n / 256^L) hashes at level L.

A block is written in this order: its object (a heartbeat of version 2 has none); the entry bundle with its entry; the hash
tiles with its leaf hash, level 0 first; log/checkpoints/<size>, if it is kept; log/checkpoint. When a tile becomes full,
it is written as a full tile in place of a partial one. A statement is written in the same way, without an object.

## Statements

A statement is an entry that has no object. Its text is exactly these lines, in this order, of at most 65535 bytes:

    akashi statement v1
    tenant: <tenant id>
    entry: <number, from 0, which blocks and statements share>
    kind: <what it is about>
    created: <time>
    content: <JSON object on one line>

A kind matches [a-z0-9][a-z0-9-]{0,31}. The JSON is in the canonical spelling of RFC 8785. Its numbers are whole and not
beyond 2^53 - 1 on either side, and objects and arrays stand at most 8 deep in each other, the content itself counted.
Any other spelling is not a statement. A kind that is not described here is a statement whose content you cannot judge.

### disposal

The lawful deletion of blocks whose time is over. It becomes an entry before the first of their objects goes. Content:

    {"blocks":    the disposed blocks by number, such as "17-64,70": ascending, joined by ",", neighbours as one range
     "count":     how many blocks that are
     "records":   how many records they held
     "firstReceived", "lastReceived":   the earliest and the latest of their received times, or null without records
     "policies":  the retention policies of those of version 2: each once, ascending, as an array
     "root":      base64 of the RFC 6962 root over the leaf hashes of their entries, in order
     "due":       the time when the last of them was due
     "rule":      {"id": <name of the rule>, "requirement": <what it follows from>}}

Every listed entry comes before the disposal, has an object, and is listed by no other disposal. Due is not before the
keep-until of any of them, and not after "created" of the disposal. A block of version 1, which has no keep-until, is
kept for 365 days from last-received (from created when it has no records). Objects go one after the other: one that is
listed may still be there, and is then what its entry says.

### tombstone

The removal of single records from a block, such as those that turned out to hold a card number. It becomes an entry
before anything is removed. The records go, their leaf hashes stay, in an object that takes the block's place: its
replacement. Content:

    {"block":      number of the block
     "records":    the records that go by their position in the block from 0, such as "5,17-20": ascending, joined by ",",
                   neighbours as one range
     "count":      how many records that are
     "reason":     text
     "rule":       {"id": "masking" when the rules of masking found them, "person" when a person did,
                    "version": version of the masking policy, "requirement": <what it follows from>}
     "asked", "approved":   {"id": <id of the account>, "name": text}: who asked, and who else agreed
     "replacement":  {"bodySha256": base64, 32 bytes, "bodyLength": bytes, "dataKey": id of the encryption key}}

The block comes before the tombstone, has an object, is listed by no disposal before it, and has these records. "asked" and
"approved" are not the same account. A block may have several tombstones; its removed records are those of all of them, and
the replacement of each lacks those of that tombstone and of all before it. Which of the objects of a block are there:
- The replacement of the newest tombstone; then the original and earlier replacements may be gone. One that is still there
  is still what its entry says: it goes as soon as the store permits.
- Or not yet the replacement of the newest tombstone: then what was there before that tombstone is there.
- After a disposal of the block every one of them may be gone.

The hash of a removed record is kept in the encrypted replacement and not in the tombstone: whoever knows the rest of a
record could find a card number from its hash by trying.

### signing-key

Another key signs the log from here on. Content:

    {"old", "new": verifier keys           "reason", "who": texts}

The checkpoint of the size that ends in this entry, and each of a smaller size down to the change before, is signed by the
old key; each of a larger size by the new one. A signature of the old key under a larger size counts for nothing. "old" is
the "new" of the change before. verifier-key.txt holds the first key.

### data-key

From here on the bodies of blocks are encrypted with another data key; those before stay as they are. Content:

    {"old", "new": ids of the data keys    "reason", "who": texts}

### keys-destroyed

The end of the log. The organisation is closed, the last retention is over and nothing is held: the keys that its records
lie under are destroyed, and with them every copy of what is still there. It becomes the last entry before the first key
goes. Content:

    {"keys":      [{"id": id of the key, "fingerprint": base64 of H("akashi key fingerprint v1" | LF | key) or null,
                    "blocks", "records": how many blocks with an object name it as their data-key, and their records}]
                  ascending by id
     "blocks", "records":   the sums of these
     "closed":    when the organisation was closed
     "due":       when the last retention was over
     "rule":      {"id": <name of the rule>, "requirement": <what it follows from>}}

Every data-key that an entry names is among the keys; others are keys of records that were not sealed yet, with 0 blocks. A
fingerprint is null for a key that was lost before. "due" is not before the keep-until of any block with an object (see
disposal for version 1), and neither it nor "closed" is after "created". Nothing comes behind it. Objects that a store still
holds stay as their entries say, and nobody can open their bodies; signing keys are not destroyed, as nothing secret is
under them.

## Checkpoint (C2SP tlog-checkpoint, signed note)

    akashi.log/<tenant id>
    <size: number of entries>
    <base64 of the root of the log>
    (empty line)
    — akashi.log/<tenant id> <base64 of 4-byte key id | 64-byte Ed25519 signature>

The signature (RFC 8032) covers the first three lines with their LFs. Further signature lines by other keys may follow.
A verifier key is <name>+<key id, 8 hex digits>+<base64 of 0x01 | 32-byte public key>; its name is the origin line; its
id is the first four bytes of H(name | LF | 0x01 | public key).

## What to check

1. log/checkpoint and every log/checkpoints/<size> is signed for this tenant by the key that has to sign that size, and is of
   that size: the key you hold and, through the signing-key statements, those that it led to and those that led to it.
   log/checkpoint is signed by the key you hold or by one that it led to. Each checkpoint that must be there is there (see
   Files).
2. The leaf hashes of all entries give each checkpoint's root at its size. Every tile present is what they give. Each
   tile that must be there is there (see Files).
3. For every entry i: its text is canonical, names this tenant and block or entry i; its object, if it has one, is at its
   place, begins with the entry and an LF, and its body has the length and hash of the header. created never goes back. An
   object may be missing only if a disposal lists its block, or if the replacement of the newest tombstone of the block is
   there, says what that tombstone says, and has a body of that length and hash. Every disposal says what its blocks' entries
   say, and every tombstone and keys-destroyed what the format asks of it.
4. Nothing else lies in blocks and log, except what a block leaves whose sealing was cut short and will be resumed: the
   files of the next number, in the order of their writing and each as its entry gives it, up to any of them. The entry is
   the header of its object; for a heartbeat of version 2 and a statement it is the last entry of the first file, the
   entry bundle. A log/checkpoint that is one size behind a kept checkpoint was cut short in the same way.
5. With the data key: the body opens, and count, times and root of its records, and in version 2 its segments, are those
   of the header. In a replacement the removed records are those of the tombstones up to its own, and no others.
6. A checkpoint you kept from earlier: its root is the root of the first <size> entries. Keep one outside the reach of
   those who run the system: it is what shows that the end was cut off or history was written anew.
`;
