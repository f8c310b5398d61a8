import { starter, type StarterRule } from './starter-rule.ts';

const minute = 60;
const hour = 3_600;

export const logAndTimeRules: readonly StarterRule[] = [
  starter(
    'logging-stopped',
    {
      title: { ja: 'ログの停止・消去・設定変更', en: 'Logging was stopped, cleared or changed' },
      requirements: '10.2.1.6 10.3.2',
      key: ['log.stream'],
    },
    {
      kind: 'match',
      severity: 'high',
      where:
        'class:log-control NOT event.action:(service_started OR service_reloaded OR rsyslogd_start OR auditd_started)',
    },
  ),
  starter(
    'logging-not-started-again',
    {
      title: { ja: '停止したログサービスが再開しない', en: 'A logging service was stopped and did not start again' },
      requirements: '10.2.1.6 10.7.2',
      key: ['log.stream'],
    },
    {
      kind: 'absence',
      severity: 'critical',
      after: 'class:log-control event.action:service_stopped',
      expected: 'class:log-control event.action:service_started',
      withinSeconds: 5 * minute,
    },
  ),
  starter(
    'logs-read-by-new-account',
    {
      title: { ja: '初めてのアカウントによるログへのアクセス', en: 'An account reads logs for the first time' },
      requirements: '10.2.1.3 10.3.1',
      key: ['user.name'],
    },
    { kind: 'first-seen', severity: 'low', where: 'class:log-access', fields: ['log.stream'], learningDays: 30 },
  ),
  starter(
    'cloud-trail-stopped',
    {
      title: { ja: 'クラウドの監査ログの停止', en: 'The audit trail of a cloud was stopped' },
      requirements: '10.2.1.6',
      key: ['cloud.resource'],
    },
    {
      kind: 'match',
      severity: 'critical',
      where: 'parse.format:(cloudtrail OR azure-audit OR gcp-audit) class:log-control',
    },
  ),
  starter(
    'cloud-root-used',
    {
      title: { ja: 'クラウドのルートアカウントの使用', en: 'The root account of a cloud was used' },
      requirements: '8.2.2 10.2.1.2',
      key: [],
    },
    { kind: 'match', severity: 'high', where: 'parse.format:cloudtrail labels.userIdentity.type:Root' },
  ),
  starter(
    'clock-set-by-hand',
    { title: { ja: '手動での時刻変更', en: 'A clock was set by hand' }, requirements: '10.6.3', key: ['log.stream'] },
    {
      kind: 'match',
      severity: 'high',
      where: 'class:time-change NOT parse.format:(ntpd OR chrony) NOT event.action:(ntp_sys_peer OR ntp_unreachable)',
    },
  ),
  starter(
    'clock-stepped',
    {
      title: { ja: '時刻同期による時刻の飛び', en: 'Time synchronization stepped a clock' },
      requirements: '10.6.1',
      key: ['log.stream'],
    },
    {
      kind: 'match',
      severity: 'medium',
      where: 'parse.format:(ntpd OR chrony) event.action:(ntp_clock_step OR ntp_time_jump OR ntp_panic_stop)',
    },
  ),
  starter(
    'time-source-not-back',
    {
      title: { ja: '時刻源を失ったまま', en: 'A host lost its time source and has found none since' },
      requirements: '10.6.1 10.6.2',
      key: ['log.stream'],
    },
    {
      kind: 'absence',
      severity: 'high',
      after: 'event.action:ntp_no_sys_peer',
      expected: 'event.action:(ntp_sys_peer OR ntp_clock_sync OR ntp_sync)',
      withinSeconds: hour,
    },
  ),
  starter(
    'time-daemon-stopped',
    {
      title: { ja: '停止した時刻同期が再開しない', en: 'Time synchronization was stopped and did not start again' },
      requirements: '10.6.1',
      key: ['log.stream'],
    },
    {
      kind: 'absence',
      severity: 'high',
      after: 'event.action:ntp_stop',
      expected: 'event.action:(ntp_start OR ntp_restart OR ntp_sys_peer)',
      withinSeconds: 10 * minute,
    },
  ),
];
