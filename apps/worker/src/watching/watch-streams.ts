import type { Database } from '@akashi/database';
import { judgeLag, judgeParsing, leastUnparsed, leastUnparsedShare, skewBeyondMs } from '@akashi/policy';
import type { SeenWrong, Watch } from '../incidents/watches.ts';
import { isPlaceOfStream, placeOfStream } from './place-of-stream.ts';

export interface StreamWatchParts {
  readonly database: { readonly platform: { readonly watching: Pick<Database['platform']['watching'], 'streams'> } };
  readonly now: () => Date;
}

const percent = ({ records, unparsed }: { records: number; unparsed: number }): number =>
  records === 0 ? 0 : Math.round((100 * unparsed) / records);

/** Streams that stopped being parsed: their share of lines that nobody can read rises against their own past. */
export function watchParsing({ database, now }: StreamWatchParts): Watch {
  return {
    name: 'parsing',
    kinds: ['unparsed'],
    look: async () => {
      const wanted = { now: now(), leastUnparsed, leastShare: leastUnparsedShare };
      const looks = await database.platform.watching.streams.parsing(wanted);
      return looks.flatMap(({ lately, before, ...name }): SeenWrong[] => {
        const cause = judgeParsing({ lately, before });
        if (cause === null) return [];
        const { logGroup, logStream } = name;
        const shares = { unparsedPercent: percent(lately), usualPercent: percent(before) };
        const details = { logGroup, logStream, ...shares, records: lately.records };
        return [{ owner: name.tenantId, kind: 'unparsed', where: placeOfStream(name), cause, details }];
      });
    },
  };
}

/** Streams whose writer's clock is off, by the receive times of their records (PCI DSS 10.6). */
export function watchLag({ database, now }: StreamWatchParts): Watch {
  return {
    name: 'clocks',
    kinds: ['clock-skew'],
    // Hosts that say so themselves are another watch's.
    owns: isPlaceOfStream,
    look: async () => {
      const looks = await database.platform.watching.streams.lags({ now: now(), beyondMs: skewBeyondMs });
      return looks.flatMap((look): SeenWrong[] => {
        const cause = judgeLag(look);
        if (cause === null) return [];
        const { tenantId: owner, logGroup, logStream, lagMs } = look;
        const details = { logGroup, logStream, offSeconds: Math.round(-lagMs / 1000) };
        return [{ owner, kind: 'clock-skew', where: placeOfStream(look), cause, details }];
      });
    },
  };
}

const mostUntold = 1_000;

/**
 * Card data that was masked at intake (PCI DSS 12.10.7), and lines that say that lines are missing. Each is counted once in its
 * incident, which a person closes; that nothing more came for an hour ends its cause.
 */
export function watchFinds({ database, now }: StreamWatchParts): Watch {
  const { streams } = database.platform.watching;
  return {
    name: 'finds',
    kinds: [],
    look: async () => {
      const untold = await streams.untold({ now: now(), limit: mostUntold });
      return {
        wrong: untold.flatMap(({ masked, lost, rules, ...name }): SeenWrong[] => {
          const { tenantId: owner, logGroup, logStream } = name;
          const where = placeOfStream(name);
          const named = { logGroup, logStream };
          const shapes = [...new Set(rules)];
          return [
            ...(masked > 0
              ? [
                  {
                    owner,
                    kind: 'card-data-found',
                    where,
                    cause: 'masked-at-intake',
                    details: { ...named, shapes },
                    count: masked,
                  } as const,
                ]
              : []),
            ...(lost > 0
              ? [{ owner, kind: 'lines-lost', where, cause: 'lines-missing', details: named, count: lost } as const]
              : []),
          ];
        }),
        noticed: () => streams.markTold(untold),
      };
    },
  };
}
