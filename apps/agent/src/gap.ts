export type GapCause = 'copytruncate' | 'truncated' | 'rotated_away' | 'replaced' | 'stopped';

export type Gap = {
  readonly cause: GapCause;
  readonly file: string;
  /** The first byte that may be missing, counted in the file as it was before. */
  readonly fromByte: number;
  /** null: how much was written there can't be known any more. */
  readonly toByte: number | null;
  /** Bytes up to here were seen to exist, though not read: these are missing for certain. */
  readonly lostUpToByte: number;
  /** The copy that logrotate made, when it was found and read to its end. */
  readonly copy: string | null;
  /** What may be missing was written in this window. */
  readonly afterMs: number;
  readonly beforeMs: number;
  readonly lastReadMs: number;
  readonly detectedMs: number;
};

/** The record that stands in the stream where lines may be missing: key=value text, times in UTC, no log content. */
export function gapRecord(gap: Gap): string {
  const certain = Math.max(0, gap.lostUpToByte - gap.fromByte);
  const pairs: [string, string][] = [
    ['file', quoted(gap.file)],
    ['cause', gap.cause],
    ['from_byte', String(gap.fromByte)],
    ['to_byte', gap.toByte === null ? 'unknown' : String(gap.toByte)],
    ['lost_bytes', certain > 0 ? `at_least_${certain}` : 'unknown'],
    ['copy', gap.copy === null ? 'none' : quoted(gap.copy)],
    ['written_after', time(gap.afterMs)],
    ['written_before', time(gap.beforeMs)],
    ['window_ms', Math.max(0, gap.beforeMs - gap.afterMs).toFixed(1)],
    ['last_read', time(gap.lastReadMs)],
    ['detected', time(gap.detectedMs)],
  ];
  return `akashi-agent: possible gap ${pairs.map(([key, value]) => `${key}=${value}`).join(' ')}`;
}

export type RefusedRecord = {
  readonly file: string;
  readonly fromByte: number;
  readonly toByte: number;
  readonly status: number;
  readonly code: string;
};

/** The record that takes the place of one that the server refuses for good. */
export function refusedRecord(refused: RefusedRecord): string {
  return `akashi-agent: record refused file=${quoted(refused.file)} batch_from_byte=${refused.fromByte} batch_to_byte=${refused.toByte} status=${refused.status} code=${refused.code}`;
}

function time(ms: number): string {
  return new Date(ms).toISOString();
}

function quoted(text: string): string {
  return /^[^\s"=]+$/.test(text) ? text : JSON.stringify(text);
}
