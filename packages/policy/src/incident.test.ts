import fc from 'fast-check';
import { expect, it } from 'vitest';
import { closesByItself, incidentKinds, type IncidentKind } from './incident-kinds.ts';
import {
  afterAcknowledge,
  afterCease,
  afterClose,
  afterNotice,
  reopensWithinMs,
  type Incident,
  type Notice,
} from './incident.ts';

const at = (ms: number): Date => new Date(1_800_000_000_000 + ms);
const notice = (ms: number, more: Partial<Notice> = {}): Notice => ({
  kind: 'pipeline-late',
  where: 'index',
  cause: 'not-indexed',
  at: at(ms),
  ...more,
});
const opened = (more: Partial<Notice> = {}): Incident => afterNotice(null, notice(0, more)).incident;

it('opens, counts, and closes by itself where the cause ended', () => {
  const again = afterNotice(opened(), notice(60_000, { cause: 'index-refused', count: 4 }));
  expect(again).toMatchObject({ effect: 'repeated', incident: { count: 5, cause: 'index-refused', state: 'open' } });
  expect(afterCease(again.incident, at(90_000))).toMatchObject({
    state: 'closed',
    endedAt: at(90_000),
    closedBy: null,
  });
  expect(afterCease(again.incident, at(59_999))).toBe(again.incident);
});

it('waits for a person where the end of the cause undoes nothing', () => {
  const ended = afterCease(opened({ kind: 'integrity-mismatch' }), at(1_000));
  expect(ended).toMatchObject({ state: 'open', endedAt: at(1_000) });
  expect(afterNotice(ended, notice(2_000)).incident).toMatchObject({ state: 'open', endedAt: null, count: 2 });
  expect(afterClose(ended, { by: 'sato', at: at(9_000) })).toMatchObject({ state: 'closed', endedAt: at(1_000) });
});

it('is the same incident when it comes back soon, and another one later or after a person closed it', () => {
  const closed = afterCease(opened(), at(1_000));
  const soon = afterNotice(closed, notice(1_000 + reopensWithinMs));
  expect(soon).toMatchObject({ effect: 'reopened', incident: { startedAt: at(0), endedAt: null, count: 2 } });
  expect(afterNotice(closed, notice(1_001 + reopensWithinMs))).toMatchObject({
    effect: 'opened',
    incident: { count: 1 },
  });
  const byHand = afterClose(opened(), { by: 'sato', at: at(1_000) });
  expect(afterNotice(byHand, notice(1_001)).effect).toBe('opened');
  expect(afterNotice(byHand, notice(1_000)).effect).toBe('late');
});

it('is acknowledged by the first, and closed with a record once', () => {
  const first = afterAcknowledge(opened(), 'sato');
  expect(first).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'sato' });
  expect(afterAcknowledge(first as Incident, 'tanaka')).toMatchObject({ acknowledgedBy: 'sato' });
  const byItself = afterCease(first as Incident, at(5_000));
  expect(afterAcknowledge(byItself, 'tanaka')).toBeNull();
  const recorded = afterClose(byItself, { by: 'tanaka', at: at(9_000) });
  expect(recorded).toMatchObject({ closedBy: 'tanaka', endedAt: at(5_000) });
  expect(afterClose(recorded as Incident, { by: 'sato', at: at(9_001) })).toBeNull();
});

interface Command {
  act: 'notice' | 'cease' | 'acknowledge' | 'close';
  ms: number;
  count: number;
}

const commands: fc.Arbitrary<Command[]> = fc.array(
  fc.record({
    act: fc.constantFrom('notice', 'notice', 'notice', 'cease', 'cease', 'acknowledge', 'close'),
    ms: fc.integer({ min: 0, max: 4 * reopensWithinMs }),
    count: fc.integer({ min: 1, max: 9 }),
  }),
  { maxLength: 40 },
);

function run(kind: IncidentKind, all: readonly Command[]): { incidents: Incident[]; noticed: number } {
  const incidents: Incident[] = [];
  let noticed = 0;
  for (const { act, ms, count } of all) {
    const newest = incidents.at(-1) ?? null;
    if (act === 'notice') {
      const { incident, effect } = afterNotice(newest, notice(ms, { kind, count }));
      noticed += count;
      incidents.splice(effect === 'opened' ? incidents.length : -1, 1, incident);
    } else if (newest !== null) {
      const end = { by: 'sato', at: at(ms) };
      const next =
        act === 'cease'
          ? afterCease(newest, at(ms))
          : act === 'acknowledge'
            ? afterAcknowledge(newest, 'sato')
            : afterClose(newest, end);
      incidents.splice(-1, 1, next ?? newest);
    }
  }
  return { incidents, noticed };
}

it('loses no notice, has one unfinished incident at most, and keeps its times in order', () => {
  fc.assert(
    fc.property(fc.constantFrom(...incidentKinds), commands, (kind, all) => {
      const { incidents, noticed } = run(kind, all);
      expect(incidents.reduce((sum, { count }) => sum + count, 0)).toBe(noticed);
      expect(incidents.slice(0, -1).every(({ state }) => state === 'closed')).toBe(true);
      for (const { state, startedAt, lastSeenAt, endedAt, closedBy } of incidents) {
        expect(startedAt <= lastSeenAt).toBe(true);
        expect(state === 'closed' ? endedAt !== null : closedBy === null).toBe(true);
        if (endedAt !== null) expect(endedAt >= lastSeenAt).toBe(true);
        if (!closesByItself(kind) && state === 'closed') expect(closedBy).not.toBeNull();
      }
    }),
  );
});
