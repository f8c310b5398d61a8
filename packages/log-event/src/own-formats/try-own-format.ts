import type { BatchOrigin } from '../batch-origin.ts';
import { createNormalizer } from '../create-normalizer.ts';
import type { LogEvent } from '../log-event.ts';
import { compileOwnFormat } from './compile-own-format.ts';
import type { Miss } from './key-finder.ts';
import type { OwnFormat, OwnFormatProblem } from './own-format.ts';

/** What a line becomes by a format; where it is not read, how far it fits. */
export interface TriedLine {
  readonly isRead: boolean;
  readonly event: LogEvent;
  /** Only for a line that is not read. */
  readonly miss?: () => Miss;
}

export type FormatTrial =
  | { readonly ok: true; readonly tryLine: (line: string, receivedAtUs: number) => TriedLine }
  | { readonly ok: false; readonly problems: readonly OwnFormatProblem[] };

const origin: BatchOrigin = {
  batchId: 'trial',
  logGroup: 'trial',
  logStream: null,
  source: { id: 'trial', kind: 'http', address: '0.0.0.0' },
};

/** Shows what lines become, with the reader that intake uses. Keeps nothing. */
export function tryOwnFormat(format: OwnFormat, timeZone: string): FormatTrial {
  const result = compileOwnFormat(format);
  if (!result.ok) return result;
  const normalizer = createNormalizer({ timeZone, ownFormats: [{ format, logGroups: [origin.logGroup] }] });
  return {
    ok: true,
    tryLine: (line, receivedAtUs) => {
      const event = normalizer.normalize({ record: Buffer.from(line, 'utf8'), origin, receivedAtUs, flags: 0 });
      if (event.parse.format === format.name) return { isRead: true, event };
      // A format of messages never sees the envelope before them.
      const seen = format.reads === 'message' ? event.message : line;
      return { isRead: false, event, miss: () => result.compiled.miss(seen) };
    },
  };
}
