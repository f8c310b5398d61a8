import { starter, type StarterRule } from './starter-rule.ts';

const minute = 60;
const failed = 'class:access-denied class:authentication-use';
const succeeded =
  'class:authentication-use event.outcome:success NOT event.action:(session_closed OR ssh_disconnected)';
const officeHours = { days: [1, 2, 3, 4, 5], fromMinute: 8 * minute, untilMinute: 20 * minute };

export const signInRules: readonly StarterRule[] = [
  starter(
    'sign-in-failures-of-account',
    {
      title: { ja: '同じアカウントのログイン失敗が続く', en: 'Repeated failed sign-ins of one account' },
      requirements: '10.2.1.4 8.3.4',
      key: ['user.name'],
    },
    { kind: 'threshold', severity: 'medium', where: failed, count: 10, windowSeconds: 10 * minute },
  ),
  starter(
    'sign-in-failures-from-origin',
    {
      title: { ja: '同じ接続元からのログイン失敗が続く', en: 'Repeated failed sign-ins from one origin' },
      requirements: '10.2.1.4',
      key: ['source.ip'],
    },
    { kind: 'threshold', severity: 'medium', where: failed, count: 20, windowSeconds: 10 * minute },
  ),
  starter(
    'password-spraying',
    {
      title: {
        ja: '一つの接続元から多数のアカウントへのログイン失敗',
        en: 'Failed sign-ins to many accounts from one origin',
      },
      requirements: '10.2.1.4',
      key: ['source.ip'],
    },
    { kind: 'threshold', severity: 'high', where: failed, count: 5, distinct: 'user.name', windowSeconds: 10 * minute },
  ),
  starter(
    'guessed-password',
    {
      title: { ja: '失敗が続いた後のログイン成功', en: 'A sign-in after repeated failures' },
      requirements: '10.2.1.4 10.2.1.5',
      key: ['user.name', 'source.ip'],
    },
    {
      kind: 'sequence',
      severity: 'high',
      steps: [
        { where: failed },
        { where: failed },
        { where: failed },
        { where: failed },
        { where: failed },
        { where: succeeded },
      ],
      withinSeconds: 15 * minute,
    },
  ),
  starter(
    'sign-in-of-shared-administrator',
    {
      title: {
        ja: '共用の管理者アカウントでの直接ログイン',
        en: 'A direct sign-in with a built-in administrator account',
      },
      requirements: '8.2.2 10.2.1.2',
      key: ['user.name', 'log.stream'],
    },
    {
      kind: 'match',
      severity: 'high',
      where:
        'event.action:(ssh_login OR windows_logon OR db_login) event.outcome:success user.name:(root OR Administrator OR sa OR SYS OR SYSTEM)',
    },
  ),
  starter(
    'unknown-accounts-tried',
    {
      title: { ja: '存在しないアカウントでのログイン試行', en: 'Sign-ins with accounts that do not exist' },
      requirements: '10.2.1.4',
      key: ['source.ip'],
    },
    {
      kind: 'threshold',
      severity: 'medium',
      where: 'event.action:ssh_invalid_user',
      count: 5,
      windowSeconds: 10 * minute,
    },
  ),
  starter(
    'sign-in-from-new-origin',
    {
      title: { ja: '初めての接続元からのログイン', en: 'A sign-in from an origin that the account never came from' },
      requirements: '10.2.1.5',
      key: ['user.name'],
    },
    { kind: 'first-seen', severity: 'low', where: `${succeeded} source.ip:*`, fields: ['source.ip'], learningDays: 14 },
  ),
  starter(
    'one-account-many-origins',
    {
      title: { ja: '一つのアカウントで多数の接続元からのログイン', en: 'One account signs in from many origins' },
      requirements: '8.2.2 10.2.1.5',
      key: ['user.name'],
    },
    {
      kind: 'threshold',
      severity: 'medium',
      where: `${succeeded} source.ip:*`,
      count: 4,
      distinct: 'source.ip',
      windowSeconds: 60 * minute,
    },
  ),
  starter(
    'account-locked',
    {
      title: { ja: 'アカウントのロックアウト', en: 'An account was locked' },
      requirements: '8.3.4 10.2.1.4',
      key: ['user.name', 'user.target.name'],
    },
    {
      kind: 'match',
      severity: 'medium',
      where:
        'event.action:(account_locked OR user_locked OR ios_account_locked) OR (parse.format:windows-event event.code:4740)',
    },
  ),
  starter(
    'administration-outside-hours',
    {
      title: { ja: '業務時間外の管理者操作', en: 'Administrative work outside working hours' },
      requirements: '10.2.1.2',
      key: ['user.name'],
    },
    {
      kind: 'outside',
      severity: 'medium',
      where: 'class:administrator-action user.name:* NOT event.action:(session_closed OR cron_command)',
      hours: officeHours,
    },
  ),
  starter(
    'administration-without-approval',
    {
      title: { ja: '承認のない管理者操作', en: 'Administrative work without an approval' },
      requirements: '10.2.1.2 7.2.1',
      key: ['user.name'],
    },
    {
      kind: 'outside',
      severity: 'medium',
      where: 'class:administrator-action NOT event.action:(session_closed OR cron_command)',
      approval: 'outside',
    },
  ),
  starter(
    'door-refused',
    { title: { ja: '入室拒否が続く', en: 'Repeated refusals at a door' }, requirements: '9.2.1', key: ['user.name'] },
    {
      kind: 'threshold',
      severity: 'medium',
      where: 'parse.format:entry-log event.outcome:failure',
      count: 3,
      windowSeconds: 10 * minute,
    },
  ),
];
