/** Reviews, signatures and reports the way the format describes them, for the tests of their checks. */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { canonicalBytes, writeReportObject } from '@akashi/integrity';
import { dataKey, dataKeyId, signingKey, tenantId, verifierKey, writeObject, type Line } from './archive.fixtures.ts';

export const origin = 'https://logs.example.jp';
export const rpId = 'example.jp';
export const reviewer = { id: 'p-reviewer', name: '佐藤', email: 'sato@example.jp' };
export const approver = { id: 'p-approver', name: '鈴木', email: 'suzuki@example.jp' };
export type Person = typeof reviewer;

export const hash = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
export const hex = (value: unknown): string => hash(canonicalBytes(value)).toString('hex');

/** A line of `akashi/reviews` for each piece of the document. */
export function reviewLines(document: string, value: unknown, pieces = 1): Line[] {
  const bytes = canonicalBytes(value);
  const body = deflateRawSync(bytes).toString('base64url');
  const length = Math.ceil(body.length / pieces);
  return Array.from({ length: pieces }, (_, index) => ({
    logGroup: 'akashi/reviews',
    text: JSON.stringify({
      event: { action: 'review.submitted' },
      akashi: {
        review: {
          document,
          sha256: hash(bytes).toString('hex'),
          piece: index + 1,
          pieces,
          body: body.slice(index * length, (index + 1) * length),
        },
      },
    }),
  }));
}

export interface Behaviour {
  origin?: string;
  rpId?: string;
  type?: string;
  crossOrigin?: boolean;
  flags?: number;
  key?: KeyObject;
}

const present = 0x01;
const verified = 0x04;
const attested = 0x40;
export const backupFlags = 0x18;

export interface Authenticator {
  person: Person;
  enrolment: Record<string, unknown>;
  /** A signature by it, on whatever is stated. */
  sign(statement: Record<string, unknown>, behaviour?: Behaviour): Record<string, unknown>;
  ending(at?: string): Record<string, unknown>;
}

export function enrol(person: Person, algorithm: -7 | -8 = -7, behaviour: Behaviour = {}): Authenticator {
  const { publicKey, privateKey } =
    algorithm === -7 ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  const credentialId = randomBytes(32);
  const cose = coseKey(publicKey, algorithm);
  const at = '2026-11-20T00:00:00.000Z';
  const random = randomBytes(32).toString('base64url');
  const statement = { domain: 'akashi signing credential v1', tenant: tenantId, person, rpId, at, random };
  const length = Buffer.from([0, credentialId.length]);
  const authData = Buffer.concat([
    dataOf(attested | present | verified, behaviour),
    Buffer.alloc(16),
    length,
    credentialId,
    cose,
  ]);
  const client = clientOf('webauthn.create', statement, behaviour);
  const attestationObject = map(
    [text('fmt'), text('none')],
    [text('attStmt'), map()],
    [text('authData'), blob(authData)],
  );
  const flags = behaviour.flags ?? 0;
  const enrolment = {
    format: 'akashi signing credential v1',
    id: `credential of ${person.id}`,
    statement,
    origin,
    credentialId: credentialId.toString('base64url'),
    publicKey: cose.toString('base64url'),
    algorithm,
    aaguid: '00000000-0000-0000-0000-000000000000',
    isBackupEligible: (flags & 0x08) !== 0,
    isBackedUp: (flags & 0x10) !== 0,
    clientDataJSON: client.toString('base64url'),
    attestationObject: attestationObject.toString('base64url'),
    vouchedBy: person,
    vouchedWith: { at, methods: ['password', 'totp'] },
  };
  return {
    person,
    enrolment,
    sign: (stated, how = {}) => {
      const data = dataOf(present | verified, how);
      const made = clientOf('webauthn.get', stated, how);
      const signed = Buffer.concat([data, hash(made)]);
      const key = how.key ?? privateKey;
      return {
        format: 'akashi review signature v1',
        statement: stated,
        method: 'passkey',
        credentialId: credentialId.toString('base64url'),
        enrolmentSha256: hex(enrolment),
        clientDataJSON: made.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign(algorithm === -7 ? 'sha256' : null, signed, key).toString('base64url'),
      };
    },
    ending: (endedAt = '2026-11-21T00:00:00.000Z') => ({
      format: 'akashi signing credential end v1',
      tenant: tenantId,
      enrolmentSha256: hex(enrolment),
      credentialId: credentialId.toString('base64url'),
      by: person,
      at: endedAt,
    }),
  };
}

/** The product's key signs, after a one-time code. */
export function signByCode(statement: Record<string, unknown>, key: KeyObject = signingKey): Record<string, unknown> {
  const unsigned = {
    format: 'akashi review signature v1',
    statement,
    method: 'code',
    stepUp: { at: '2026-11-22T01:00:00.000Z', methods: ['password', 'totp'] },
    key: verifierKey.split('+').slice(0, 2).join('+'),
  };
  return { ...unsigned, signature: sign(null, canonicalBytes(unsigned), key).toString('base64url') };
}

export function statementOf(
  record: Record<string, unknown>,
  own: { action: string; signer: Person } & Record<string, unknown>,
): Record<string, unknown> {
  return {
    domain: 'akashi review signature v1',
    tenant: tenantId,
    day: record['day'],
    revision: record['revision'],
    recordSha256: hex(record),
    at: '2026-11-22T01:02:03.000Z',
    comment: null,
    separationReason: null,
    random: randomBytes(32).toString('base64url'),
    ...own,
  };
}

export function recordOf(day: string, own: Record<string, unknown> = {}): Record<string, unknown> {
  const from = `${day}T00:00:00.000Z`;
  return {
    format: 'akashi review record v1',
    tenant: { id: tenantId, name: 'カード店' },
    day,
    timeZone: 'UTC',
    period: { from, to: new Date(Date.parse(from) + 86_400_000).toISOString() },
    revision: 1,
    reviewer,
    items: [],
    reference: [],
    statement: '確認しました',
    ...own,
  };
}

export const runId = '0198c0de-0000-7000-8000-000000000001';

/** Writes a frozen file of a run and gives what its sealed line says of it. */
export function writeReport(
  folder: string,
  {
    run = runId,
    file = 'rows.ndjson',
    rows = ['{"eventId":"1"}'],
    object,
  }: { run?: string; file?: string; rows?: string[]; object?: string } = {},
) {
  const nonce = hash(Buffer.from(`${run} ${file}`)).subarray(0, 12);
  const writer = writeReportObject({ tenantId, runId: run, file, keyId: dataKeyId, key: dataKey, nonce, versions: {} });
  const chunks = rows.flatMap((row) => writer.add(Buffer.from(`${row}\n`), { isFlagged: false }));
  const place = object ?? `reports/2026/11/22/${run}/${file}.akr`;
  writeObject(folder, place, Buffer.concat([...chunks, ...writer.finish().chunks]));
  const bytes = Buffer.from(rows.map((row) => `${row}\n`).join(''));
  return { object: place, sha256: hash(bytes).toString('hex'), bytes: bytes.length };
}

type WrittenFile = ReturnType<typeof writeReport>;

export function reportLine(files: Readonly<Record<string, WrittenFile>>, run = runId): Line {
  const named = (member: keyof WrittenFile) =>
    Object.fromEntries(Object.entries(files).map(([name, file]) => [name, file[member]]));
  const report = {
    run,
    id: 'failed-sign-ins',
    sha256: named('sha256'),
    bytes: named('bytes'),
    objects: named('object'),
  };
  return {
    logGroup: 'akashi/reports',
    text: JSON.stringify({ event: { action: 'report.sealed' }, akashi: { report } }),
  };
}

function dataOf(flags: number, behaviour: Behaviour): Buffer {
  const head = Buffer.alloc(5);
  head[0] = behaviour.flags === undefined ? flags : (flags & attested) | (flags & 0x05) | behaviour.flags;
  if (behaviour.flags === 0) head[0] = flags & attested;
  return Buffer.concat([hash(Buffer.from(behaviour.rpId ?? rpId)), head]);
}

function clientOf(type: string, statement: unknown, behaviour: Behaviour): Buffer {
  const challenge = hash(canonicalBytes(statement)).toString('base64url');
  const client = { type: behaviour.type ?? type, challenge, origin: behaviour.origin ?? origin };
  return Buffer.from(JSON.stringify({ ...client, crossOrigin: behaviour.crossOrigin ?? false }));
}

function coseKey(publicKey: KeyObject, algorithm: -7 | -8): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = (base64url: string): Buffer => blob(Buffer.from(base64url, 'base64url'));
  const isEc = algorithm === -7;
  return map(
    [integer(1), integer(isEc ? 2 : 1)],
    [integer(3), integer(algorithm)],
    [integer(-1), integer(isEc ? 1 : 6)],
    [integer(-2), point(x)],
    ...(isEc ? [[integer(-3), point(y)] as const] : []),
  );
}

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 0xff]);
}

const integer = (value: number): Buffer => (value < 0 ? head(1, -1 - value) : head(0, value));
const blob = (bytes: Buffer): Buffer => Buffer.concat([head(2, bytes.length), bytes]);
const text = (value: string): Buffer => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
const map = (...entries: readonly (readonly [Buffer, Buffer])[]): Buffer =>
  Buffer.concat([head(5, entries.length), ...entries.flat()]);

export const day = '2026-11-21';

/** A day as it should be: report, enrolments, record, review and approval; and an addendum afterwards. */
export function honest(folder: string) {
  const ndjson = writeReport(folder);
  const pdf = writeReport(folder, { file: 'report.ja.pdf', rows: ['%PDF'] });
  const item = { id: 'i1', run: { id: runId, ndjsonSha256: ndjson.sha256 }, addenda: [] };
  const record = recordOf(day, { items: [item] });
  const [byReviewer, byApprover] = [enrol(reviewer), enrol(approver, -8)];
  const addendum = {
    format: 'akashi review addendum v1',
    tenant: record['tenant'],
    day,
    number: 1,
    revision: 1,
    recordSha256: hex(record),
    by: reviewer,
    text: '追記',
  };
  const documents: Record<string, readonly [string, Record<string, unknown>]> = {
    reviewerKey: ['credential', byReviewer.enrolment],
    approverKey: ['credential', byApprover.enrolment],
    record: ['record', record],
    reviewed: ['signature', byReviewer.sign(statementOf(record, { action: 'reviewed', signer: reviewer }))],
    approved: [
      'signature',
      byApprover.sign(statementOf(record, { action: 'approved', signer: approver, comment: '良い' })),
    ],
    addendum: ['addendum', addendum],
    added: ['signature', signByCode(statementOf(addendum, { action: 'addendum', signer: reviewer }))],
  };
  const blocks = [
    [reportLine({ ndjson, pdf_ja: pdf })],
    ['reviewerKey', 'approverKey'],
    ['record', 'reviewed'],
    ['approved'],
    ['addendum', 'added'],
  ] as const;
  /** The blocks, with some documents as others; null takes one out. */
  const sealed = (others: Readonly<Record<string, Record<string, unknown> | null>> = {}): Line[][] =>
    blocks.map((each) =>
      each.flatMap((line) => {
        if (typeof line !== 'string') return [line];
        const [kind, value] = documents[line] ?? ['', {}];
        const other = others[line];
        return other === null ? [] : reviewLines(kind, other ?? value);
      }),
    );
  return { record, addendum, byReviewer, byApprover, documents, sealed, ndjson };
}
