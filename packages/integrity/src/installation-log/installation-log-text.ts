/** What is written beside the installation log, and beside an organisation's slot proofs, as `format-witnesses.md`. */
export const installationLogDescription = `# Akashi evidence: the installation log and its witnesses

This text goes with format.md, whose conventions it uses. H is SHA-256, | joins bytes.

## The installation log

One log for a whole installation, in a place of its own, as C2SP tlog-tiles: checkpoint (signed note, Ed25519), tile/... and
tile/entries/..., and checkpoints/<size>. Its origin names no customer. It is signed with a key of its own, and its checkpoints
carry cosignatures of witnesses (C2SP tlog-cosignature) that others run. Each entry is

    akashi installation entry v1
    entry: <number, from 0>
    created: <time>
    slots: <how many organisations have a slot>
    root: <base64 of the root over the slots>

with LF behind each line. It commits to the newest checkpoint of every organisation of the installation at that time.

## Slots

An organisation's slot has an id and a value, 32 bytes each:

    id    = HMAC-SHA-256(secret, "akashi slot of an organisation v1" | LF | tenant id)
    value = H(tree head), the three lines of a checkpoint of the organisation's log: origin LF size LF base64 root LF

The secret is the organisation's own: 32 bytes, in its evidence as witness/blinding-secret ("akashi-blinding-secret <base64>").
Without it nobody can tell which organisation a slot is of, nor which organisations there are.

The root is that of a binary tree that follows the bits of the ids, from the most significant bit of the first byte:

    node of no slot        32 zero bytes
    node of one slot       H("akashi slot v1" | LF | id | value)
    node of more slots     H("akashi fork v1" | LF | node of those whose next bit is 0 | node of those whose next bit is 1)

So each id has one place under a root. Two values for one organisation cannot both be proven under it, and an organisation that
was left out cannot be proven at all.

## Slot proofs

    witness/<size of the installation log, twelve digits>.tlog-proof

in an organisation's evidence is a C2SP tlog-proof of one entry of the installation log. The line extra is base64 of JSON
{"format": "akashi slot proof v1", "entry", "head", "slotPath"}:

    entry     the entry, as text. H(0x00 | entry) is the leaf that the proof's hashes lead from.
    head      the tree head in the organisation's slot, as text.
    slotPath  base64 hashes beside the way from the entry's root down to the slot. Going up from the slot's node, the last one
              first, the bit of the id at that depth says on which side it stands: 0, the hash is on the right.

## What to check

1. The checkpoint in the proof is signed by the installation log's key, and cosigned by as many witnesses as you ask for
   (C2SP tlog-policy). Take their keys from the witnesses, not from here.
2. The entry is in the log at that size, and names its own number.
3. The slot is under the entry's root, with the id that the organisation's secret gives.
4. The organisation's log has that root at that size: it goes on from the tree head in the slot.

What it proves: when the witnesses signed, this was the organisation's log up to that size, and nobody, with whatever keys and
disks of the installation, can have another one at that size witnessed under the same origin: a witness remembers the log that
it cosigned and refuses one that does not go on from it.
What it does not: anything of what came after the newest slot; that what was logged is true, or complete; that the witnesses do
not act in common with the operator, or that they are not run by it. Whoever removes the proofs from the evidence removes what
they say: keep one, or ask the witnesses for the size they cosigned last.
`;
