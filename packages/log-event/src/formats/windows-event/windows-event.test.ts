/** One event of Windows says the same whatever carried it (PCI DSS 10.2.2), and the tables hold together. */
import { describe, expect, it } from 'vitest';
import type { BatchOrigin } from '../../batch-origin.ts';
import { createNormalizer } from '../../create-normalizer.ts';
import type { LogEvent } from '../../log-event.ts';
import { allRows, eventRow } from './event-rows.ts';

const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });
const origin: BatchOrigin = {
  batchId: 'b',
  logGroup: 'windows',
  logStream: null,
  source: { id: 's', kind: 'syslog-tcp', address: '192.0.2.9' },
};

function read(line: string): LogEvent {
  return normalizer.normalize({ record: Buffer.from(line), origin, receivedAtUs: 1_795_348_800_000_000, flags: 0 });
}

const data = {
  TargetUserName: 'bob',
  TargetDomainName: 'CORP',
  Status: '0xc000006d',
  SubStatus: '0xc000006a',
  LogonType: '3',
  WorkstationName: 'PC9',
  IpAddress: '192.168.0.9',
  IpPort: '50000',
};
const rendered =
  'An account failed to log on.|Subject:|Security ID:  S-1-0-0|Account Name:  -|Account Domain:  -|Logon ID:  0x0|Logon Type:  3|' +
  'Account For Which Logon Failed:|Security ID:  S-1-0-0|Account Name:  bob|Account Domain:  CORP|Failure Information:|' +
  'Failure Reason:  Unknown user name or bad password.|Status:  0xC000006D|Sub Status:  0xC000006A|Network Information:|' +
  'Workstation Name:  PC9|Source Network Address:  192.168.0.9|Source Port:  50000';
const japanese =
  'アカウントがログオンに失敗しました。|サブジェクト:|セキュリティ ID:  S-1-0-0|アカウント名:  -|アカウント ドメイン:  -|ログオン ID:  0x0|ログオン タイプ:  3|' +
  'ログオンを失敗したアカウント:|セキュリティ ID:  S-1-0-0|アカウント名:  bob|アカウント ドメイン:  CORP|エラー情報:|' +
  '失敗の原因:  ユーザー名を認識できないか、またはパスワードが間違っています。|ステータス:  0xC000006D|サブ ステータス:  0xC000006A|ネットワーク情報:|' +
  'ワークステーション名:  PC9|ソース ネットワーク アドレス:  192.168.0.9|ソース ポート:  50000';
const lines = (text: string): string => text.replaceAll('|', '\r\n\t');
const oneLine = (text: string): string => text.replaceAll('|', '   ');
const provider = 'Microsoft-Windows-Security-Auditing';
const snare = (text: string): string =>
  `<14>Nov 22 10:00:00 ap03 MSWinEventLog\t1\tSecurity\t4242\tSun Nov 22 10:00:00 2026\t4625\t${provider}\tN/A\tN/A\tFailure Audit\tap03\tLogon\t\t${text}\t51`;
const flat = {
  EventTime: '2026-11-22 10:00:00',
  Hostname: 'ap03',
  EventID: 4625,
  SourceName: provider,
  Channel: 'Security',
  EventType: 'AUDIT_FAILURE',
};

const carriers: Readonly<Record<string, string>> = {
  xml:
    `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="${provider}"/><EventID>4625</EventID>` +
    '<Keywords>0x8010000000000000</Keywords><TimeCreated SystemTime="2026-11-22T01:00:00Z"/><Channel>Security</Channel><Computer>ap03</Computer></System><EventData>' +
    `${Object.entries(data)
      .map(([name, value]) => `<Data Name="${name}">${value}</Data>`)
      .join('')}</EventData></Event>`,
  winlogbeat: JSON.stringify({
    '@timestamp': '2026-11-22T01:00:00Z',
    winlog: {
      event_id: 4625,
      channel: 'Security',
      provider_name: provider,
      computer_name: 'ap03',
      keywords: ['Audit Failure'],
      event_data: data,
    },
  }),
  wazuh: JSON.stringify({
    win: {
      system: {
        providerName: provider,
        eventID: '4625',
        channel: 'Security',
        computer: 'ap03',
        severityValue: 'AUDIT_FAILURE',
        systemTime: '2026-11-22T01:00:00Z',
      },
      eventdata: Object.fromEntries(
        Object.entries(data).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
      ),
    },
  }),
  nxlog: JSON.stringify({ ...flat, ...data }),
  'nxlog with text only': JSON.stringify({ ...flat, Message: lines(rendered) }),
  'text in Japanese': JSON.stringify({ ...flat, Message: lines(japanese) }),
  snare: snare(oneLine(rendered)),
  'snare in Japanese': snare(oneLine(japanese)),
  ossec: `<13>Nov 22 10:00:00 ap03 WinEvtLog: Security: AUDIT_FAILURE(4625): ${provider}: (no user): no domain: ap03: ${oneLine(rendered)}`,
  'without the id': `<13>Nov 22 10:00:00 ap03 ${provider}[620]: ${lines(rendered)}`,
};

describe.each(Object.entries(carriers))('a refused logon, by %s', (_name, line) => {
  it('has the same fields', () => {
    const event = read(line);
    expect(event.parse).toEqual({ format: 'windows-event', status: 'parsed' });
    expect(new Date(event.timestampUs / 1000).toISOString()).toBe('2026-11-22T01:00:00.000Z');
    expect(event.fields).toMatchObject({
      'event.action': 'windows_logon',
      'event.outcome': 'failure',
      'event.code': '4625',
      'event.reason': 'wrong password',
      'host.name': 'ap03',
      'user.name': 'bob',
      'user.domain': 'CORP',
      'source.ip': '192.168.0.9',
      'source.port': 50_000,
      'source.address': 'PC9',
      'winlog.logon.type': 'Network',
      'pci.class': ['access-denied', 'authentication-use'],
    });
  });
});

describe('the tables of events', () => {
  it('say of one action always the same classes', () => {
    const classes = new Map<string, string>();
    for (const { row } of allRows()) {
      const key = `${row.action} ${row.outcome ?? ''}`;
      expect(classes.get(key) ?? row.classes, key).toBe(row.classes);
      classes.set(key, row.classes);
    }
  });

  it('know the ids of Windows 2000 by those of today', () => {
    for (const [former, today] of [
      ['528', '4624'],
      ['529', '4625'],
      ['624', '4720'],
      ['636', '4732'],
      ['517', '1102'],
    ] as const) {
      expect(eventRow('Security', 'Security', former)).toBe(eventRow(provider, 'Security', today));
    }
    expect(eventRow(provider, 'Security', '99999')).toBeUndefined();
    expect(eventRow('My Script', 'Application', '4624')).toBeUndefined();
  });
});
