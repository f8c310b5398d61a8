/** The description that archives got as `format.md` until format 2. Checkers compare it byte for byte: never changed. */
export const formatDescriptionV1 = `# Akashi evidence, format 1

This folder holds the sealed logs of one tenant. Everything below it can be checked offline with the tenant's verifier
key, which you should have received by another way than this folder.

Conventions: "u16be", "u32be", "u64be" are unsigned big-endian integers. base64 is RFC 4648 section 4 with padding, in its
one canonical spelling. SHA-256 is the only hash. H(x) is SHA-256 of the bytes x, "|" joins bytes. Text is UTF-8, lines
end in LF.

## Files

    format.md                                  this text
    verifier-key.txt                           a copy of the verifier key (compare it with the one you hold)
    blocks/<yyyy>/<mm>/<dd>/<number>.akb       a block; number in 12 digits, day of its creation in UTC
    log/checkpoint                             the newest checkpoint
    log/checkpoints/<size>                     every checkpoint: one for each size 1, 2, 3 ... up to the newest
    log/tile/<level>/<index>[.p/<width>]       hash tiles        (C2SP tlog-tiles)
    log/tile/entries/<index>[.p/<width>]       entry bundles     (C2SP tlog-tiles)

Every file but log/checkpoint is written once. Partial tiles may go when their full tile is there.

## Block object

    header text | LF | body

The header text is exactly these lines, in this order:

    akashi block v1
    tenant: <tenant id>
    block: <number, from 0>
    segment: <id of the batch of intake, or - for a heartbeat>
    records: <count>
    first-received: <time or ->
    last-received: <time or ->
    created: <time>
    root: <base64, 32 bytes>
    body-sha256: <base64, 32 bytes>
    body-length: <bytes>
    data-key: <id of the encryption key>
    masking: <version of the masking policy>

Times are UTC with six digits of seconds, such as 2026-11-22T16:22:21.123456Z; both received times are "-" exactly when
records is 0. Numbers are decimal without leading zeros. Names match [A-Za-z0-9][A-Za-z0-9._:@+/-]{0,127}. Any other spelling is not a header.

body-sha256 and body-length are of the stored (encrypted) body. "created" never goes back from one block to the next,
and last-received is not after created. A block is made at least every ten minutes; one with no records (a heartbeat)
proves that nothing had arrived.

## Body (needs the data key)

    12-byte nonce | AES-256-GCM ciphertext | 16-byte tag

Additional data: "akashi block v1\\n" | tenant id | "\\n" | block number in decimal | "\\n". The plaintext is one zstd
stream; unpacked it is the payload:

    u32be origin count  | (u32be length | origin JSON)*
    u32be record count  | (u32be origin index | u32be leaf length | leaf)*
    (u16be mark)*       one for each record: the first two bytes of H(leaf), only to find an altered record

    leaf = 0x00 | u8 flags | H(origin JSON) | u64be receive time | u32be sequence in its batch |
           u16be notes length | notes JSON | record

Flags: 1 = goes on from the record before, 2 = the next record goes on from this one, 4 = has notes, 8 = masking failed
and starred every digit. The receive time counts microseconds since 1970-01-01T00:00Z. Notes tell what was masked and
where, never the value. The record is the log line after masking.

## Merkle trees (RFC 6962 section 2.1)

    root of no leaves   H("")
    root of one leaf    its leaf hash
    root of n leaves    H(0x01 | root of the first k | root of the others), k the largest power of two below n

For "root" in a header the leaf hashes are H(leaf) of the records in order (a leaf begins with 0x00 already). For
the log, leaf hash i is H(0x00 | header text of block i).

## Log

Entry i of the log is the header text of block i. An entry bundle holds 256 entries (a partial one its width), each as
u16be length | entry. A hash tile at level L holds 256 hashes of 32 bytes (a partial one its width): at level 0 the leaf
hashes, at level L+1 the roots of the full tiles of level L. <index> is written in groups of three digits, all but the
last with an x in front: 1234067 is x001/x234/067. A tree of n entries has floor(n / 256^L) hashes at level L.

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

1. log/checkpoint and every log/checkpoints/<size> is signed by the key you hold, for this tenant.
2. The leaf hashes of all entries give each checkpoint's root at its size, and every tile present is what they give.
3. For every entry i: its header is canonical, names this tenant and block i; the object is at its place, begins with
   the entry and an LF, and its body has the length and hash of the header. created never goes back.
4. No block object is without its entry, except one with the next number: its sealing was cut short and will be resumed.
5. With the data key: the body opens, and count, times and root of its records are those of the header.
6. A checkpoint you kept from earlier: its root is the root of the first <size> entries. Keep one outside the reach of
   those who run the system: it is what shows that the end was cut off or history was written anew.
`;
