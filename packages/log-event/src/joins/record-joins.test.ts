import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BatchOrigin } from '../batch-origin.ts';
import { createNormalizer } from '../create-normalizer.ts';
import { decodeIndexDocument } from '../decode-index-document.ts';
import { encodeBulkLines } from '../encode-bulk-lines.ts';
import { eventIdOf } from '../event-id.ts';
import type { IndexableRecord } from '../index-document.ts';
import {
  joinedWithin,
  joinRecords as joinBy,
  type BeginsOf,
  type OpenHead,
  type RecordJoin,
  type RecordsToJoin,
} from './record-joins.ts';

const segmentId = '0190a000-0000-7000-8000-000000000001';
const origin = (logStream: string | null): BatchOrigin => ({
  batchId: 'b',
  logGroup: 'audit',
  logStream,
  source: { id: 's', kind: 'syslog-tcp', address: '192.0.2.9' },
});
const origins = [origin(null), origin('db01')];

function recordsOf(lines: readonly string[], originIndex = 0): IndexableRecord[] {
  return lines.map((line, leaf) => ({
    leaf,
    originIndex,
    flags: 0,
    receivedAtUs: 1_796_000_000_000_000,
    sequence: leaf,
    notes: Buffer.alloc(0),
    record: Buffer.from(line),
  }));
}

const joinRecords = (input: RecordsToJoin) => joinBy(input, () => undefined);

type Document = Record<string, unknown>;

function documents(lines: readonly string[]): Document[] {
  const records = recordsOf(lines);
  const joins = joinRecords({ origins, records }).byLeaf;
  const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });
  const input = { tenantId: 't', segmentId, documentIdPrefix: 'p.', origins, records, joins, normalizer };
  const body = Buffer.concat([...encodeBulkLines(input)]).toString('utf8');
  return body.split('\n').flatMap((line, index) => (index % 2 === 1 ? [JSON.parse(line) as Document] : []));
}

const id = (position: number): string => eventIdOf({ segmentId, position });

const stamp = (serial: number): string => `msg=audit(1795316890.679:${serial}):`;
const call = (serial: number, rest = ''): string =>
  `type=SYSCALL ${stamp(serial)} arch=c000003e syscall=59 success=yes exit=0 items=2 ppid=9 pid=10 auid=1000 uid=0 euid=0 tty=pts1 ses=7 comm="rm" exe="/bin/rm" key=(null)${rest}`;
const command = (serial: number): string => `type=EXECVE ${stamp(serial)} argc=2 a0="rm" a1="/etc/cron.d/backup"`;
const folder = (serial: number): string => `type=CWD ${stamp(serial)} cwd="/root"`;
const path = (serial: number): string =>
  `type=PATH ${stamp(serial)} item=0 name="/bin/rm" inode=9 dev=08:01 mode=0100755 ouid=0 ogid=0 nametype=NORMAL`;
const event = (serial: number): string[] => [call(serial), command(serial), folder(serial), path(serial)];

describe('records of one audit event', () => {
  it('give the first document what all of them say, and the others the id of the first', () => {
    const [head, ...parts] = documents(event(7));
    expect(head).toMatchObject({
      'akashi.parts': [1, 2, 3],
      'event.action': 'executed',
      'process.command_line': 'rm /etc/cron.d/backup',
      'process.working_directory': '/root',
      'file.path': '/bin/rm',
      'user.id': '1000',
      'user.effective.name': 'root',
      'pci.class': ['administrator-action'],
    });
    for (const part of parts) {
      expect(part['akashi.part_of']).toBe(id(0));
      expect(part['pci.class']).toBeUndefined();
      expect(part['event.id']).toBe('7');
    }
    expect(parts.map((part) => part['auditd.type'])).toEqual(['EXECVE', 'CWD', 'PATH']);
  });

  it('are ids to the reader of the API', () => {
    const [head, part] = documents(event(7));
    expect(decodeIndexDocument(head ?? {}, id(0)).parts).toEqual([id(1), id(2), id(3)]);
    expect(decodeIndexDocument(part ?? {}, id(1))).toMatchObject({ partOf: id(0) });
    expect(decodeIndexDocument(documents(['plain'])[0] ?? {}, id(0))).not.toHaveProperty('parts');
  });

  it('are found among those of other events and other formats, in any order, and where some are lost', () => {
    const found = documents([
      folder(1),
      call(2),
      'Nov 22 10:00:00 web01 sshd[9]: Accepted password for bob from 192.0.2.7 port 1 ssh2',
      call(1),
      path(2),
      call(3),
      path(1),
    ]);
    expect(found.map((each) => each['akashi.parts'] ?? each['akashi.part_of'])).toEqual([
      [3, 6],
      [4],
      undefined,
      id(0),
      id(1),
      undefined,
      id(0),
    ]);
    expect(found[0]).toMatchObject({ 'event.action': 'executed', 'process.working_directory': '/root' });
  });

  it('are those of one host: the same number of another is another event', () => {
    const through = (host: string, record: string): string => `<13>Nov 22 12:08:10 ${host} audispd: ${record}`;
    const lines = [
      `node=web01 ${call(5)}`,
      `node=web02 ${call(5)}`,
      `node=web02 ${folder(5)}`,
      through('db01', call(5)),
      through('db02', folder(5)),
      through('db01', path(5)),
    ];
    expect(documents(lines).map((each) => each['akashi.parts'] ?? each['akashi.part_of'])).toEqual([
      undefined,
      [2],
      id(1),
      [5],
      undefined,
      id(3),
    ]);
  });

  it('are those of one stream', () => {
    const [first, second] = [recordsOf(event(5)), recordsOf(event(5), 1)];
    const records = [...first, ...second].map((record, leaf) => ({ ...record, leaf }));
    expect([...joinRecords({ origins, records }).byLeaf.keys()].toSorted((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7,
    ]);
    expect(joinRecords({ origins, records }).byLeaf.get(5)).toEqual({ kind: 'part', by: 'audit', head: 4 });
  });

  it('come from the kernel’s own log, too', () => {
    const lines = [
      'Nov 22 12:08:10 web01 kernel: [  12.345678] audit: type=1300 audit(1795316890.679:5): arch=c000003e syscall=87 success=yes exit=0 auid=1000 uid=0 euid=0 comm="rm" exe="/bin/rm"',
      'Nov 22 12:08:10 web01 kernel: [  12.345679] audit: type=1302 audit(1795316890.679:5): item=1 name="/etc/passwd" nametype=DELETE',
    ];
    const [head] = documents(lines);
    expect(head).toMatchObject({ 'akashi.parts': [1], 'event.action': 'deleted', 'file.path': '/etc/passwd' });
    expect(head?.['pci.class']).toEqual(['administrator-action', 'account-change', 'system-object']);
  });

  it('are no text that somebody has typed into another program', () => {
    const typed = `<13>Nov 22 12:08:10 web01 sshd[9]: Invalid user ${folder(5)} from 192.0.2.7`;
    const found = documents([`<13>Nov 22 12:08:10 web01 audispd: ${call(5)}`, typed]);
    expect(found[0]).not.toHaveProperty('akashi.parts');
    expect(found[1]).not.toHaveProperty('akashi.part_of');
  });

  it('never give a card number that masking has not seen', () => {
    const [head] = documents([
      call(8),
      `type=EXECVE ${stamp(8)} argc=3 a0="pay" a1="4556734"`,
      `type=EXECVE ${stamp(8)} a2="500085943"`,
    ]);
    expect(head?.['process.command_line']).toBe('pay ******* *********');
  });
});

/** As the pipeline does it: one piece after the other, each with what comes behind it. */
function inPieces(
  records: readonly IndexableRecord[],
  cuts: readonly number[],
  beginsOf: BeginsOf = () => undefined,
): Map<number, RecordJoin> {
  const joins = new Map<number, RecordJoin>();
  const places = [...new Set([...cuts.map((cut) => cut % (records.length + 1)), records.length])].toSorted(
    (a, b) => a - b,
  );
  let heads: readonly OpenHead[] = [];
  let from = 0;
  for (const to of places) {
    const piece = { origins, records: records.slice(from, to), following: records.slice(to), heads };
    const joined = joinBy(piece, beginsOf);
    for (const [leaf, join] of joined.byLeaf) joins.set(leaf, join);
    heads = joined.heads;
    from = to;
  }
  return joins;
}

describe('joining', () => {
  it('is the same however the segment is divided', () => {
    const line = fc.oneof(
      fc
        .tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom(call, command, folder, path))
        .map(([serial, make]) => make(serial)),
      fc.constant('another line'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.array(fc.nat(), { maxLength: 5 }), (lines, cuts) => {
        const records = recordsOf(lines);
        const whole = joinRecords({ origins, records }).byLeaf;
        const sorted = (joins: ReadonlyMap<number, RecordJoin>): unknown => [...joins].toSorted(([a], [b]) => a - b);
        expect(sorted(inPieces(records, cuts))).toEqual(sorted(whole));
      }),
    );
  });

  it('by a first line is the same however the segment is divided, and never reaches into another stream', () => {
    const begins = { exec: (text: string) => (text.startsWith('#') ? new Map<string, string>() : undefined) };
    const line = fc.tuple(fc.constantFrom('# event', '  goes on', call(1), folder(1)), fc.constantFrom(0, 1));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.array(fc.nat(), { maxLength: 5 }), (lines, cuts) => {
        const records = lines.flatMap(([text, stream], leaf) =>
          recordsOf([text], stream).map((each) => ({ ...each, leaf })),
        );
        const beginsOf: BeginsOf = ({ logStream }) => (logStream === null ? begins : undefined);
        const { byLeaf } = joinBy({ origins, records }, beginsOf);
        const sorted = (joins: ReadonlyMap<number, RecordJoin>): unknown => [...joins].toSorted(([a], [b]) => a - b);
        expect(sorted(inPieces(records, cuts, beginsOf))).toEqual(sorted(byLeaf));
        // Told anew, line by line.
        let head = -1;
        for (const [leaf, [text, stream]] of lines.entries()) {
          if (stream !== 0) continue;
          if (text.startsWith('#')) head = leaf;
          else expect(byLeaf.get(leaf)).toEqual(head < 0 ? undefined : { kind: 'part', by: 'own', head });
        }
      }),
    );
  });

  it('ends a bounded number of records behind the head, wherever the segment is divided', () => {
    const between = Array.from({ length: joinedWithin - 1 }, (_, index) => call(100 + index));
    const near = recordsOf([call(1), ...between, folder(1)]);
    expect(joinRecords({ origins, records: near }).byLeaf.get(0)).toMatchObject({ parts: [joinedWithin] });
    const far = recordsOf([call(1), 'one more', ...between, folder(1), path(1)]);
    const { byLeaf } = joinRecords({ origins, records: far });
    expect(byLeaf.get(0)).toBeUndefined();
    expect(byLeaf.get(joinedWithin + 2)).toEqual({
      kind: 'part',
      by: 'audit',
      head: joinedWithin + 1,
    });
    for (const cut of [1, 10, joinedWithin, joinedWithin + 1, joinedWithin + 2])
      expect(inPieces(far, [cut])).toEqual(byLeaf);
  });
});

describe('what a call did to a file', () => {
  const opened = (name: string, flags: string): Document | undefined =>
    documents([
      `type=SYSCALL ${stamp(9)} arch=c000003e syscall=257 success=yes exit=3 a0=ffffff9c a1=7ffd a2=${flags} auid=1000 uid=1000 euid=1000 tty=pts1 ses=7 comm="vi" exe="/bin/vi"`,
      `type=PATH ${stamp(9)} item=0 name="${name}" nametype=NORMAL`,
    ])[0];

  it('decides its classes: to write the configuration is a change, to read it is none', () => {
    expect(opened('/etc/sudoers', '241')?.['pci.class']).toEqual(['policy-change']);
    expect(opened('/etc/sudoers', '0')?.['pci.class']).toBeUndefined();
    expect(opened('/etc/shadow', '2')?.['pci.class']).toEqual(['account-change']);
    expect(opened('/var/log/audit/audit.log', '0')?.['pci.class']).toEqual(['log-access']);
    expect(opened('/home/tanaka/x', '241')?.['pci.class']).toBeUndefined();
  });
});
