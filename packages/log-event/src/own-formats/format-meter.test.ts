import { describe, expect, it } from 'vitest';
import { createNormalizer } from '../create-normalizer.ts';
import { FormatMeter, judgeFormat } from './format-meter.ts';
import type { OwnFormat } from './own-format.ts';

const format: OwnFormat = {
  name: 'app',
  reads: 'record',
  reading: { kind: 'expression', expressions: ['^(?<act>\\w+)(?:x?){1000}(?:y?){1000}(?:z?){1000} by (?<who>\\w+)$'] },
};
const origin = {
  batchId: 'b',
  logGroup: 'app',
  logStream: null,
  source: { id: 's', kind: 'http', address: '192.0.2.1' },
} as const;

describe('what a format costs', () => {
  it('is counted by line, with those that are longer than it may read, and told once', () => {
    let nowMs = 0;
    const meter = new FormatMeter(() => (nowMs += 2));
    const normalizer = createNormalizer({ timeZone: 'UTC', ownFormats: [{ format, logGroups: ['app'] }] }, { meter });
    const read = (line: string, logGroup = 'app') =>
      normalizer.normalize({
        record: Buffer.from(line),
        origin: { ...origin, logGroup },
        receivedAtUs: 1e15,
        flags: 0,
      });
    expect(read('login by yamada').parse.format).toBe('app');
    expect(read(`login ${'y'.repeat(32_000)} by yamada`).parse.format).not.toBe('app');
    read('login by yamada', 'other');
    expect(meter.take()).toEqual([{ name: 'app', lines: 2, tooLong: 1, millis: 4 }]);
    expect(meter.take()).toEqual([]);
  });

  it('decides after a thousand lines, or after a few that took seconds', () => {
    expect(judgeFormat({ lines: 999, tooLong: 999, millis: 4_000 })).toBe('undecided');
    expect(judgeFormat({ lines: 1_000, tooLong: 0, millis: 1_000 })).toBe('fine');
    expect(judgeFormat({ lines: 1_000, tooLong: 0, millis: 1_001 })).toBe('too-slow');
    expect(judgeFormat({ lines: 1_000, tooLong: 501, millis: 5 })).toBe('too-long');
    expect(judgeFormat({ lines: 1_000, tooLong: 500, millis: 5 })).toBe('fine');
    expect(judgeFormat({ lines: 20, tooLong: 0, millis: 5_000 })).toBe('too-slow');
    expect(judgeFormat({ lines: 19, tooLong: 0, millis: 60_000 })).toBe('undecided');
  });
});
