import { describe, expect, it } from 'vitest';
import { createNormalizer } from '../create-normalizer.ts';
import { encodeIndexDocument } from '../encode-index-document.ts';
import { akashiAuditClasses } from '../formats/akashi-audit/classes.ts';
import type { LogEvent } from '../log-event.ts';
import { isBuiltInAdministrator } from './built-in-administrator.ts';
import { classTable } from './class-table.ts';

const receivedAtUs = Date.parse('2026-11-22T12:00:00Z') * 1000;
const origin = {
  batchId: 'b',
  logGroup: 'samples',
  logStream: null,
  source: { id: 's', kind: 'syslog-tcp', address: '192.0.2.9' },
} as const;
const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });

function read(line: string): LogEvent {
  return normalizer.normalize({ record: Buffer.from(line), origin, receivedAtUs, flags: 0 });
}

describe('classes of events', () => {
  it('come from the reader alone: a record that names its own keeps them as a label', () => {
    const event = read('{"time":"2026-11-22T10:00:00Z","pci.class":"log-access","pci.missing":["user"],"user":"a"}');
    expect(event.fields).not.toHaveProperty(['pci.class']);
    expect(event.labels['pci.class']).toBe('log-access');
  });

  it('are none for a line that says nothing of Requirement 10, which then lacks nothing', () => {
    const { fields } = read('Nov 22 10:00:00 web01 CRON[12]: (root) CMD (run-parts /etc/cron.hourly)');
    expect(fields).not.toHaveProperty(['pci.class']);
    expect(fields).not.toHaveProperty(['pci.missing']);
  });

  it.each([
    ['Accepted password for root from 192.0.2.4 port 5 ssh2', ['administrator-action', 'authentication-use']],
    ['Accepted password for tanaka from 192.0.2.4 port 5 ssh2', ['authentication-use']],
    ['Failed password for root from 192.0.2.4 port 5 ssh2', ['access-denied', 'authentication-use']],
    ['Postponed publickey for root from 192.0.2.4 port 9 ssh2 [preauth]', ['authentication-use']],
  ])('call a session of root administrative, an attempt at one not: %s', (message, classes) => {
    expect(read(`Nov 22 10:00:00 web01 sshd[9]: ${message}`).fields['pci.class']).toEqual(classes);
  });

  it('stand in the document as they stand in the event', () => {
    const line = 'Nov 22 10:00:00 web01 sshd[9]: input_userauth_request: invalid user webmaster [preauth]';
    const record = { record: Buffer.from(line), origin, receivedAtUs, flags: 0 };
    const place = {
      tenantId: 't',
      segmentId: 's',
      position: 0,
      record: line,
      origin,
      receivedAtUs,
      notes: Buffer.of(),
    };
    const texts = [normalizer.read(record), normalizer.read(record), normalizer.normalize(record)].map(
      (event) => JSON.parse(encodeIndexDocument(event, place)) as Record<string, unknown>,
    );
    for (const text of texts) expect(text['pci.class']).toEqual(['access-denied', 'authentication-use']);
  });
});

describe('the six fields', () => {
  it.each([
    ['passwd[1]: pam_unix(passwd:chauthtok): password changed for bob', ['user']],
    ['sshd[9]: input_userauth_request: invalid user a [preauth]', undefined],
    ['sshd[9]: Postponed publickey for a from 192.0.2.4 port 9 ssh2 [preauth]', ['outcome']],
    ['chronyd[7]: System clock was stepped by -1.5 seconds', undefined],
  ])('name what the line does not say: %s', (message, missing) => {
    expect(read(`Nov 22 10:00:00 web01 ${message}`).fields['pci.missing']).toEqual(missing);
  });

  it('are all asked of an event of several classes', () => {
    const line = '{"event":{"category":"iam","type":"change","action":"x"},"host":"h","user":"a","file":"/etc/passwd"}';
    expect(read(line).fields['pci.missing']).toEqual(['time', 'outcome', 'object']);
  });
});

describe('built-in administrators', () => {
  it('are known with a domain before or behind them, in any case of letters', () => {
    for (const name of ['root', 'CORP\\Administrator', 'administrator@corp.example', 'sa', 'ADMIN'])
      expect(isBuiltInAdministrator(name), name).toBe(true);
    for (const name of ['rooted', 'alice', '', 'CORP\\', '@root', 'SYSTEM', 'a'.repeat(10_000), 7, undefined])
      expect(isBuiltInAdministrator(name), String(name)).toBe(false);
  });
});

describe('class tables', () => {
  it('refuse a word that is no class', () => {
    expect(() => classTable({ login: 'authentication-used' })).toThrow('authentication-used is no class');
  });

  it('hold one object for each set of classes', () => {
    const table = classTable({ a: 'access-denied authentication-use', b: 'authentication-use access-denied' });
    expect(table.get('a')?.any).toBe(table.get('b')?.any);
    expect(akashiAuditClasses.get('search')?.any?.names).toEqual(['log-access']);
  });
});
