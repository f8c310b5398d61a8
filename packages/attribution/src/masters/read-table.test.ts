import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRow, type RowReading } from './read-row.ts';
import { readTable } from './read-table.ts';
import { standardMaster, standardMasters } from './standard-masters.ts';
import type { MasterDefinition } from './master-definition.ts';

const definition = (name: string): MasterDefinition => standardMaster(name) as MasterDefinition;
const reading: RowReading = {
  timeZone: 'Asia/Tokyo',
  nowMs: Date.parse('2026-07-10T00:00:00Z'),
  year: null,
  keep: (text) => text,
};

function rowsOf(name: string, text: string): unknown[] {
  const { records, faults } = readTable(text, definition(name));
  expect(faults).toEqual([]);
  return records.map(({ cells }) => {
    const result = readRow(definition(name), cells, reading);
    if ('faults' in result) return result.faults;
    const { values, validFromMs, validUntilMs } = result.row;
    return [
      Object.values(values).join(' '),
      ...[validFromMs, validUntilMs].map((ms) => (ms === null ? '' : new Date(ms).toISOString().slice(0, 16))),
    ];
  });
}

const faultsOf = (name: string, text: string): unknown[] =>
  readTable(text, definition(name)).faults.map(({ line, column, reason }) => [line, column, reason]);

describe('readTable', () => {
  it('reads the four tables of the brief as they stand, in Japanese and in English', () => {
    const tables: readonly [string, string, string, unknown[]][] = [
      [
        'user-devices',
        'MACアドレス,PC名,ユーザ名',
        'MAC,PC,user\n00-00-00-00-00-01,PC001,yamada\n00-00-00-00-00-02,PC002,suzuki',
        [
          ['00-00-00-00-00-01 PC001 yamada', '', ''],
          ['00-00-00-00-00-02 PC002 suzuki', '', ''],
        ],
      ],
      [
        'approvals',
        'ユーザ名,作業日時From,作業日時To,作業対象',
        'user,from,to,target\nyamada,06/29 13:00,06/29 15:00,Server A\nsuzuki,06/29 15:00,06/29 16:00,Server B',
        [
          ['yamada Server A', '2026-06-29T04:00', '2026-06-29T06:00'],
          ['suzuki Server B', '2026-06-29T06:00', '2026-06-29T07:00'],
        ],
      ],
      [
        'dhcp-leases',
        'リース日時,MACアドレス,IPアドレス',
        'leased,MAC,IP\n06/29 08:56,00-00-00-00-00-01,192.168.0.1\n06/29 09:01,00-00-00-00-00-02,192.168.0.2',
        [
          ['00-00-00-00-00-01 192.168.0.1', '2026-06-28T23:56', ''],
          ['00-00-00-00-00-02 192.168.0.2', '2026-06-29T00:01', ''],
        ],
      ],
      [
        'common-ids',
        'サーバ・機器名,ID,共通ID',
        'system,id,person\nServer A,taro.yamada,yamada\n入退室システム,00050,yamada',
        [
          ['Server A taro.yamada yamada', '', ''],
          ['入退室システム 00050 yamada', '', ''],
        ],
      ],
      [
        'people',
        '人,氏名,メール,部署',
        'person,name,email,department\nyamada,山田 太郎,yamada@example.jp,情報システム部',
        [['yamada 山田 太郎 yamada@example.jp 情報システム部', '', '']],
      ],
      [
        'assets',
        'ホスト,アドレス,対象範囲,共有,管理者,種別',
        'host,address,inScope,shared,owner,kind\nServer A,10.0.0.1,対象,,情シス,サーバ',
        [['Server A 10.0.0.1 true 情シス サーバ', '', '']],
      ],
    ];
    for (const [name, japanese, english, rows] of tables) {
      expect(rowsOf(name, english)).toEqual(rows);
      expect(rowsOf(name, english.replace(/^.*/, japanese))).toEqual(rows);
    }
  });

  it('reads what spreadsheets write: line ends, empty columns and lines, quoted breaks, full width, any order of columns', () => {
    const body =
      'ﾕｰｻﾞ名,備考,ＭＡＣアドレス,PC名,,\r\n"yama\r\nda","a ""quoted"" one, with a comma",００-００-００-００-００-０１, PC001 ,,\r\n,,,,,\r\n\r\n';
    expect(rowsOf('user-devices', body)).toEqual([['00-00-00-00-00-01 PC001 yama da', '', '']]);
    expect(readTable(body, definition('user-devices'))).toMatchObject({ ignored: ['備考'], records: [{ line: 2 }] });
    expect(rowsOf('user-devices', 'MAC\tPC\tuser\r00-00-00-00-00-01\tPC,1\tyamada\r')).toEqual([
      ['00-00-00-00-00-01 PC,1 yamada', '', ''],
    ]);
    expect(rowsOf('user-devices', 'MAC;PC;user\n000000000001;PC1;yamada')).toEqual([
      ['00-00-00-00-00-01 PC1 yamada', '', ''],
    ]);
    expect(
      rowsOf('common-ids', 'sep=,\n入退室の台帳\n\nsystem,id,person\ngate,"=""00050""",yamada\ngate,="00051",suzuki'),
    ).toEqual([
      ['gate 00050 yamada', '', ''],
      ['gate 00051 suzuki', '', ''],
    ]);
  });

  it('names the line on which a record begins, breaks within its cells and before it counted', () => {
    const { records } = readTable(
      '\r\nMAC,PC,user\r\n1,"a\r\nb\r\nc",x\r\n\r\n2,"d",y\r\n3,e,"f\r\n"\r\n4,g,z',
      definition('user-devices'),
    );
    expect(records.map(({ line, cells }) => [line, cells['mac']])).toEqual([
      [3, '1'],
      [7, '2'],
      [8, '3'],
      [10, '4'],
    ]);
  });

  it('says what is wrong with a table', () => {
    expect(faultsOf('user-devices', '')).toEqual([[1, '', 'empty']]);
    expect(faultsOf('user-devices', ' ,,\n')).toEqual([[1, '', 'empty']]);
    expect(faultsOf('user-devices', 'MACアドレス,ユーザ名\n1,2')).toEqual([[1, 'PC名', 'column-missing']]);
    expect(faultsOf('user-devices', 'mac,person\n1,2')).toEqual([[1, 'Device', 'column-missing']]);
    expect(faultsOf('user-devices', 'MAC,PC,user,物理アドレス\n1,2,3,4')).toEqual([
      [1, '物理アドレス', 'column-twice'],
    ]);
    expect(faultsOf('user-devices', 'MAC,PC,user\n1,2,3\n4,"5,6\n7,8,9')).toEqual([[3, '', 'quote-open']]);
    expect(faultsOf('user-devices', 'MAC,PC,user\n1,2,3,,\n1,2,3,4')).toEqual([[3, '', 'too-many-cells']]);
  });

  it('never throws, whatever the text', () => {
    const text = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom('MAC', 'PC', 'user', ',', '\n', '\r\n', '"', '\t', ';', '1', ''))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...standardMasters), (written, each) => {
        const { records } = readTable(written, each);
        for (const { cells } of records) readRow(each, cells, reading);
      }),
    );
  });
});

describe('readRow', () => {
  it('tells every fault of a row by its column', () => {
    const cells = { leasedAt: '06/29/2026', mac: 'none', address: '', until: '' };
    expect(readRow(definition('dhcp-leases'), cells, reading)).toEqual({
      faults: [
        { column: 'mac', reason: 'mac' },
        { column: 'address', reason: 'required' },
        { column: 'leasedAt', reason: 'time' },
      ],
    });
  });

  it('holds for what its own period and its validity have in common', () => {
    const cells = { leasedAt: '2026/06/29', mac: '000000000001', address: '192.0.2.1', validUntil: '2026/06/30 12:00' };
    expect(readRow(definition('dhcp-leases'), cells, reading)).toMatchObject({
      row: {
        validFromMs: Date.parse('2026-06-28T15:00:00Z'),
        validUntilMs: Date.parse('2026-06-30T03:00:00Z'),
        isYearGuessed: false,
      },
    });
    expect(readRow(definition('dhcp-leases'), { ...cells, validUntil: '2026/06/28' }, reading)).toEqual({
      faults: [{ column: 'validUntil', reason: 'no-common-time' }],
    });
  });

  it('keeps texts as they may be kept', () => {
    const result = readRow(
      definition('people'),
      { person: 'a', name: '4980' },
      { ...reading, keep: (text) => text.replace('4980', '****') },
    );
    expect(result).toMatchObject({ row: { values: { person: 'a', name: '****' } } });
  });
});
