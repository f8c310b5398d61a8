import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import {
  clockOf,
  createClock,
  createLogger,
  EnvironmentError,
  offsetOf,
  readEnv,
  tellMovedClock,
  variables,
} from './index.ts';

const yearSeconds = 31_536_000;
const { AKASHI_CLOCK_OFFSET_S, AKASHI_CLOCK_FILE, AKASHI_DRILL } = variables;
const clockFrom = (source: Record<string, string>) =>
  clockOf(readEnv({ AKASHI_CLOCK_OFFSET_S, AKASHI_CLOCK_FILE, AKASHI_DRILL }, source));

afterEach(() => vi.useRealTimers());

it('is the machine’s, moved by the offset, and tells it', () => {
  vi.useFakeTimers({ now: new Date('2026-11-30T01:02:03.004Z') });
  const clock = createClock(yearSeconds);
  expect(clock.now().toISOString()).toBe('2027-11-30T01:02:03.004Z');
  expect(clock.nowMs()).toBe(clock.now().getTime());
  expect(clock.hostNow().toISOString()).toBe('2026-11-30T01:02:03.004Z');
  expect(clock.codeNow()).toEqual(clock.hostNow());
  const told: string[] = [];
  for (const each of [clock, createClock()]) tellMovedClock(each, (sentence) => told.push(sentence));
  expect(told).toEqual(['The clock is moved by 31,536,000 s: it is 2027-11-30T01:02:03.004Z.']);
});

it('moves for drills alone', () => {
  expect(clockFrom({ AKASHI_CLOCK_OFFSET_S: '-5', AKASHI_DRILL: '1' }).offsetSeconds).toBe(-5);
  expect(clockFrom({}).offsetSeconds).toBe(0);
  expect(() => clockFrom({ AKASHI_CLOCK_OFFSET_S: '5' })).toThrow('set AKASHI_DRILL=1 as well');
  expect(() => clockFrom({ AKASHI_CLOCK_OFFSET_S: '5', AKASHI_DRILL: '0' })).toThrow('for drills only');
});

it('is stepped by a file, for making a demonstration alone', () => {
  vi.useFakeTimers({ now: new Date('2026-11-30T00:00:00Z') });
  const folder = mkdtempSync(join(tmpdir(), 'akashi-clock-'));
  try {
    const file = join(folder, 'clock');
    writeFileSync(file, '-86400\n');
    expect(() => clockFrom({ AKASHI_CLOCK_FILE: file })).toThrow('set AKASHI_DRILL=1 as well');
    const clock = clockFrom({ AKASHI_CLOCK_FILE: file, AKASHI_DRILL: '1' });
    const offset = offsetOf(clock);
    expect(clock.now().toISOString()).toBe('2026-11-29T00:00:00.000Z');
    writeFileSync(file, '-3600');
    expect(clock.now().toISOString()).toBe('2026-11-29T23:00:00.000Z');
    expect(clock.codeNow()).toEqual(clock.now());
    expect([clock.isStepped, clock.offsetSeconds, typeof offset === 'function' && offset()]).toEqual([
      true,
      -3600,
      -3600,
    ]);
    writeFileSync(file, 'soon');
    expect(() => clock.nowMs()).toThrow('no whole number of seconds');
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect([createClock(5).isStepped, offsetOf(createClock(5))]).toEqual([false, 5]);
});

it.each(['1.5', '1e3', 'a year', '0x10', '1000000001'])('refuses %j', (text) => {
  expect(() => clockFrom({ AKASHI_CLOCK_OFFSET_S: text, AKASHI_DRILL: '1' })).toThrow(EnvironmentError);
});

it('dates the process’s log', () => {
  vi.useFakeTimers({ now: new Date('2026-11-30T00:00:00Z') });
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) } as unknown as NodeJS.WritableStream;
  createLogger({ name: 'test', clock: createClock(yearSeconds) }, destination).info('Here.');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ time: '2027-11-30T00:00:00.000Z' });
});
