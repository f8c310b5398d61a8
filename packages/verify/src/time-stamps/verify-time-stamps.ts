/**
 * RFC 3161 time stamps: an authority outside has seen the hash of a checkpoint. Those in the archive lie under the size of
 * their checkpoint; one that was kept outside is held against every kept checkpoint, as it names none.
 */
import type { X509Certificate } from 'node:crypto';
import { decodeLogEntry, sha256 } from '@akashi/integrity';
import { checkTimeStamp, parseTimeStamp, type TimeStamp, type TimeStampFault } from '@akashi/integrity/timestamp';
import type { Findings } from '../findings.ts';
import type { Store } from '../object-store.ts';
import { readObject } from '../read-object.ts';
import { checkpointObject } from '../verify-checkpoints.ts';

export interface TimeStampRequest {
  /** Certificates of authorities; null checks each stamp by the certificate that came with it, which proves no authority. */
  readonly trusted: readonly X509Certificate[] | null;
  /** Time stamps that were kept outside the archive. */
  readonly held: readonly { readonly file: string; readonly reply: Uint8Array }[];
}

/** What the time stamps that hold say, by the clock of whoever stamped. */
export interface TimeStampTotals {
  readonly stamps: number;
  /** How many of them lead to a trusted certificate; null when none was given. */
  readonly trusted: number | null;
  /** The largest size with the first stamp of it, and the first stamp of all. */
  readonly newest: CoveredSize | null;
  readonly oldest: CoveredSize | null;
}

export interface CoveredSize {
  readonly size: number;
  readonly at: Date;
  readonly authority: string;
}

const folder = 'timestamps';
const stampForm = /^timestamps\/([1-9]\d{0,15})\/[A-Za-z0-9][A-Za-z0-9._-]{0,100}\.tsr$/;
/** A stamp is asked for each day; where a day was missed, the next covers it. */
const lateAfterMs = 50 * 3_600_000;
/** Two clocks that are both right differ by less. */
const clockToleranceMs = 5 * 60_000;

interface ListedStamp {
  readonly object: string;
  readonly reply: Uint8Array;
  /** Null for one that belongs to no checkpoint of this archive. */
  readonly size: number | null;
}

export interface TimeStampVerifier {
  /** To be called for each entry of the log, in order. */
  see(entry: { readonly index: number; readonly bytes: Buffer | null }): void;
  /** To be called behind the log of this size; null when there are no time stamps. */
  finish(size: number): Promise<TimeStampTotals | null>;
}

export interface TimeStampChecks {
  readonly store: Store;
  readonly findings: Findings;
  readonly request: TimeStampRequest;
}

/** Lists the time stamps first, so that of the log only the times behind stamped sizes are to be held. */
export async function openTimeStamps(checks: TimeStampChecks): Promise<TimeStampVerifier> {
  const listed = [...(await listOwn(checks)), ...(await listHeld(checks))];
  const sizes = new Set(listed.flatMap(({ size }) => size ?? []));
  const createdMs = new Map<number, number>();
  return {
    see: ({ index, bytes }) => {
      // The last entry that a stamp covers, and the first that it leaves to the next one.
      if (bytes === null || (index !== 0 && !sizes.has(index + 1) && !sizes.has(index))) return;
      const decoded = decodeLogEntry(bytes);
      if (decoded.ok) createdMs.set(index, decoded.createdUs / 1000);
    },
    finish: async (size) => (listed.length === 0 ? null : checkAll(checks, { listed, createdMs, size })),
  };
}

async function listOwn({ store, findings }: TimeStampChecks): Promise<ListedStamp[]> {
  const found: ListedStamp[] = [];
  for await (const object of store.walk(folder)) {
    const size = stampForm.exec(object)?.[1];
    if (size === undefined) {
      findings.warning({ code: 'unknown-file', object });
      continue;
    }
    const reply = await readObject({ store, findings }, object);
    if (typeof reply !== 'string') found.push({ object, reply: Buffer.from(reply), size: Number(size) });
  }
  return found;
}

/** A stamp that was kept outside belongs to the checkpoint whose hash it holds. */
async function listHeld({ store, findings, request }: TimeStampChecks): Promise<ListedStamp[]> {
  const { held } = request;
  if (held.length === 0) return [];
  const imprints = new Map(
    held.flatMap(({ reply }) => {
      const parsed = parseTimeStamp(reply);
      return parsed.ok ? [[parsed.stamp.imprint.toString('hex'), null as number | null] as const] : [];
    }),
  );
  for (const name of await store.names('log/checkpoints')) {
    if (!/^[1-9]\d{0,15}$/.test(name)) continue;
    const note = await readObject({ store, findings }, `log/checkpoints/${name}`);
    if (typeof note === 'string') continue;
    const imprint = sha256(note).toString('hex');
    if (imprints.has(imprint)) imprints.set(imprint, Number(name));
  }
  return held.map(({ file, reply }) => {
    const parsed = parseTimeStamp(reply);
    const size = parsed.ok ? (imprints.get(parsed.stamp.imprint.toString('hex')) ?? null) : null;
    return { object: file, reply, size };
  });
}

const alteredFaults: ReadonlySet<TimeStampFault> = new Set(['malformed', 'refused', 'bad-signature']);

interface CheckedStamp extends CoveredSize {
  readonly object: string;
  readonly isTrusted: boolean;
}

async function checkAll(
  checks: TimeStampChecks,
  log: { listed: readonly ListedStamp[]; createdMs: ReadonlyMap<number, number>; size: number },
): Promise<TimeStampTotals> {
  const sound: CheckedStamp[] = [];
  for (const stamp of log.listed) {
    const checked = await checkOne(checks, stamp, log.size);
    if (checked !== null) sound.push(checked);
  }
  const trusted = checks.request.trusted === null ? sound : sound.filter(({ isTrusted }) => isTrusted);
  // Of each size the first stamp says most.
  const inOrder = trusted.toSorted((left, right) => left.size - right.size || left.at.getTime() - right.at.getTime());
  const firstOfSize = inOrder.filter(({ size }, index) => inOrder[index - 1]?.size !== size);
  checkTimes(checks, firstOfSize, log.createdMs);
  const shown = (stamp: CheckedStamp | undefined): CoveredSize | null =>
    stamp === undefined ? null : { size: stamp.size, at: stamp.at, authority: stamp.authority };
  return {
    stamps: sound.length,
    trusted: checks.request.trusted === null ? null : trusted.length,
    newest: shown(firstOfSize.at(-1)),
    oldest: shown(firstOfSize[0]),
  };
}

async function checkOne(
  { store, findings, request }: TimeStampChecks,
  { object, reply, size }: ListedStamp,
  logSize: number,
): Promise<CheckedStamp | null> {
  const parsed = parseTimeStamp(reply);
  const at = parsed.ok ? parsed.stamp.at.toISOString() : '';
  if (parsed.ok && size === null) {
    findings.problem({ code: 'timestamp-not-in-log', object, fact: at });
    return null;
  }
  if (size !== null && size > logSize) {
    findings.problem({ code: 'timestamp-beyond-log', object, fact: `${size} ${logSize}` });
    return null;
  }
  const note = size === null ? 'missing' : await readObject({ store, findings }, checkpointObject(size));
  if (typeof note === 'string' && size !== null) {
    findings.problem({ code: 'timestamp-not-in-log', object, fact: at });
    return null;
  }
  const imprint = typeof note === 'string' ? Buffer.alloc(32) : sha256(note);
  const checked = checkTimeStamp({ reply, imprint, trusted: request.trusted });
  if (checked.ok) return describe(checked, { object, size: size ?? 0, isTrusted: request.trusted !== null });
  if (checked.code === 'other-content') findings.problem({ code: 'timestamp-mismatch', object, fact: `${size} ${at}` });
  else if (alteredFaults.has(checked.code)) findings.problem({ code: 'timestamp-altered', object });
  else {
    // By whom it is, the archive does not decide: another authority may have been configured then.
    findings.warning({ code: 'timestamp-untrusted', object, fact: checked.code });
    const alone = checkTimeStamp({ reply, imprint, trusted: null });
    if (alone.ok) return describe(alone, { object, size: size ?? 0, isTrusted: false });
  }
  return null;
}

function describe(
  { stamp, authority }: { stamp: TimeStamp; authority: string },
  about: { object: string; size: number; isTrusted: boolean },
): CheckedStamp {
  return { ...about, at: stamp.at, authority };
}

/** Holds the times that the log gives against those of the stamps. Both are for a person to judge: a clock may have been wrong. */
function checkTimes(
  { findings }: TimeStampChecks,
  stamps: readonly CheckedStamp[],
  createdMs: ReadonlyMap<number, number>,
): void {
  let covered = 0;
  for (const { object, size, at } of stamps) {
    const first = createdMs.get(covered);
    const last = createdMs.get(size - 1);
    if (last !== undefined && last > at.getTime() + clockToleranceMs) {
      const fact = `${size - 1} ${new Date(last).toISOString()} ${at.toISOString()}`;
      findings.warning({ code: 'timestamp-before-block', object, fact });
    }
    if (first !== undefined && at.getTime() - first > lateAfterMs) {
      const fact = `${covered} ${size - 1} ${new Date(first).toISOString()} ${at.toISOString()}`;
      findings.warning({ code: 'timestamp-late', object, fact });
    }
    covered = size;
  }
}
