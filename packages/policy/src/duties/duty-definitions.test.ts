import { describe, expect, it } from 'vitest';
import {
  dutyDefinitions,
  dutyPlace,
  farthestDue,
  firstPeriod,
  installationDuties,
  isLocal,
  nextPeriod,
  organisationDuties,
  overtaking,
  replannedPeriod,
  type DutyName,
} from './duty-definitions.ts';

const definitions = dutyDefinitions({ verifyEveryMinutes: 60 });
const names: readonly DutyName[] = [...organisationDuties, ...installationDuties];
const owner = '11111111-1111-4111-8111-111111111111';
const place = { timeZone: 'Asia/Tokyo', staggerMs: 0 };
const at = (text: string): Date => new Date(text);

describe('duties', () => {
  it('are all defined, each with due times that a spread does not carry into the next period', () => {
    expect(Object.keys(definitions).toSorted()).toEqual([...names].toSorted());
    for (const name of names) {
      const { cadence, spreadMinutes, lateAfterMinutes, keptDays } = definitions[name];
      const minutes = cadence.kind === 'calendar' ? 1440 - 120 : cadence.minutes;
      expect(spreadMinutes, name).toBeLessThanOrEqual(minutes);
      expect(lateAfterMinutes, name).toBeGreaterThan(1);
      expect(keptDays, name).toBeGreaterThanOrEqual(2);
    }
    // What is due for the installation has no organisation whose zone could count.
    for (const name of installationDuties) expect(isLocal(definitions[name]), name).toBe(false);
  });

  it('begin at once for a new organisation, or in the next period', () => {
    const now = at('2026-11-30T05:00:30Z');
    expect(firstPeriod(definitions.verification, place, now)).toEqual({ name: '2026-11-30T05:00Z', dueAt: now });
    expect(firstPeriod(definitions['dormant-accounts'], place, now)).toEqual({
      name: '2026-12-01',
      dueAt: at('2026-11-30T18:00:00Z'),
    });
    expect(firstPeriod(definitions.heartbeat, place, now)).toEqual({
      name: '2026-11-30T05:00Z',
      dueAt: at('2026-11-30T05:00:00Z'),
    });
  });

  it('never wait for longer than a clock that was set back would show', () => {
    const now = at('2026-11-30T05:00:30Z');
    for (const name of names) {
      const definition = definitions[name];
      const farthest = farthestDue(definition, now);
      const spread = { timeZone: 'Pacific/Kiritimati', staggerMs: definition.spreadMinutes * 60_000 };
      const first = firstPeriod(definition, spread, now);
      expect(first.dueAt.getTime(), name).toBeLessThan(farthest.getTime());
      expect(
        nextPeriod(definition, spread, { period: first.name, now: first.dueAt }).dueAt.getTime(),
        name,
      ).toBeLessThan(farthestDue(definition, first.dueAt).getTime());
    }
  });

  it('that look at the present make one run of all that an outage missed', () => {
    const missed = { period: '2026-11-30T05:00Z', now: at('2026-11-30T09:30:00Z') };
    expect(overtaking(definitions.verification, place, missed)?.name).toBe('2026-11-30T09:00Z');
    expect(overtaking(definitions.verification, place, { ...missed, now: at('2026-11-30T05:59:00Z') })).toBeNull();
    expect(nextPeriod(definitions.verification, place, missed).name).toBe('2026-11-30T09:00Z');
    expect(nextPeriod(definitions.verification, place, { ...missed, period: '2026-11-30T09:00Z' })).toEqual({
      name: '2026-11-30T10:00Z',
      dueAt: at('2026-11-30T10:00:00Z'),
    });
  });

  it('whose work belongs to its period do each missed one', () => {
    const missed = { period: '2026-11-25', now: at('2026-11-30T09:30:00Z') };
    expect(overtaking(definitions['expiry-notices'], place, missed)).toBeNull();
    expect(nextPeriod(definitions['expiry-notices'], place, missed)).toEqual({
      name: '2026-11-26',
      dueAt: at('2026-11-25T23:00:00Z'),
    });
  });

  it('follow what they found: a heartbeat comes within an hour of the newest block, and never in the past', () => {
    const ended = { period: 'x', now: at('2026-11-30T09:30:10Z') };
    const ahead = at('2027-11-30T09:28:20Z');
    expect(nextPeriod(definitions.heartbeat, place, { ...ended, after: ahead }).dueAt).toEqual(
      at('2026-11-30T10:25:00Z'),
    );
    const after = at('2026-11-30T09:28:20Z');
    expect(nextPeriod(definitions.heartbeat, place, { ...ended, after }).dueAt).toEqual(at('2026-11-30T10:23:00Z'));
    expect(nextPeriod(definitions.heartbeat, place, { ...ended, after: at('2026-11-30T01:00:00Z') }).dueAt).toEqual(
      at('2026-11-30T09:31:00Z'),
    );
  });

  it('keep their day when the organisation moves to another zone', () => {
    const moved = { timeZone: 'America/New_York', staggerMs: 0 };
    const pending = { period: '2026-11-25', now: at('2026-11-30T09:30:10Z') };
    expect(replannedPeriod(definitions['expiry-notices'], moved, pending)).toEqual({
      name: '2026-11-25',
      dueAt: at('2026-11-25T13:00:00Z'),
    });
    expect(replannedPeriod(definitions.verification, moved, { ...pending, period: '2026-11-25T01:30Z' }).name).toBe(
      '2026-11-30T09:00Z',
    );
  });

  it('have each organisation at its own place', () => {
    const places = [owner, owner.replace('1', '2')].map((id) =>
      dutyPlace(definitions.verification, { duty: 'verification', owner: id, timeZone: 'UTC' }),
    );
    expect(places[0]?.staggerMs).not.toBe(places[1]?.staggerMs);
  });
});
