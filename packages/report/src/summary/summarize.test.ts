import { expect, it } from 'vitest';
import { plotSvg, printColours } from '../plot/plot-svg.ts';
import { at, eventOf, reportNamed } from '../report.fixtures.ts';
import { rowOf } from '../row/row-of.ts';
import type { RowFlag } from '../row/report-row.ts';
import { flagText } from '../words/report-words.ts';
import { SummaryCount } from './summarize.ts';

const row = (user: string, time: string, flags: readonly RowFlag[] = []) =>
  rowOf(eventOf({ 'user.name': user, 'host.name': 'db01', 'event.outcome': 'failure' }, { timeMs: at(time) }), {
    flags,
  });

const definition = reportNamed('failed-sign-ins');
const run: RowFlag = { kind: 'failures-in-a-row', details: { failures: 7, by: 'origin' } };

function summary() {
  const count = new SummaryCount(definition, 'Asia/Tokyo');
  for (const each of [row('b', '09:00'), row('a', '09:30'), row('root', '10:00', [run]), row('root', '23:59', [run])])
    count.take(each);
  return count.end();
}

it('counts rows, flags, and the most frequent values in an order that is always the same', () => {
  const { rows, flagged, byFlag, groups, hosts, plot } = summary();
  expect({ rows, flagged, byFlag }).toEqual({ rows: 4, flagged: 2, byFlag: { 'failures-in-a-row': 2 } });
  expect(groups.map(({ value }) => value)).toEqual(['root', 'a', 'b']);
  expect(hosts).toEqual([{ value: 'db01', rows: 4, flagged: 2 }]);
  expect(plot).toHaveLength(24);
  expect(plot.filter(({ rows: each }) => each > 0).map(({ value }) => value)).toEqual(['09', '10', '23']);
});

it('is drawn with what it says in words as well', () => {
  const rule = definition.plot ?? { by: 'hour', title: { ja: '', en: '' } };
  const settings = { language: 'ja', width: 600, colours: printColours, fontFamily: 'Noto Sans JP' } as const;
  const svg = plotSvg(summary().plot, rule, settings);
  expect(svg).toContain('<title>時間帯別のログイン失敗</title>');
  expect(svg).toContain('<desc>09: 2, 10: 1 (1 要確認), 23: 1 (1 要確認)</desc>');
  const hostile = [{ value: '</svg><script>"&\u0000', rows: 1, flagged: 1 }];
  const drawn = plotSvg(hostile, { ...rule, by: 'user' }, settings);
  for (const never of ['<script', '\u0000']) expect(drawn).not.toContain(never);
  expect(plotSvg([{ value: '00', rows: 0, flagged: 0 }], rule, settings)).toBe('');
});

it('is worded with its figures in both languages', () => {
  expect(flagText(run, 'ja')).toBe('連続失敗（7 回・接続元別）');
  expect(flagText(run, 'en')).toBe('Failures in a row (7 from one origin)');
});
