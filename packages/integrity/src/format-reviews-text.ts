/** What is written beside the evidence as `format-reviews.md` once a log holds reviews or reports. */
export const reviewsDescription = `# Akashi evidence: log reviews and reports

This text goes with format.md, which says how records are sealed. It describes the records of two log groups, and the files
below reports/. All of it needs the data key. Conventions are those of format.md. "base64url" is RFC 4648 section 5 without
padding, in its one canonical spelling. "hex" is lower case. Canonical JSON is RFC 8785; C(x) are the UTF-8 bytes of the
canonical JSON of x. Times are RFC 3339 in UTC with three digits of seconds.

## Documents (log group akashi/reviews)

A record of the group is one JSON object. One that has akashi.review.document holds a document, or a piece of one:

    akashi.review.document    record | addendum | signature | credential | credential-end
    akashi.review.sha256      hex of H(the document's bytes)
    akashi.review.piece       from 1
    akashi.review.pieces      how many pieces there are
    akashi.review.body        a piece of the body

The bodies of all pieces with the same document and sha256, in the order of piece, are joined. base64url gives a raw
DEFLATE stream (RFC 1951), which gives the document's bytes. They are C(document), and H of them is sha256. What else the
record says repeats the document for those who search. The place of a document is that of the record with its last piece.

record (the log review record of one day):

    format "akashi review record v1"; tenant {id, name}; day yyyy-mm-dd; timeZone; period {from, to} (receive time, the end not
    included); revision (from 1); reviewer {id, name, email}; items, each with run {id, ndjsonSha256, ...} and addenda (runs as
    well); reference, each with run; findings, incidents, statement, comment and what else was reviewed.

addendum (said after the approval; it changes nothing):

    format "akashi review addendum v1"; tenant; day; number; revision; recordSha256 (hex, of the record that it adds to);
    by {id, name, email}; text.

credential (the enrolment of a signing credential, a WebAuthn credential that signs nobody in):

    format "akashi signing credential v1"; id; statement; origin; credentialId, publicKey (a COSE_Key, RFC 9053),
    clientDataJSON, attestationObject (base64url); algorithm (-7 ES256, -8 EdDSA with Ed25519); aaguid; isBackupEligible;
    isBackedUp; vouchedBy, vouchedWith (who vouched that it is this person's, with which factors, when).
    statement: domain "akashi signing credential v1"; tenant (id); person {id, name, email}; rpId; at; random (32 bytes, base64url).

credential-end (from then on it signs nothing):

    format "akashi signing credential end v1"; tenant (id); enrolmentSha256 (hex, of the credential document); credentialId; by; at.

signature:

    format "akashi review signature v1"; statement; method "passkey" or "code"; and what the method needs.
    statement: domain "akashi review signature v1"; tenant (id); day; revision; recordSha256 (hex of H of the record's bytes, or of the
    addendum's); action "reviewed", "approved", "returned" or "addendum"; signer {id, name, email}; at; comment; separationReason
    (why the reviewer approves too, where the organisation allows that); random (32 bytes, base64url).

    passkey: credentialId, enrolmentSha256 (hex, of the credential document), clientDataJSON, authenticatorData, signature.
    code:    stepUp {at, methods}; key (name and id of the verifier key, joined with +); signature: Ed25519 by the key that
             signs the checkpoints, over C(the document without its member signature).

What a signature says: this person's authenticator, or the product after this person's one-time code, signed this hash. It does
not attest what a screen showed.

## WebAuthn (Web Authentication level 2)

clientDataJSON is JSON with type, challenge, origin, crossOrigin. authenticatorData is H(RP id) | u8 flags | u32be counter |
further data. Flags: 1 user present, 4 user verified, 8 backup eligible (it can be on several devices), 16 backed up, 64 a
credential follows: 16-byte AAGUID | u16be length | credential id | COSE_Key. attestationObject is a CBOR map; its member authData
is the authenticatorData of the registration. ES256 signatures are DER (SEQUENCE of two INTEGERs) of ECDSA on P-256 with SHA-256.

## What to check

1. Every document opens, has its sha256, and is canonical.
2. credential: type "webauthn.create", challenge base64url of H(C(statement)), origin the document's, crossOrigin not true; RP id hash
   H(statement.rpId), and rpId is the host of the origin or a domain above it; present and verified; credential id, key and backup
   flags are the document's; tenant is this one.
3. signature by passkey: its credential document has that enrolmentSha256 and credentialId, lies in a block before the block of the signature, and its
   person's id is the signer's. No end of it lies in a block before that of the signature, nor, in the same block, with a time not
   after the statement's. type "webauthn.get", challenge base64url of H(C(statement)), origin and RP id hash those of the
   credential; crossOrigin not true; present and verified; signature over authenticatorData | H(clientDataJSON). The counter is not judged.
4. signature by code: key and signature fit the verifier key that you hold.
5. Each signature is over a record that is there (action "addendum": over an addendum), whose day and revision it names.
6. Each record has a signature "reviewed", and each addendum a signature "addendum", of the person whom the document names (reviewer, by).
   An addendum adds to a record that is there.
7. "approved" is another person's than the reviewer's, unless separationReason says why.
8. Each run that a record names with an ndjsonSha256 has a line in akashi/reports with that hash.
9. Between two blocks within the period of a record lies no more than an hour (and five minutes); days between the first and the last
   have a record. What is missing here is for a person to judge.

## Reports (log group akashi/reports)

A record with event.action "report.sealed" names the files that a report run froze: akashi.report.run (its id), and by name of the
file (ndjson, csv_ja, pdf_en, ...) akashi.report.objects (where it lies), akashi.report.sha256 (hex, of the file as people download it) and
akashi.report.bytes (its length). A run has one such line; another one under its id says the same.

    reports/<yyyy>/<mm>/<dd>/<run>/<file>.akr

    object  = prefix | frame 0 | ... | frame n | u32be n | u32be bytes of frame n | "akr1"
    prefix  = "akashi report object v1\\n" | u32be length | C(header)
    header  = {file, format: 1, key (id of the data key), nonce (base64, 12 bytes), run, tenant, versions}
    frame i = AES-256-GCM ciphertext | 16-byte tag, of one zstd stream

Nonce of frame i: the header's, with i added to its last four bytes (big-endian, modulo 2^32). Additional data: H(prefix) | u32be i |
u8 (1 for frame n, else 0). Frames 0 to n - 1 are the file in order; frame n is C({bytes, flagged, frames, rows, sha256}) with each frame's
[start, bytes, content bytes, rows, flagged rows]. To check: tenant, run and file are those of the place, every frame opens, and
length and hash of the content are those of the sealed line. A file that no line names belongs to a run that is under way or that ended early.
`;
