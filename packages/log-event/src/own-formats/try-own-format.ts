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
  /** Where in the list the line stands whose event it is a part of. */
  readonly partOf?: number;
  /** Only for a line that is not read. */
  readonly miss?: () => Miss;
}

export interface LineToTry {
  readonly line: string;
  readonly receivedAtUs: number;
}

export type FormatTrial =
  | {
      readonly ok: true;
      /** Lines of one stream, the oldest first. */
      readonly tryLines: (lines: readonly LineToTry[]) => TriedLine[];
    }
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
  const { compiled } = result;
  const normalizer = createNormalizer({ timeZone, ownFormats: [{ format, logGroups: [origin.logGroup] }] });
  return {
    ok: true,
    tryLines: (lines) => {
      const records = lines.map(({ line, receivedAtUs }, leaf) => ({
        leaf,
        originIndex: 0,
        flags: 0,
        receivedAtUs,
        sequence: leaf,
        notes: new Uint8Array(),
        record: Buffer.from(line, 'utf8'),
      }));
      const joins = normalizer.join({ origins: [origin], records }).byLeaf;
      return records.map(({ leaf, record, receivedAtUs, flags }, index) => {
        const join = joins.get(leaf);
        const joined = join === undefined ? {} : { joined: join.kind === 'head' ? join.texts : ('part' as const) };
        const event = normalizer.normalize({ record, origin, receivedAtUs, flags, ...joined });
        const partOf = join?.kind === 'part' ? { partOf: join.head } : {};
        if (event.parse.format === format.name) return { isRead: true, event, ...partOf };
        // A format of messages never sees the envelope before them.
        const seen = format.reads === 'message' ? event.message : (lines[index]?.line ?? '');
        return { isRead: false, event, ...partOf, miss: () => compiled.miss(seen) };
      });
    },
  };
}
