import { starter, type StarterRule } from './starter-rule.ts';

const minute = 60;
const day = 86_400;

export const accountRules: readonly StarterRule[] = [
  starter(
    'elevation-refused',
    {
      title: { ja: '特権昇格の拒否', en: 'A refused elevation of privileges' },
      requirements: '10.2.1.4 10.2.1.5',
      key: ['user.name', 'log.stream'],
    },
    { kind: 'match', severity: 'medium', where: 'class:privilege-elevation class:access-denied' },
  ),
  starter(
    'elevation-for-the-first-time',
    {
      title: { ja: '初めての特権昇格', en: 'The first elevation of privileges of an account on a host' },
      requirements: '10.2.1.5',
      key: ['user.name'],
    },
    {
      kind: 'first-seen',
      severity: 'medium',
      where: 'class:privilege-elevation user.name:* NOT class:access-denied',
      fields: ['log.stream'],
      learningDays: 30,
    },
  ),
  starter(
    'administrators-changed',
    {
      title: { ja: '管理者グループへの追加', en: 'An account was made an administrator' },
      requirements: '7.2.1 10.2.1.5',
      key: ['user.target.name', 'log.stream'],
    },
    { kind: 'match', severity: 'high', where: 'class:account-change class:privilege-elevation' },
  ),
  starter(
    'account-created',
    {
      title: { ja: 'アカウントの作成', en: 'An account was created' },
      requirements: '8.2.4 10.2.1.5',
      key: ['user.target.name', 'log.stream'],
      quietSeconds: 10 * minute,
    },
    {
      kind: 'match',
      severity: 'low',
      where:
        'event.action:(user_added OR user_created OR sql_create_user OR sql_create_role OR asa_user_added) NOT event.outcome:failure',
    },
  ),
  starter(
    'short-lived-account',
    {
      title: { ja: '作成後すぐに削除されたアカウント', en: 'An account that was deleted soon after it was created' },
      requirements: '8.2.4 10.2.1.5',
      key: ['user.target.name', 'log.stream'],
    },
    {
      kind: 'sequence',
      severity: 'high',
      steps: [
        { where: 'event.action:(user_added OR user_created) event.outcome:success' },
        { where: 'event.action:user_deleted' },
      ],
      withinSeconds: day,
    },
  ),
  starter(
    'password-of-administrator-changed',
    {
      title: { ja: '管理者アカウントのパスワード変更', en: 'The password of a built-in administrator was changed' },
      requirements: '10.2.1.5',
      key: ['log.stream'],
    },
    {
      kind: 'match',
      severity: 'high',
      where:
        'class:credential-change (user.target.name:(root OR Administrator OR SYS OR postgres) OR (user.name:root NOT user.target.name:*))',
    },
  ),
  starter(
    'database-rights-granted',
    {
      title: { ja: 'データベースの権限付与', en: 'Rights in a database were granted' },
      requirements: '7.2.5 10.2.1.5',
      key: ['user.name', 'log.stream'],
    },
    { kind: 'match', severity: 'medium', where: 'event.action:(sql_grant OR sql_alter_role OR sql_alter_user)' },
  ),
  starter(
    'card-data-by-new-account',
    {
      title: {
        ja: '初めてのアカウントによるカード会員データへのアクセス',
        en: 'An account reads card data for the first time',
      },
      requirements: '10.2.1.1 7.2.5',
      key: ['user.name'],
    },
    {
      kind: 'first-seen',
      severity: 'high',
      where: 'class:card-data-access OR database.object:(*card* OR *pan*)',
      fields: ['database.object'],
      learningDays: 30,
    },
  ),
  starter(
    'card-data-in-bulk',
    {
      title: {
        ja: 'カード会員データのファイルへの多数のアクセス',
        en: 'Files of card data are accessed many times within a short time',
      },
      requirements: '10.2.1.1 3.5.1',
      key: ['user.name'],
    },
    {
      kind: 'threshold',
      severity: 'high',
      where: 'class:card-data-access parse.format:auditd',
      count: 50,
      windowSeconds: 15 * minute,
    },
  ),
  starter(
    'database-refused',
    {
      title: { ja: 'データベースでの権限不足が続く', en: 'Repeated refusals in a database' },
      requirements: '10.2.1.4',
      key: ['user.name'],
    },
    {
      kind: 'threshold',
      severity: 'medium',
      where: 'event.action:db_permission_denied',
      count: 3,
      windowSeconds: 10 * minute,
    },
  ),
  starter(
    'sign-in-to-this-product-refused',
    {
      title: { ja: '証へのログイン失敗が続く', en: 'Repeated failed sign-ins to Akashi' },
      requirements: '10.2.1.4 10.3.1',
      key: ['source.ip'],
    },
    {
      kind: 'threshold',
      severity: 'high',
      where: 'parse.format:akashi-audit event.action:sign-in.* event.outcome:failure',
      count: 5,
      windowSeconds: 10 * minute,
    },
  ),
];
