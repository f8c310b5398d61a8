/** What is written beside the evidence as `format-timestamps.md` once a time stamp is kept there. */
export const timeStampsDescription = `# Akashi evidence: time stamps and proofs outside

This text goes with format.md, whose conventions it uses. Nothing of it lies in blocks or log.

## Time stamps (RFC 3161)

    timestamps/<size>/<time>-<serial>.tsr

is the DER of a TimeStampResp (RFC 3161, section 2.4.2) of an authority outside. Its message imprint is SHA-256 of the bytes of
log/checkpoints/<size>, which stays for as long as the time stamp does. time is genTime as yyyymmddThhmmssZ, serial the first
digits of the authority's serial number. The same file leaves by mail, by webhook or into a bucket, with the checkpoint.

To check one, with the certificate of the authority got from the authority itself:

    openssl ts -verify -data log/checkpoints/<size> -in timestamps/<size>/<name>.tsr -CAfile authority.pem

What it proves: the checkpoint of that size, and so the first <size> entries of the log with every record that they commit to,
were there when the authority says. Nobody, with whatever keys of this log, can have written them later.
What it does not: that they were not there long before; that an entry's own times are true; anything of later entries; that
nothing was left out before it was logged. Whoever writes the log anew can have that stamped as well, at the time when they do:
time stamps that came days after the entries they cover say so.
A time stamp in the archive can be removed with it. One that was kept elsewhere cannot: its imprint must be the SHA-256 of one of
the checkpoints in log/checkpoints, or the log is not the one that was stamped.

## A record's proof (C2SP tlog-proof)

A file <name>.tlog-proof is a proof as C2SP tlog-proof has it, of one entry: index is the number of its block, the entry the
block's header. The line extra is base64 of JSON {"format": "akashi event proof v1", "event", "blockPath", "header"}:

    header     the entry, as text. H(0x00 | header) is the leaf that the proof's hashes lead from.
    event      {leaf, flags, origin, receivedAtUs, sequence, notes, record}; origin, notes and record are {"text"} or {"base64"}.
               Its leaf bytes are put together as format.md says.
    blockPath  base64 hashes of the audit path (RFC 6962, section 2.1.1) from the record, the leaf of that number among the
               header's records, to the header's root.

The record is proven when both paths lead to their roots and the checkpoint is signed by the key that you hold.
`;
