import { starter, type StarterRule } from './starter-rule.ts';

const minute = 60;
const day = 86_400;

export const systemRules: readonly StarterRule[] = [
  starter(
    'watched-file-changed',
    {
      title: { ja: '監視対象ファイルの変更', en: 'A watched file was changed' },
      requirements: '11.5.2 10.3.4',
      key: ['log.stream'],
    },
    {
      kind: 'match',
      severity: 'high',
      where:
        'parse.format:file-integrity event.action:(file_changed OR file_added OR file_removed OR integrity_policy_changed)',
    },
  ),
  starter(
    'service-installed',
    {
      title: { ja: 'サービスの登録', en: 'A service was installed' },
      requirements: '10.2.1.7 2.2.4',
      key: ['log.stream'],
    },
    { kind: 'match', severity: 'medium', where: 'parse.format:windows-event event.action:service_installed' },
  ),
  starter(
    'scheduled-task-changed',
    {
      title: { ja: '定期実行の変更', en: 'A scheduled task was changed' },
      requirements: '10.2.1.7',
      key: ['log.stream'],
    },
    {
      kind: 'match',
      severity: 'medium',
      where: 'event.action:(cron_replace OR scheduled_task_created OR scheduled_task_updated)',
    },
  ),
  starter(
    'software-installed',
    {
      title: { ja: 'ソフトウェアの追加', en: 'Software was installed' },
      requirements: '6.5.1 10.2.1.7',
      key: ['log.stream'],
    },
    { kind: 'match', severity: 'low', where: 'event.action:package_installed' },
  ),
  starter(
    'malware-found',
    { title: { ja: 'マルウェアの検知', en: 'Malware was found' }, requirements: '5.2.2 5.3.4', key: ['log.stream'] },
    { kind: 'match', severity: 'critical', where: 'event.action:malware_found' },
  ),
  starter(
    'malware-patterns-old',
    {
      title: { ja: 'マルウェア対策の定義が更新されない', en: 'Patterns against malware are no longer updated' },
      requirements: '5.3.1',
      key: ['log.stream'],
    },
    {
      kind: 'absence',
      severity: 'medium',
      expected: 'event.action:(malware_patterns_updated OR malware_patterns_checked)',
      withinSeconds: 2 * day,
    },
  ),
  starter(
    'shell-from-a-service',
    {
      title: { ja: 'Webサービスからのシェル起動', en: 'A web service started a shell' },
      requirements: '6.4.1 10.2.1.2',
      key: ['log.stream'],
    },
    {
      kind: 'match',
      severity: 'critical',
      where:
        'parse.format:auditd event.action:executed user.effective.name:(www-data OR apache OR nginx OR tomcat) process.name:(sh OR bash OR dash OR curl OR wget OR nc OR python3 OR perl)',
    },
  ),
  starter(
    'new-program-as-root',
    {
      title: { ja: 'root権限で初めて実行されたプログラム', en: 'A program runs as root for the first time' },
      requirements: '10.2.1.2 10.2.1.7',
      key: ['log.stream'],
    },
    {
      kind: 'first-seen',
      severity: 'low',
      where: 'parse.format:auditd event.action:executed user.effective.name:root',
      fields: ['process.executable'],
      learningDays: 30,
    },
  ),
  starter(
    'ports-tried',
    {
      title: { ja: '多数のポートへの拒否された通信', en: 'Refused connections to many ports' },
      requirements: '1.2.1 11.5.1',
      key: ['source.ip'],
    },
    {
      kind: 'threshold',
      severity: 'medium',
      where: 'class:access-denied destination.port:*',
      count: 15,
      distinct: 'destination.port',
      windowSeconds: 5 * minute,
    },
  ),
  starter(
    'hosts-tried',
    {
      title: { ja: '多数のホストへの拒否された通信', en: 'Refused connections to many hosts' },
      requirements: '1.2.1 11.5.1',
      key: ['source.ip'],
    },
    {
      kind: 'threshold',
      severity: 'medium',
      where: 'class:access-denied destination.ip:*',
      count: 10,
      distinct: 'destination.ip',
      windowSeconds: 5 * minute,
    },
  ),
  starter(
    'network-device-changed',
    {
      title: { ja: 'ネットワーク機器の設定変更', en: 'The configuration of a network device was changed' },
      requirements: '1.2.1 1.2.2 10.2.1.2',
      key: ['user.name', 'log.stream'],
    },
    {
      kind: 'match',
      severity: 'medium',
      where:
        'class:policy-change parse.format:(cisco-ios OR cisco-asa OR fortinet OR palo-alto OR check-point OR juniper OR huawei OR sonicwall OR sophos OR yamaha OR mikrotik)',
    },
  ),
  starter(
    'intrusion-detected',
    {
      title: { ja: '侵入検知の警報', en: 'An intrusion detection system raised an alarm' },
      requirements: '11.5.1',
      key: ['source.ip', 'rule.name'],
    },
    {
      kind: 'match',
      severity: 'high',
      where: 'parse.format:(snort OR suricata) rule.name:* NOT event.action:suricata_flow',
    },
  ),
  starter(
    'web-attack',
    {
      title: { ja: 'Webへの攻撃とみられるリクエスト', en: 'Requests that look like attacks on the web' },
      requirements: '6.4.1',
      key: ['source.ip'],
    },
    {
      kind: 'match',
      severity: 'medium',
      where:
        'parse.format:http-access url.original:(*/etc/passwd* OR *../../* OR *%2e%2e%2f* OR *union*select* OR *UNION*SELECT* OR *<script* OR *%3Cscript* OR */.env OR */.git/*)',
    },
  ),
  starter(
    'web-scanned',
    {
      title: { ja: 'Webの探索とみられる多数のエラー', en: 'Many refused requests from one origin' },
      requirements: '6.4.1 10.2.1.4',
      key: ['source.ip'],
    },
    {
      kind: 'threshold',
      severity: 'medium',
      where: 'parse.format:http-access http.response.status_code:[400 TO 499]',
      count: 50,
      windowSeconds: 5 * minute,
    },
  ),
];
