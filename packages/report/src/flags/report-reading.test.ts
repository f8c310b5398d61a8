import { matches } from '@akashi/query';
import { describe, expect, it } from 'vitest';
import { selectionOfReport } from '../definitions/report-selection.ts';
import { usualTags } from '../definitions/report-tags.ts';
import { standardReports } from '../definitions/standard-reports.ts';
import { lineOf } from '../lines.fixtures.ts';
import { at, eventOf, readAll, reportNamed } from '../report.fixtures.ts';
import type { ReportEvent } from '../row/report-event.ts';
import type { ReportRow } from '../row/report-row.ts';

const yamada = { id: 'yamada', name: '山田 太郎', certainty: 'certain' } as const;
const suzuki = { id: 'suzuki', name: '鈴木 花子', certainty: 'likely' } as const;

/** What a run lists of these events: the index is asked by the selection, then the two readings. */
function run(id: string, events: readonly ReportEvent[], more: Parameters<typeof readAll>[2] = {}): ReportRow[] {
  const definition = reportNamed(id);
  const selection = selectionOfReport(definition, { tags: usualTags, timeZone: 'Asia/Tokyo' });
  const found = events
    .filter(({ document }) => matches(selection, document))
    .toSorted((one, other) => one.timeMs - other.timeMs);
  return readAll(definition, found, more);
}

const flagsOf = (rows: readonly ReportRow[]): string[][] => rows.map(({ flags }) => flags.map(({ kind }) => kind));
const ssh = (time: string, words: string): ReportEvent => lineOf(`Nov 20 ${time} db01 sshd[4200]: ${words}`);

const accepted = ssh('10:00:00', 'Accepted password for yamada from 192.0.2.4 port 50022 ssh2');
const opened = lineOf(
  'Nov 20 10:00:00 db01 sshd[4200]: pam_unix(sshd:session): session opened for user yamada by (uid=0)',
);
const closed = lineOf('Nov 20 11:00:00 db01 sshd[4200]: pam_unix(sshd:session): session closed for user yamada');
const database = lineOf(
  '2026-11-20 02:30:00.123 JST [147] alice@shop LOG:  connection authorized: user=alice database=shop application_name=psql',
);
const firewall = lineOf(
  '<166>Nov 20 2026 21:00:01 fw01 : %ASA-6-605005: Login permitted from 192.0.2.10/52110 to inside:192.0.2.1/ssh for user "suzuki"',
);
const failures = [1, 2, 3, 4, 5, 6].map((minute) =>
  ssh(`10:0${minute}:00`, `Failed password for root from 203.0.113.9 port 500${minute} ssh2`),
);
const breakIn = ssh('10:08:00', 'Accepted password for root from 203.0.113.9 port 5010 ssh2');
const mistyped = ssh('09:00:00', 'Failed password for tanaka from 192.0.2.7 port 5001 ssh2');

describe('the eleven', () => {
  it('have the numbers 1 to 11, each with requirements of both wordings', () => {
    expect(standardReports.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    for (const { requirements } of standardReports)
      for (const version of ['pci:4.0.1:', 'pci:3.0:'])
        expect(requirements.some((each) => each.startsWith(version))).toBe(true);
  });

  it('1 and 2: uses and successes of sign-ins, first times and those at night standing out', () => {
    const events = [accepted, opened, closed, database, firewall, mistyped];
    expect(run('authentication-use', events)).toHaveLength(6);
    const rows = run('successful-sign-ins', events, { before: (key) => key.includes('yamada') });
    expect(rows.map(({ user }) => user)).toEqual(['alice', 'yamada', 'suzuki']);
    // The line of the database names no origin: a combination is only first where it is whole.
    expect(flagsOf(rows)).toEqual([['outside-hours'], [], ['outside-hours', 'first-time']]);
  });

  it('3: failures, those in a row, and the success that followed', () => {
    const rows = run('failed-sign-ins', [mistyped, accepted, ...failures, breakIn]);
    expect(rows.map(({ user }) => user)).toEqual(['tanaka', ...failures.map(() => 'root'), 'root']);
    expect(flagsOf(rows)).toEqual([[], ...failures.map(() => ['failures-in-a-row']), ['success-after-failures']]);
    expect(rows.at(-1)?.flags[0]?.details).toMatchObject({ failures: 6 });
  });

  it('4: changes of credentials, for oneself and for somebody else', () => {
    const own = lineOf('Nov 20 10:00:00 web01 passwd[77]: pam_unix(passwd:chauthtok): password changed for yamada');
    const reset = eventOf({
      'event.action': 'password_reset',
      'pci.class': ['credential-change'],
      'user.name': 'sato.admin',
      'user.target.name': 'yamada',
    });
    const rows = run('password-changes', [own, reset]);
    expect(rows).toHaveLength(2);
    expect(
      rows
        .map(({ user, target, flags }) => [user ?? target, flags.length])
        .toSorted(([, one], [, other]) => Number(one) - Number(other)),
    ).toEqual([
      ['yamada', 0],
      ['sato.admin', 1],
    ]);
  });

  it('5: elevations, and what followed those without approval', () => {
    const sudo = (time: string, command: string, approval: ReportEvent['approval']): ReportEvent =>
      lineOf(`Nov 20 ${time} db01 sudo:   yamada : TTY=pts/1 ; PWD=/ ; USER=root ; COMMAND=${command}`, {
        approval,
        person: yamada,
      });
    const su = lineOf('Nov 20 15:01:00 db01 su[88]: (to root) suzuki on pts/2', {
      approval: 'outside',
      person: suzuki,
    });
    const act = (time: string, person: ReportEvent['person']): ReportEvent =>
      eventOf(
        {
          'event.action': 'execve',
          'pci.class': ['administrator-action'],
          'user.name': 'root',
          'host.name': 'db01',
          'process.command_line': 'rm -rf /var/log/audit\nsecond line',
        },
        { timeMs: at(time), person },
      );
    const rows = run('privilege-elevations', [
      sudo('14:00:00', '/bin/ls', 'inside'),
      su,
      act('15:02:00', suzuki),
      act('15:03:00', yamada),
      act('23:30:00', suzuki),
    ]);
    expect(rows.map(({ user, authority }) => [user, authority])).toEqual([
      ['yamada', 'root'],
      ['suzuki', 'root'],
    ]);
    expect(flagsOf(rows)).toEqual([[], ['outside-approval']]);
    expect(rows[1]?.followedBy).toEqual([
      {
        eventId: expect.any(String),
        time: '2026-11-20T06:02:00.000Z',
        action: 'execve',
        command: 'rm -rf /var/log/audit…',
      },
    ]);
    expect(rows[0]).not.toHaveProperty('followedBy');
    // Without approvals there is nothing to be outside of.
    expect(flagsOf(run('privilege-elevations', [su], { keepsApprovals: false }))).toEqual([[]]);
  });

  it('6: administrative acts, of nobody known and of two people at once', () => {
    const act = (more: Partial<ReportEvent>): ReportEvent =>
      eventOf({ 'event.action': 'ios_command', 'pci.class': ['administrator-action'], 'user.name': 'admin' }, more);
    const rows = run('administrator-actions', [
      act({ person: yamada, approval: 'inside' }),
      act({ person: null, approval: 'unknown' }),
      act({ person: suzuki, approval: 'outside', hasConflict: true }),
    ]);
    expect(flagsOf(rows)).toEqual([
      [],
      ['outside-approval', 'person-unknown'],
      ['outside-approval', 'person-conflict'],
    ]);
  });

  it('7: changes of policies, before and after', () => {
    const changed = eventOf(
      {
        'event.action': 'settings.change',
        'pci.class': ['policy-change'],
        'akashi.audit.changes': '[{"field":"idleMinutes","before":15,"after":10}]',
      },
      { person: yamada, approval: 'outside' },
    );
    expect(run('policy-changes', [changed])).toMatchObject([
      { before: 'idleMinutes: 15', after: 'idleMinutes: 10', flags: [{ kind: 'outside-approval' }] },
    ]);
  });

  it('8: whatever clears, stops or pauses a log; a log that starts is its usual course', () => {
    const control = (action: string): ReportEvent => eventOf({ 'event.action': action, 'pci.class': ['log-control'] });
    const rows = run('log-clearing', [
      ...['audit_log_cleared', 'log_stopped', 'dhcp_log_paused', 'daemon_end', 'config_change'].map(control),
      ...['log_started', 'daemon_start', 'service.start', 'audit_log_archived'].map(control),
    ]);
    expect(rows.map(({ action }) => action)).toEqual([
      'audit_log_cleared',
      'log_stopped',
      'dhcp_log_paused',
      'daemon_end',
      'config_change',
    ]);
    expect(new Set(flagsOf(rows).flat())).toEqual(new Set(['any']));
  });

  it('9: access to what is tagged as card data, by class or by name, and in bulk', () => {
    const read = (time: string, more: Record<string, unknown>): ReportEvent =>
      eventOf(
        { 'event.action': 'db_select', 'event.outcome': 'success', 'user.name': 'app', ...more },
        { timeMs: at(time) },
      );
    const once = read('10:00', { 'database.object': 'shop.card_holder' });
    const classed = read('10:01', { 'pci.class': ['card-data-access'], 'file.path': '/data/pan.db' });
    const other = read('10:02', { 'database.object': 'shop.orders' });
    const large = read('10:03', { 'database.object': 'shop.card_holder', labels: { rows: '5000' } });
    const rows = run('card-data-access', [once, classed, other, large], {
      before: (key) => key.includes('card_holder'),
    });
    expect(rows.map(({ object }) => object)).toEqual(['shop.card_holder', '/data/pan.db', 'shop.card_holder']);
    expect(flagsOf(rows)).toEqual([[], ['first-time'], ['bulk']]);
    const many = Array.from({ length: 100 }, (_, index) =>
      eventOf(
        { 'pci.class': ['card-data-access'], 'user.name': 'app', 'file.path': '/c' },
        { timeMs: at('10:10') + index * 1000 },
      ),
    );
    expect(new Set(flagsOf(run('card-data-access', many)).flat())).toEqual(new Set(['bulk']));
    expect(flagsOf(run('card-data-access', many.slice(1))).flat()).toEqual([]);
  });

  it('10: looks at logs at night; 11: objects made without approval', () => {
    const look = eventOf({ 'event.action': 'search', 'pci.class': ['log-access'] }, { timeMs: at('22:00') });
    expect(flagsOf(run('log-access', [look]))).toEqual([['outside-hours']]);
    const made = eventOf(
      { 'event.action': 'file_created', 'pci.class': ['system-object'], 'file.path': '/etc/cron.d/x' },
      { person: yamada, approval: 'outside' },
    );
    expect(run('system-objects', [made])).toMatchObject([
      { object: '/etc/cron.d/x', flags: [{ kind: 'outside-approval' }] },
    ]);
  });

  it('give a first time to the first event of a combination alone, and ask for each combination once', () => {
    const events = [accepted, ssh('10:30:00', 'Accepted password for yamada from 192.0.2.4 port 50023 ssh2')];
    const rows = run('authentication-use', events, { before: () => false });
    expect(flagsOf(rows)).toEqual([['first-time'], []]);
  });

  it('read the same events as the same rows', () => {
    const events = [mistyped, ...failures, breakIn];
    expect(JSON.stringify(run('failed-sign-ins', events))).toBe(JSON.stringify(run('failed-sign-ins', events)));
  });
});
