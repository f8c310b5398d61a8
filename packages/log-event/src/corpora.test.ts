/**
 * Real logs that nobody on the project wrote, against what their publishers say is in them. Skipped with a word where
 * the corpora are not at hand.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { BatchOrigin } from './batch-origin.ts';
import { createNormalizer } from './create-normalizer.ts';
import type { FieldValue, LogEvent } from './log-event.ts';

const corpora = fileURLToPath(new URL('../../../../shared/corpora', import.meta.url));
const isHere = existsSync(corpora);
if (!isHere) process.stdout.write('corpora.test: ../shared/corpora is absent, its tests are skipped\n');

const normalizer = createNormalizer({ timeZone: 'UTC' });
const origin: BatchOrigin = {
  batchId: 'b',
  logGroup: 'corpus',
  logStream: null,
  source: { id: 's', kind: 'syslog-udp', address: '192.0.2.1' },
};

function read(line: string, receivedAt: string, from: BatchOrigin = origin): LogEvent {
  const receivedAtUs = Date.parse(receivedAt) * 1000;
  return normalizer.normalize({ record: Buffer.from(line), origin: from, receivedAtUs, flags: 0 });
}

function lines(path: string): string[] {
  const text = readFileSync(`${corpora}/${path}`, 'utf8').split(/\r?\n/);
  if (text.at(-1) === '') text.pop();
  return text;
}

function csv(path: string): Array<Record<string, string>> {
  const rows = parseCsv(readFileSync(`${corpora}/${path}`, 'utf8'));
  const header = rows.shift() ?? [];
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
}

function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^,\r\n"]*)(,|\r?\n|$)/y;
  for (let at = 0; at < text.length; at = cell.lastIndex) {
    cell.lastIndex = at;
    const match = cell.exec(text);
    if (match === null) throw new Error('csv');
    const raw = match[1] ?? '';
    row.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (match[2] === ',') continue;
    rows.push(row);
    row = [];
    if (match[2] === '') break;
  }
  return rows;
}

const monthNames = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function utc(year: number, date: readonly [month: string, day: string], time: string): string {
  const [month, day] = date;
  const written = `${year}-${String(monthNames.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return new Date(`${written}T${time}Z`).toISOString();
}

const at = (event: LogEvent): string => new Date(event.timestampUs / 1000).toISOString();

describe.runIf(isHere)('loghub', () => {
  it.each([
    ['Linux', '2006-01-01T00:00:00Z', 'Level'],
    ['Mac', '2018-01-01T00:00:00Z', 'User'],
  ])('%s: time, host, program, process id and content of every line', (name, receivedAt, hostColumn) => {
    const wrong: string[] = [];
    const raw = lines(`loghub/${name}/${name}_2k.log`);
    const expected = csv(`loghub/${name}/${name}_2k.log_structured.csv`);
    expected.forEach((row, index) => {
      const line = raw[index] ?? '';
      const event = read(line, receivedAt);
      const year = Number(receivedAt.slice(0, 4)) - 1;
      const header = [
        at(event) === utc(year, [row['Month'] ?? '', row['Date'] ?? ''], row['Time'] ?? ''),
        event.fields['host.name'] === row[hostColumn] && event.logStream === row[hostColumn],
        row['PID'] === '' || String(event.fields['process.pid']) === row['PID'],
        row['Content'] === '' || event.message.trim().endsWith((row['Content'] ?? '').trim()),
        row['Component'] === '' || line.includes(`${row['Component']}`),
      ];
      if (header.includes(false)) wrong.push(`${index + 1} ${header.join()}`);
    });
    expect(wrong).toEqual([]);
    expect(expected.length).toBe(2000);
  });

  it('OpenSSH: every line with its time, content and process id', () => {
    const raw = lines('loghub/OpenSSH/OpenSSH_2k.log');
    const outcomes: Record<string, number> = {};
    csv('loghub/OpenSSH/OpenSSH_2k.log_structured.csv').forEach((row, index) => {
      const event = read(raw[index] ?? '', '2016-12-11T00:00:00Z');
      expect(at(event)).toBe(utc(2016, [row['Date'] ?? '', row['Day'] ?? ''], row['Time'] ?? ''));
      expect(event.fields['host.name']).toBe('LabSZ');
      expect(event.fields['process.name']).toBe('sshd');
      expect(String(event.fields['process.pid'])).toBe(row['Pid']);
      expect(event.message.trim()).toBe((row['Content'] ?? '').trim());
      expect(event.parse.status, event.message).toBe('parsed');
      if (event.fields['event.action'] === 'ssh_login') {
        const outcome = String(event.fields['event.outcome']);
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
        const from = / from (\S+) port (\d+)/.exec(event.message);
        expect(event.fields['source.ip']).toBe(from?.[1]);
        expect(event.fields['source.port']).toBe(Number(from?.[2]));
      }
    });
    expect(outcomes).toEqual({ failure: 524, success: 1 });
  });

  it('Apache: time, level and content of every line', () => {
    const raw = lines('loghub/Apache/Apache_2k.log');
    csv('loghub/Apache/Apache_2k.log_structured.csv').forEach((row, index) => {
      const event = read(raw[index] ?? '', '2006-01-01T00:00:00Z');
      const [, month = '', day = '', time = '', year] = (row['Time'] ?? '').split(' ');
      expect(at(event)).toBe(utc(Number(year), [month, day], time));
      expect(event.fields['log.level']).toBe(row['Level']);
      expect((row['Content'] ?? '').trim().endsWith(event.message.trim())).toBe(true);
      expect(event.parse).toEqual({ format: 'apache-error', status: 'parsed' });
    });
  });

  it('lines of unknown formats keep their whole text, and their time where one leads', () => {
    for (const name of ['HDFS', 'HealthApp', 'OpenStack', 'Proxifier', 'Thunderbird']) {
      for (const line of lines(`loghub/${name}/${name}_2k.log`)) {
        const event = read(line, '2020-01-01T00:00:00Z');
        expect(event.parse.status).not.toBe('quarantined');
        expect(line).toContain(event.message);
      }
    }
  });
});

describe.runIf(isHere)('crowdsec hub', () => {
  const cases: Array<[string, string, (event: LogEvent) => string | undefined]> = [
    ['sshd-logs', 'sshd_invalid_user', user],
    ['sshd-logs', 'sshd_client_ip', sourceIp],
    ['sshd-success-logs', 'sshd_client_ip', sourceIp],
    ['apache2-logs', 'clientip', sourceIp],
    ['apache2-logs', 'verb', (event) => text(event.fields['http.request.method'])],
    ['nginx_http-logs', 'remote_addr', sourceIp],
    ['nginx_http-logs', 'status', (event) => text(event.fields['http.response.status_code'])],
    ['nginx_http-logs', 'http_user_agent', (event) => text(event.fields['user_agent.original'])],
  ];

  it.each(cases)('%s agree on %s', (folder, name, ours) => {
    const asserted = assertedFields(folder, name);
    expect(asserted.size).toBeGreaterThan(0);
    const byMessage = new Map(
      lines(`crowdsec/.tests/${folder}/${folder}.log`).map((line) => [line, read(line, '2026-01-01T00:00:00Z')]),
    );
    for (const [message, value] of asserted) {
      const event = [...byMessage].find(([line]) => line.trim().endsWith(message.trim()))?.[1];
      if (event === undefined || value === '') continue;
      expect(ours(event), message).toBe(value === '-' ? undefined : value);
    }
  });
});

describe.runIf(isHere)('lines in CEF', () => {
  it('are read with or without a blank behind the colon, and behind a syslog header', () => {
    const [first, second, , fourth] = lines('crowdsec/.tests/cef-logs/cef-logs.log').map((line) =>
      read(line, '2026-01-01T00:00:00Z'),
    );
    for (const event of [first, second]) {
      expect(event?.parse.format).toBe('cef');
      expect(event?.fields).toMatchObject({ 'event.code': '544', 'event.severity': 1, 'source.ip': '10.72.1.222' });
      expect(event?.message).toBe('Secure Admin accessed UniFi Network using the web. Source IP: 10.72.1.222');
    }
    expect(fourth?.fields).toMatchObject({ 'host.name': 'UDM-Gent', 'source.port': 65020, 'destination.port': 80 });
    expect(fourth?.labels).toMatchObject({ UNIFIrisk: 'high', device_vendor: 'Ubiquiti' });
  });
});

describe.runIf(isHere)('wazuh', () => {
  const rows = isHere
    ? lines('wazuh/cases.jsonl').map((line) => JSON.parse(line) as { decoder: string; lines: string[]; case: string })
    : [];

  it.each([
    ['sshd', ['sshd', 'pam']],
    ['sudo', ['sudo']],
    ['su', ['su', 'pam']],
    ['pam', ['pam']],
    ['apache-errorlog', ['apache-error']],
    ['nginx-errorlog', ['nginx-error']],
  ])('what its %s decoder takes, ours read', (decoder, formats) => {
    const cases = rows.filter((row) => row.decoder === decoder);
    expect(cases.length).toBeGreaterThan(0);
    for (const row of cases) {
      for (const line of row.lines) expect(formats, line).toContain(read(line, '2026-06-01T00:00:00Z').parse.format);
    }
  });
});

describe.runIf(isHere)('awkward files', () => {
  it('never break the reading, whatever the source is said to be', () => {
    const hints = [
      undefined,
      'json',
      'key-value',
      'cef',
      'leef',
      'http-access',
      'apache-error',
      'nginx-error',
      'ntpd',
      'sshd',
      'sudo',
      'text',
    ];
    const files = readdirSync(`${corpora}/lnav/test`);
    expect(files.length).toBeGreaterThan(50);
    for (const file of files) {
      const bytes = readFileSync(`${corpora}/lnav/test/${file}`);
      const text = bytes.toString('latin1');
      const parts = [...text.split('\n').slice(0, 400), text.slice(0, 100_000)];
      for (const part of parts) {
        for (const format of hints) {
          const from = format === undefined ? origin : { ...origin, format };
          const receivedAtUs = 1_700_000_000_000_000;
          const event = normalizer.normalize({
            record: Buffer.from(part, 'latin1'),
            origin: from,
            receivedAtUs,
            flags: 0,
          });
          expect(event.parse.status, `${file} ${format}`).not.toBe('quarantined');
        }
      }
    }
  }, 60_000);

  it('stand at the times that they write', () => {
    expect(at(read(lines('lnav/test/logfile_rust_tracing.0')[0] ?? '', '2026-01-01T00:00:00Z'))).toMatch(/^20\d\d-/);
    const zones = lines('lnav/test/logfile_with_zones.0').map((line) => read(line, '2022-09-01T00:00:00Z'));
    expect(zones.slice(0, 3).map(at)).toEqual([
      '2022-08-27T14:22:01.613Z',
      '2022-08-27T14:22:01.694Z',
      '2022-08-27T14:22:01.888Z',
    ]);
  });
});

function assertedFields(folder: string, name: string): Map<string, string> {
  const found = new Map<string, string>();
  const messages = new Map<string, string>();
  const pattern = /^results\["([^"]+)"\]\["([^"]+)"\]\[(\d+)\]\.Evt\.Parsed\["([^"]+)"\] == "((?:[^"\\]|\\.)*)"$/;
  const values = new Map<string, string>();
  for (const line of lines(`crowdsec/.tests/${folder}/parser.assert`)) {
    const match = pattern.exec(line);
    if (match === null) continue;
    const [, stage, parser, index, field, raw] = match;
    const key = `${stage} ${parser} ${index}`;
    const value = JSON.parse(`"${raw}"`) as string;
    if (field === 'message') messages.set(key, value);
    if (field === name) values.set(key, value);
  }
  for (const [key, value] of values) {
    const message = messages.get(key);
    if (message !== undefined) found.set(message, value);
  }
  return found;
}

function user(event: LogEvent): string | undefined {
  return text(event.fields['user.name']);
}

function sourceIp(event: LogEvent): string | undefined {
  return text(event.fields['source.ip']);
}

function text(value: FieldValue | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
