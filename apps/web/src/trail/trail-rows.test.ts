import { describe, expect, it } from 'vitest';
import type { TrailStep } from '../api-client/people.ts';
import { trailLines, trailTable } from './trail-files.ts';
import { hasWords, trailRow } from './trail-rows.ts';
import { valueTrail } from './trail-address.ts';

const step = {
  event: {
    id: 'AZndwAAAcACAAAAAAAAAAQ.2',
    '@timestamp': '2026-06-29T04:00:00.000Z',
    logGroup: 'secure',
    logStream: 'server-a',
    message: 'su: said "yes"',
    fields: {
      'user.name': '=taro',
      'host.name': 'server-a',
      'user.effective.name': 'root',
      'event.action': 'su',
      'event.outcome': 'success',
      'process.tty.name': 'pts/0',
    },
    person: { id: 'yamada', name: '山田', certainty: 'certain', because: [] },
  },
  because: [{ master: 'common-ids', row: '1', text: 'Common IDs: a, b' }],
} as unknown as TrailStep;

const titles = {
  when: 'いつ',
  person: '誰が',
  account: 'ID',
  where: '何処で',
  onWhat: '何に対して',
  action: 'どうした',
  outcome: '結果',
  because: '根拠',
};

describe('a trail', () => {
  it('says when, who, where, on what and what', () => {
    expect(trailRow(step)).toMatchObject({ person: '山田', where: 'server-a', onWhat: 'root', action: 'su' });
  });

  it('is narrowed by words of any width and case', () => {
    expect(hasWords(step, 'ＳＥＲＶＥＲ root')).toBe(true);
    expect(hasWords(step, 'server suzuki')).toBe(false);
    expect(hasWords(step, '')).toBe(true);
  });

  it('is a table that a spreadsheet takes for text, and lines of JSON', () => {
    const [head, line] = trailTable([step], titles).split('\r\n');
    expect(head).toBe('\ufeffいつ,誰が,ID,何処で,何に対して,どうした,結果,根拠,logGroup,eventId');
    expect(line).toBe(
      `2026-06-29T04:00:00.000Z,山田,'=taro,server-a,root,su,success,"Common IDs: a, b",secure,AZndwAAAcACAAAAAAAAAAQ.2`,
    );
    expect(JSON.parse(trailLines([step]))).toEqual(step);
  });

  it('follows a value within its host where other hosts have the same', () => {
    const query = (field: string, value: string) =>
      new URL(valueTrail(field, value, step.event) ?? '/', 'http://x').searchParams.get('q');
    expect(query('process.tty.name', 'pts/0')).toBe('host.name:server-a AND process.tty.name:pts/0');
    expect(query('source.ip', '192.168.0.1')).toBe('source.ip:192.168.0.1');
    expect(valueTrail('event.outcome', 'success', step.event)).toBeUndefined();
  });
});
