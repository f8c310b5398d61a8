import { describe, expect, it } from 'vitest';
import { suggestFormat } from './suggest-format.ts';
import { tryOwnFormat } from './try-own-format.ts';

const eventsOf = (lines: readonly string[]) => {
  const suggested = suggestFormat(lines);
  if (suggested === undefined) throw new Error('nothing is suggested');
  const trial = tryOwnFormat({ name: 'tried', ...suggested }, 'Asia/Tokyo');
  if (!trial.ok) throw new Error(JSON.stringify(trial.problems));
  return trial.tryLines(lines.map((line) => ({ line, receivedAtUs: Date.parse('2026-11-22T12:00:00Z') * 1000 })));
};

describe('a suggestion for lines of one kind', () => {
  it.each([
    [
      'times, levels, addresses and words',
      [
        '2026-11-22 10:00:00.123 [INFO] yamada LOGIN from 192.0.2.7 to 192.0.2.1',
        '2026-11-22 10:00:01.456 [WARN] suzuki LOGOUT from 192.0.2.8 to 192.0.2.1',
      ],
      {
        time: '2026-11-22T01:00:00.123Z',
        fields: { 'source.ip': '192.0.2.7', 'destination.ip': '192.0.2.1', 'log.level': 'INFO' },
      },
    ],
    [
      'lines that end differently',
      ['Nov 22 10:00:00 door1: opened by 00050', 'Nov 22 10:00:09 door2: alarm, nobody there'],
      { time: '2026-11-22T01:00:00.000Z', fields: {} },
    ],
    [
      'columns with their names',
      ['日時,社員番号,扉', '2026/11/22 10:00:00,00050,北', '2026/11/22 10:00:05,00051,南'],
      { time: '2026-11-22T01:00:00.000Z', fields: {}, labels: { 社員番号: '00050', 扉: '北' } },
    ],
    [
      'pairs',
      ['time="2026-11-22T10:00:00+0900" user=yamada op=delete', 'time="2026-11-22T10:00:01+0900" user=sato op=read'],
      { time: '2026-11-22T01:00:00.000Z', fields: {}, labels: { op: 'delete' } },
    ],
    [
      'XML',
      [
        '<e><at>2026-11-22T10:00:00+09:00</at><who>yamada</who></e>',
        '<e><at>2026-11-22T10:00:01+09:00</at><who>sato</who></e>',
      ],
      { time: '2026-11-22T01:00:00.000Z', fields: {}, labels: { who: 'yamada' } },
    ],
    [
      'JSON',
      ['{"ts":1795309200,"who":"yamada"}', '{"ts":1795309201,"who":"sato"}'],
      { fields: {}, labels: { who: 'yamada' } },
    ],
  ])('reads %s', (_what, lines, expected) => {
    const tried = eventsOf(lines);
    const isHead = lines[0]?.startsWith('日時') === true;
    expect(tried.slice(isHead ? 1 : 0).every(({ isRead }) => isRead)).toBe(true);
    const event = tried[isHead ? 1 : 0]?.event;
    expect(event?.fields).toMatchObject(expected.fields);
    expect(event?.labels).toMatchObject('labels' in expected ? expected.labels : {});
    if ('time' in expected) expect(new Date((event?.timestampUs ?? 0) / 1000).toISOString()).toBe(expected.time);
  });

  it('is none without lines', () => {
    expect(suggestFormat(['', '  '])).toBeUndefined();
  });
});
