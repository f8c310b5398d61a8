import type {
  Database,
  DueSilence,
  LearnedRhythm,
  MovedSilence,
  StreamName,
  StreamToLearn,
  TenantId,
} from '@akashi/database';
import { learnRhythm, silentAt, weekSlots } from '@akashi/policy';
import { placeOfStream } from './place-of-stream.ts';
import type { SeenWrong, Watch } from '../incidents/watches.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** While a worker learns, nobody else does; one that dies leaves it to others. */
const learningMs = 10 * minuteMs;
const learnsAgainMs = 6 * hourMs;
/** What has no rhythm yet may have one soon. */
const learnsYoungAgainMs = 2 * hourMs;
const learnedAtOnce = 100;
const mostBatches = 5;
const mostDue = 20_000;
/** What came in and is not read after this long may be of the stream that seems silent. */
const readWithinMs = minuteMs;
/** The installation was off when nobody looked for this long. Then everybody who sends gets time to come back. */
const offAfterMs = 10 * minuteMs;
const comesBackWithinMs = 5 * minuteMs;
/** So many silent streams of one organisation are incidents of their own; the others are one together. */
const mostPlaces = 20;

export interface SilenceParts {
  readonly database: {
    readonly platform: { readonly watching: Pick<Database['platform']['watching'], 'rhythms' | 'looks'> };
  };
  readonly now: () => Date;
}

/**
 * Streams from which nothing comes that should (PCI DSS 10.7.2): against their own rhythm, or a limit that somebody set. Each
 * row is touched when its moment of silence is there, so that a thousand quiet organisations cost one query.
 */
export function watchSilence({ database, now }: SilenceParts): Watch {
  const { rhythms, looks } = database.platform.watching;
  let holdsUntil: Date | null = null;
  let behind: ReadonlySet<TenantId> = new Set();
  const holds = async (at: Date): Promise<boolean> => {
    if (holdsUntil === null) {
      const before = (await looks.list()).find(({ name }) => name === 'silence');
      const wasOff = before === undefined || at.getTime() - before.lookedAt.getTime() > offAfterMs;
      holdsUntil = wasOff ? new Date(at.getTime() + comesBackWithinMs) : at;
    }
    return at < holdsUntil;
  };
  return {
    name: 'silence',
    kinds: ['source-silent'],
    look: async () => {
      const at = now();
      await learn(rhythms, at);
      const readUntil = new Date(at.getTime() - readWithinMs);
      const { silent, moved } = partDue(await rhythms.due({ now: at, readUntil, limit: mostDue }), at);
      await rhythms.move(moved);
      if (await holds(at)) return null;
      behind = new Set(silent.flatMap(({ isBehind, tenantId }) => (isBehind ? [tenantId] : [])));
      return [...Map.groupBy(silent, ({ tenantId }) => tenantId)].flatMap(([owner, own]) =>
        behind.has(owner) ? [] : seenOf(owner, own),
      );
    },
    // What waits to be read may end a silence, and begins none.
    keeps: (owner) => behind.has(owner),
  };
}

async function learn(rhythms: SilenceParts['database']['platform']['watching']['rhythms'], now: Date): Promise<void> {
  await rhythms.begin(now);
  const until = new Date(now.getTime() + learningMs);
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const claimed = await rhythms.claim({ now, until, limit: learnedAtOnce });
    await rhythms.note(claimed.map((stream) => learnedOf(stream, now)));
    if (claimed.length < learnedAtOnce) return;
  }
}

/** What nothing came of for so long that its hours are forgotten keeps its rhythm. */
function learnedOf(stream: StreamToLearn, now: Date): LearnedRhythm {
  const { heard, timeZone, set, lastReceivedAt } = stream;
  const slotOf = weekSlots(timeZone);
  const { basis, limits } = heard.length === 0 ? stream : learnRhythm(heard, slotOf);
  const againMs = basis === 'none' ? learnsYoungAgainMs : learnsAgainMs;
  return {
    ...nameOf(stream),
    basis,
    limits,
    learnedAt: now,
    learnAt: new Date(now.getTime() + againMs),
    countedFrom: lastReceivedAt,
    silentAt: lastReceivedAt === null ? null : silentAt({ limits, set }, lastReceivedAt, slotOf),
  };
}

type Silent = DueSilence & { readonly lastReceivedAt: Date };

/** Those that are silent, and those of which something came since their moment was counted. */
function partDue(due: readonly DueSilence[], now: Date): { silent: Silent[]; moved: MovedSilence[] } {
  const silent: Silent[] = [];
  const moved: MovedSilence[] = [];
  for (const stream of due) {
    const { lastReceivedAt, countedFrom, limits, set, timeZone } = stream;
    if (lastReceivedAt === null) continue;
    let at: Date | null = stream.silentAt;
    if (lastReceivedAt > countedFrom) {
      at = silentAt({ limits, set }, lastReceivedAt, weekSlots(timeZone));
      moved.push({ ...nameOf(stream), countedFrom: lastReceivedAt, silentAt: at });
    }
    if (at !== null && at <= now) silent.push({ ...stream, lastReceivedAt, silentAt: at });
  }
  return { silent, moved };
}

/** In the order in which they fell silent, so that those with a place of their own keep it. */
function seenOf(owner: TenantId, own: readonly Silent[]): SeenWrong[] {
  const kind = 'source-silent' as const;
  const all = own.map((stream): SeenWrong => {
    const { logGroup, logStream, lastReceivedAt, silentAt: at, set } = stream;
    const silentAfterMinutes = Math.round((at.getTime() - lastReceivedAt.getTime()) / minuteMs);
    const details = { logGroup, logStream, lastReceivedAt: lastReceivedAt.toISOString(), silentAfterMinutes };
    const cause = set?.kind === 'minutes' ? 'limit-exceeded' : 'rhythm-broken';
    return { owner, kind, where: placeOfStream(stream), cause, details };
  });
  if (all.length <= mostPlaces) return all;
  const further = { streams: all.length - mostPlaces };
  return [
    ...all.slice(0, mostPlaces),
    { owner, kind, where: 'further streams', cause: 'rhythm-broken', details: further },
  ];
}

function nameOf({ tenantId, logGroup, logStream }: StreamName): StreamName {
  return { tenantId, logGroup, logStream };
}
