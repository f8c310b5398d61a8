/**
 * Where a batch of records came from. It is sealed with the records (its SHA-256 is part of every leaf), so the bytes
 * that `encodeBatchOrigin` gives for an origin never change: fixed key order, absent keys left out.
 */

export const sourceKinds = ['http', 'agent', 'syslog-udp', 'syslog-tcp', 'syslog-tls', 'system'] as const;

export type SourceKind = (typeof sourceKinds)[number];

export interface BatchSource {
  id: string;
  kind: SourceKind;
  /** Address of the peer as the receiving socket saw it. */
  address: string;
}

export interface BatchOrigin {
  batchId: string;
  logGroup: string;
  /** null: the stream is named by the record's host name, else by the peer's address. */
  logStream: string | null;
  source: BatchSource;
  /** IANA name, for lines that carry no zone. */
  timeZone?: string;
  /** strptime format of the time in each line, as in an agent's configuration. */
  datetimeFormat?: string;
  /** Path of the file on the sending host. */
  file?: string;
  /** Name of the format that the source is set to, instead of detection. */
  format?: string;
  /** Label of the encoding that the agent or the intake turned into UTF-8; a byte that is not in it is U+10FE00 + byte now. */
  encoding?: string;
}

/** A sealed origin that cannot be read: damage or a foreign writer, never the sender's fault. */
export class BatchOriginError extends Error {
  readonly code = 'batch-origin-unreadable';
  constructor(what: string) {
    super(`batch origin: ${what}`);
    this.name = 'BatchOriginError';
  }
}

const optionalKeys = ['timeZone', 'datetimeFormat', 'file', 'format', 'encoding'] as const;

/** The canonical bytes of an origin: equal origins give equal bytes. */
export function encodeBatchOrigin(origin: BatchOrigin): Buffer {
  const { source } = origin;
  const ordered: Record<string, unknown> = {
    batchId: origin.batchId,
    logGroup: origin.logGroup,
    logStream: origin.logStream,
    source: { id: source.id, kind: source.kind, address: source.address },
  };
  for (const key of optionalKeys) if (origin[key] !== undefined) ordered[key] = origin[key];
  return Buffer.from(JSON.stringify(ordered), 'utf8');
}

/** Reads what `encodeBatchOrigin` wrote. Throws `BatchOriginError` for anything else; unknown keys are ignored. */
export function decodeBatchOrigin(bytes: Uint8Array): BatchOrigin {
  const value = parseObject(bytes);
  const source = value['source'];
  if (!isObject(source)) throw new BatchOriginError('source is missing');
  const kind = sourceKinds.find((known) => known === source['kind']);
  if (kind === undefined) throw new BatchOriginError('source.kind is unknown');
  const logStream = value['logStream'];
  if (logStream !== null && typeof logStream !== 'string') throw new BatchOriginError('logStream is missing');
  const origin: BatchOrigin = {
    batchId: requireString(value, 'batchId'),
    logGroup: requireString(value, 'logGroup'),
    logStream,
    source: { id: requireString(source, 'id'), kind, address: requireString(source, 'address') },
  };
  for (const key of optionalKeys) if (value[key] !== undefined) origin[key] = requireString(value, key);
  return origin;
}

function parseObject(bytes: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new BatchOriginError('not JSON in UTF-8');
  }
  if (!isObject(value)) throw new BatchOriginError('not an object');
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function requireString(value: Record<string, unknown>, key: string): string {
  const found = value[key];
  if (typeof found !== 'string') throw new BatchOriginError(`${key} is not a string`);
  return found;
}
