import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Expectation, StatedField } from './expectation.ts';

type Row = Readonly<Record<string, string>>;

interface Sample {
  readonly receivedAt: string;
  readonly fields: (row: Row) => StatedField[];
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function time(row: Row, { year, month, day }: { year: string; month: string; day: string }): StatedField {
  const date = `${year}-${String(months.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return { name: 'Time', ours: ['time'], value: `${date}T${row['Time'] ?? ''}.000Z` };
}

function stated(row: Row, columns: Readonly<Record<string, readonly string[]>>): StatedField[] {
  return Object.entries(columns).flatMap(([name, ours]) => {
    const value = (row[name] ?? '').trim();
    return value === '' ? [] : [{ name, ours, value }];
  });
}

const samples: Readonly<Record<string, Sample>> = {
  Linux: {
    receivedAt: '2006-01-01T00:00:00Z',
    fields: (row) => [
      time(row, { year: '2005', month: row['Month'] ?? '', day: row['Date'] ?? '' }),
      ...stated(row, { Level: ['host.name'], PID: ['process.pid'], Content: ['message'] }),
    ],
  },
  Mac: {
    receivedAt: '2018-01-01T00:00:00Z',
    fields: (row) => [
      time(row, { year: '2017', month: row['Month'] ?? '', day: row['Date'] ?? '' }),
      ...stated(row, { User: ['host.name'], PID: ['process.pid'], Content: ['message'] }),
    ],
  },
  OpenSSH: {
    receivedAt: '2016-12-11T00:00:00Z',
    fields: (row) => [
      time(row, { year: '2016', month: row['Date'] ?? '', day: row['Day'] ?? '' }),
      ...stated(row, { Component: ['host.name'], Pid: ['process.pid'], Content: ['message'] }),
    ],
  },
  Apache: {
    receivedAt: '2006-01-01T00:00:00Z',
    fields: (row) => {
      const [, month = '', day = '', clock = '', year = ''] = (row['Time'] ?? '').split(' ');
      return [
        time({ Time: clock }, { year, month, day }),
        ...stated(row, { Level: ['log.level'], Content: ['message'] }),
      ];
    },
  },
  Thunderbird: {
    receivedAt: '2006-06-01T00:00:00Z',
    fields: (row) => stated(row, { Content: ['message'] }),
  },
};

export function loghubExpectations(folder: string): Expectation[] {
  return Object.entries(samples).flatMap(([name, sample]) => {
    const log = join(folder, `loghub/${name}/${name}_2k.log`);
    const csv = `${log}_structured.csv`;
    if (!existsSync(log) || !existsSync(csv)) return [];
    const lines = readFileSync(log, 'utf8').split(/\r?\n/);
    const rows = parse(readFileSync(csv, 'utf8'), { columns: true, bom: true, relax_quotes: true }) as Row[];
    return rows.map((row, index) => ({
      part: `loghub/${name}`,
      place: `${name}_2k.log:${index + 1}`,
      line: lines[index] ?? '',
      receivedAt: sample.receivedAt,
      fields: sample.fields(row),
      classes: [],
    }));
  });
}
