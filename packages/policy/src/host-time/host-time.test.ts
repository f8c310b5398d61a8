import { array, assert, constantFrom, integer, nat, option, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldTimeFact, mergeHostTimes, mostSteps, type HostTime, type PlacedFact } from './host-time.ts';
import { isStepTold, judgeHostTime, usualTimeLimits, type TimeSettings } from './judge-time.ts';

const base: PlacedFact = {
  kind: 'seen',
  program: 'ntpd',
  server: null,
  stratum: null,
  offsetSeconds: null,
  by: null,
  account: null,
  place: { entry: 1, leaf: 0 },
  timeMs: 0,
  receivedMs: 0,
};
const minute = 60_000;

function fold(facts: readonly PlacedFact[], before: HostTime | null = null): HostTime | null {
  return facts.reduce<HostTime | null>((host, fact) => foldTimeFact(host, fact).host, before);
}

/** Facts a minute and a second apart, in the order of the log. */
function inOrder(facts: readonly Partial<PlacedFact>[]): PlacedFact[] {
  return facts.map((fact, leaf) => {
    const at = leaf * 61_000;
    return { ...base, timeMs: at, receivedMs: at, place: { entry: 1, leaf }, ...fact };
  });
}

function folded(...facts: Partial<PlacedFact>[]): HostTime {
  const host = fold(inOrder(facts));
  if (host === null) throw new Error('nothing was folded');
  return host;
}

const anyFact = record({
  kind: constantFrom('synchronized', 'unsynchronized', 'stopped', 'stepped', 'seen'),
  server: option(constantFrom('192.0.2.1', '192.0.2.2')),
  offsetSeconds: option(integer({ min: -9, max: 9 })),
  by: constantFrom('person', 'service', 'unknown'),
  account: option(constantFrom('tanaka')),
  wait: nat(90_000),
  stream: nat(2),
});

const anyLog = array(anyFact, { maxLength: 60 }).map((facts) => {
  let at = 0;
  return facts.map(({ wait, stream, ...fact }, leaf) => {
    at += wait;
    return { stream, fact: { ...base, ...fact, timeMs: at, receivedMs: at, place: { entry: 1, leaf } } as PlacedFact };
  });
});

describe('the clock of a host', () => {
  it('is in sync with the server that was named last, since it came into sync', () => {
    expect(
      folded(
        { kind: 'unsynchronized' },
        { kind: 'synchronized', server: '192.0.2.1', stratum: 2 },
        { kind: 'synchronized' },
        { kind: 'synchronized', server: '192.0.2.2' },
      ),
    ).toMatchObject({ state: 'synchronized', sinceMs: 61_000, server: '192.0.2.2', stratum: null });
  });

  it('has no server once it is out of sync or its service ended', () => {
    const lost = folded({ kind: 'synchronized', server: '192.0.2.1', offsetSeconds: 0.1 }, { kind: 'stopped' });
    expect(lost).toMatchObject({ state: 'stopped', sinceMs: 61_000, server: null, offsetSeconds: null });
  });

  it('is unproven after somebody set it, until the service says that it is right', () => {
    const set = folded({ kind: 'synchronized' }, { kind: 'stepped', by: 'person', account: 'tanaka' });
    expect(set).toMatchObject({
      state: 'stepped',
      stepCount: 1,
      steps: [{ by: 'person', account: 'tanaka', lines: 1 }],
    });
    expect(fold([{ ...base, kind: 'synchronized' }], set)).toMatchObject({ state: 'synchronized', stepCount: 1 });
  });

  it('stays in sync when its own service sets it', () => {
    expect(folded({ kind: 'synchronized' }, { kind: 'stepped', by: 'service', offsetSeconds: 0.5 })).toMatchObject({
      state: 'synchronized',
      stepCount: 1,
    });
  });

  it('takes several lines within a minute for one step, and knows who did it by any of them', () => {
    const at = { timeMs: 5, receivedMs: 5 };
    const host = folded(
      { kind: 'stepped', by: 'unknown', program: 'systemd', ...at },
      { kind: 'stepped', by: 'person', program: 'sudo', account: 'tanaka', ...at },
      { kind: 'stepped', by: 'unknown', offsetSeconds: -16, ...at },
    );
    expect(host.steps).toMatchObject([
      { by: 'person', program: 'sudo', account: 'tanaka', offsetSeconds: -16, lines: 3 },
    ]);
  });

  it('is the same wherever the folding is cut and taken up from what was stored', () => {
    assert(
      property(anyLog, nat(60), (log, cut) => {
        const facts = log.map(({ fact }) => fact);
        const stored = JSON.parse(JSON.stringify(fold(facts.slice(0, cut)))) as HostTime | null;
        expect(fold(facts.slice(cut), stored)).toEqual(fold(facts));
      }),
    );
  });

  it('keeps a bounded number of steps and counts all', () => {
    const host = folded(...Array.from({ length: 50 }, () => ({ kind: 'stepped', by: 'service' }) as const));
    expect(host.steps).toHaveLength(mostSteps);
    expect(host.stepCount).toBe(50);
  });

  it('is, out of several streams, what the log said last, in whatever order the streams come', () => {
    assert(
      property(anyLog, (log) => {
        const streams = [0, 1, 2].flatMap((stream) => {
          const host = fold(log.filter((each) => each.stream === stream).map(({ fact }) => fact));
          return host === null ? [] : [host];
        });
        const merged = mergeHostTimes(streams);
        expect(mergeHostTimes(streams.toReversed())).toEqual(merged);
        const last = log.findLast(
          ({ fact }) => fact.kind !== 'seen' && !(fact.kind === 'stepped' && fact.by !== 'person'),
        );
        if (last !== undefined && last.fact.kind !== 'stepped') expect(merged?.state).toBe(last.fact.kind);
        if (merged !== null) expect(merged.lastReceivedMs).toBe(log.at(-1)?.fact.receivedMs);
      }),
    );
  });
});

describe('what is wrong with it', () => {
  const none: TimeSettings = { servers: [], groups: [] };
  const servers = [
    { address: '192.0.2.0/28', note: '' },
    { address: 'ntp.example.jp', note: '' },
  ];
  const judge = (time: HostTime, settings: TimeSettings, nowMs = time.lastReceivedMs): string[] =>
    judgeHostTime({ host: 'web01', time }, settings, nowMs);

  it('is nothing while it may be out of sync, and then that it is', () => {
    const lost = folded({ kind: 'unsynchronized' });
    expect(judge(lost, none, 30 * minute)).toEqual([]);
    expect(judge(lost, none, 30 * minute + 1)).toEqual(['not-synchronized']);
    expect(judge(folded({ kind: 'stopped' }), none, 31 * minute)).toEqual(['service-stopped']);
    expect(judge(folded({ kind: 'stepped', by: 'person' }), none, 31 * minute)).toEqual(['set-by-hand']);
  });

  it('is a server that nobody designated, once there are designated ones', () => {
    const with_ = (server: string): HostTime => folded({ kind: 'synchronized', server });
    expect(judge(with_('198.51.100.1'), none)).toEqual([]);
    expect(judge(with_('198.51.100.1'), { servers, groups: [] })).toEqual(['peer-undesignated']);
    expect(judge(with_('192.0.2.3'), { servers, groups: [] })).toEqual([]);
    expect(judge(with_('NTP.example.jp'), { servers, groups: [] })).toEqual([]);
    const asServer = [...servers, { address: 'WEB01', note: '' }];
    expect(judge(with_('198.51.100.1'), { servers: asServer, groups: [] })).toEqual([]);
  });

  it('follows the limits of the first group that holds the host', () => {
    const far = folded({ kind: 'synchronized', offsetSeconds: 0.2 });
    const strict = { name: 'trade', hosts: ['WEB*'], limits: { ...usualTimeLimits, offsetMs: 100 } };
    const loose = { name: 'all', hosts: ['*'], limits: { ...usualTimeLimits, offsetMs: 5_000 } };
    expect(judge(far, { servers: [], groups: [strict, loose] })).toEqual(['offset-too-large']);
    expect(judge(far, { servers: [], groups: [loose, strict] })).toEqual([]);
  });

  it('is that it says nothing any more', () => {
    expect(judge(folded({ kind: 'synchronized' }), none, 169 * 60 * minute)).toEqual(['says-nothing']);
  });

  it('tells of every step of a person, and of one of the service beyond the limit', () => {
    const step = { timeMs: 0, receivedMs: 0, account: null, program: null, lines: 1 } as const;
    expect(isStepTold({ ...step, by: 'person', offsetSeconds: null }, usualTimeLimits)).toBe(true);
    expect(isStepTold({ ...step, by: 'service', offsetSeconds: -1 }, usualTimeLimits)).toBe(true);
    expect(isStepTold({ ...step, by: 'service', offsetSeconds: 0.9 }, usualTimeLimits)).toBe(false);
    expect(isStepTold({ ...step, by: 'unknown', offsetSeconds: null }, usualTimeLimits)).toBe(false);
  });
});
