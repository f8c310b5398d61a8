import type { FlagRule, ReportColumn, ReportDefinition, Words } from './report-definition.ts';

const everyone: readonly ReportColumn[] = [
  'time',
  'person',
  'user',
  'authority',
  'action',
  'object',
  'origin',
  'host',
  'outcome',
];

/** Five failures in ten minutes: a person who mistypes gives up or is locked out before that (PCI DSS 8.3.4 allows ten). */
const run = { count: 5, minutes: 10 } as const;
const failures: FlagRule = { kind: 'failures-in-a-row', ...run };
const successAfter: FlagRule = { kind: 'success-after-failures', ...run, withinMinutes: 60 };
const outsideApproval: FlagRule = { kind: 'outside-approval' };
const outsideHours: FlagRule = { kind: 'outside-hours' };
const firstTime = (of: Extract<FlagRule, { kind: 'first-time' }>['of']): FlagRule => ({
  kind: 'first-time',
  of,
  days: 90,
});

/**
 * What begins no session of a person by itself: the end of one, the steps that PAM and auditd tell beside the sign-in, su
 * (an elevation), and what the directory says of a session's rights.
 */
const noSignIn =
  'event.action:(*_closed OR *logout* OR *logged_out OR *logoff OR *_exit OR session_opened OR authentication OR access_granted OR *_enable OR ' +
  'password_check OR user_acct OR user_start OR su OR sudo_command OR special_privileges_assigned)';

/** The start of a log, and what becomes of a full file, are its usual course. */
const usualLogCourse = 'event.action:(*started OR *_start OR *.start OR *_archived OR *_resume)';

/** Beside the wording of 4.0.1 people know the numbers of 2.0 and 3.0. */
const asks = (current: string, former: string): string[] => [
  ...current.split(' ').map((number) => `pci:4.0.1:${number}`),
  ...former.split(' ').map((number) => `pci:3.0:${number}`),
];

const plain = { version: 1, query: '', tag: null, listed: '', groupBy: null, plot: null } as const;
const words = (ja: string, en: string): Words => ({ ja, en });

/** The eleven that PCI DSS 10.2.1 and 10.4.1 come to in daily work, in the order in which people know them. */
export const standardReports: readonly ReportDefinition[] = [
  {
    ...plain,
    id: 'authentication-use',
    number: 1,
    title: words('認証メカニズムへのアクセス', 'Use of authentication mechanisms'),
    purpose: words(
      '認証の使用をアカウント・接続元・成否ごとに確認します。',
      'Every use of an authentication mechanism, by account, origin and outcome.',
    ),
    requirements: asks('10.2.1.5', '10.2.5'),
    duty: 'reference',
    classes: ['authentication-use'],
    columns: everyone,
    groupBy: 'user',
    flags: [firstTime(['user', 'origin'])],
    plot: { by: 'hour', title: words('時間帯別の認証', 'Authentication by hour') },
  },
  {
    ...plain,
    id: 'successful-sign-ins',
    number: 2,
    title: words('ログイン成功一覧', 'Successful sign-ins'),
    purpose: words(
      '成功したログインを一覧にし、業務時間外と初めての接続元を示します。',
      'Sign-ins that succeeded; those outside working hours and from new origins stand out.',
    ),
    requirements: asks('10.2.1.5', '10.2.5'),
    duty: 'reference',
    classes: ['authentication-use'],
    query: `event.outcome:success AND NOT ${noSignIn}`,
    columns: everyone,
    groupBy: 'user',
    flags: [outsideHours, firstTime(['user', 'origin'])],
    plot: { by: 'hour', title: words('時間帯別のログイン', 'Sign-ins by hour') },
  },
  {
    ...plain,
    id: 'failed-sign-ins',
    number: 3,
    title: words('ログイン失敗一覧', 'Failed sign-ins'),
    purpose: words(
      '失敗したログインを一覧にし、連続した失敗と、その後の成功を示します。',
      'Sign-ins that failed; failures in a row, and a success after them, stand out.',
    ),
    requirements: asks('10.2.1.4 10.2.1.5', '10.2.4 10.2.5'),
    duty: 'required',
    classes: ['authentication-use'],
    query: `NOT event.action:(*_closed OR *logout* OR *logged_out OR *logoff OR session_opened)`,
    listed: 'event.outcome:failure',
    columns: ['time', 'person', 'user', 'action', 'origin', 'host', 'outcome'],
    groupBy: 'user',
    flags: [failures, successAfter],
    plot: { by: 'hour', title: words('時間帯別のログイン失敗', 'Failed sign-ins by hour') },
  },
  {
    ...plain,
    id: 'password-changes',
    number: 4,
    title: words('パスワードの変更履歴一覧', 'Changes of passwords'),
    purpose: words(
      '認証情報を誰が誰のために変更したかを確認します。',
      'Changes of credentials: by whom, and for whom.',
    ),
    requirements: asks('10.2.1.5 8.3.9', '10.2.5 8.2.4'),
    duty: 'required',
    classes: ['credential-change'],
    columns: ['time', 'person', 'user', 'action', 'target', 'origin', 'host', 'outcome'],
    groupBy: 'user',
    flags: [{ kind: 'changed-for-other' }, { kind: 'unchanged-credential', days: 90 }],
  },
  {
    ...plain,
    id: 'privilege-elevations',
    number: 5,
    title: words('特権権限への昇格の一覧', 'Elevations of privileges'),
    purpose: words(
      '誰が、いつ、どこで、どの権限を得たかを確認します。承認外の昇格には、その後の操作も示します。',
      'Who gained which rights, where and until when; what followed an elevation without approval is shown with it.',
    ),
    requirements: asks('10.2.1.5 10.2.1.2', '10.2.5 10.2.2'),
    duty: 'required',
    classes: ['privilege-elevation', 'administrator-action'],
    listed: 'pci.class:privilege-elevation',
    columns: ['time', 'person', 'user', 'authority', 'action', 'target', 'command', 'origin', 'host', 'outcome'],
    groupBy: 'person',
    flags: [outsideApproval],
    plot: { by: 'person', title: words('人物別の昇格', 'Elevations by person') },
  },
  {
    ...plain,
    id: 'administrator-actions',
    number: 6,
    title: words('管理者権限の操作履歴一覧', 'Actions with administrative rights'),
    purpose: words(
      '管理者権限で行われた操作を人物ごとに確認します。',
      'What was done with administrative rights, by person.',
    ),
    requirements: asks('10.2.1.2', '10.2.2'),
    duty: 'required',
    classes: ['administrator-action'],
    columns: ['time', 'person', 'user', 'authority', 'action', 'command', 'object', 'origin', 'host', 'outcome'],
    groupBy: 'person',
    flags: [outsideApproval, { kind: 'person-unknown' }, { kind: 'person-conflict' }],
    plot: { by: 'person', title: words('人物別の管理者操作', 'Administrative actions by person') },
  },
  {
    ...plain,
    id: 'policy-changes',
    number: 7,
    title: words('ポリシーの変更の一覧', 'Changes of policies'),
    purpose: words(
      '監査・パスワード・ファイアウォール・構成のポリシーの変更を、変更前後とともに確認します。',
      'Changes of audit, password, firewall and configuration policies, before and after.',
    ),
    requirements: asks('10.2.1.2 1.2.2', '10.2.2 1.1.1'),
    duty: 'required',
    classes: ['policy-change'],
    columns: ['time', 'person', 'user', 'action', 'object', 'before', 'after', 'command', 'host', 'outcome'],
    groupBy: 'action',
    flags: [outsideApproval],
  },
  {
    ...plain,
    id: 'log-clearing',
    number: 8,
    title: words('ログの消去・初期化', 'Cleared and initialised logs'),
    purpose: words(
      'ログの消去・初期化・停止・中断と、受信途絶、欠落を確認します。',
      'Logs that were cleared, initialised, stopped or paused; silent sources and gaps.',
    ),
    requirements: asks('10.2.1.6 10.7.2', '10.2.6'),
    duty: 'required',
    classes: ['log-control'],
    query: `NOT ${usualLogCourse}`,
    columns: ['time', 'person', 'user', 'action', 'object', 'command', 'host', 'logGroup', 'outcome'],
    groupBy: 'host',
    flags: [{ kind: 'any' }],
  },
  {
    ...plain,
    id: 'card-data-access',
    number: 9,
    title: words('カード会員データへのアクセスの一覧', 'Access to card data'),
    purpose: words(
      'カード会員データへのアクセスを一覧にし、初めてのアクセス、業務時間外、大量のアクセスを示します。',
      'Access to card data; first times, accesses outside working hours and in bulk stand out.',
    ),
    requirements: asks('10.2.1.1', '10.2.1'),
    duty: 'required',
    classes: ['card-data-access'],
    tag: 'card-data',
    columns: ['time', 'person', 'user', 'action', 'object', 'command', 'count', 'origin', 'host', 'outcome'],
    groupBy: 'user',
    flags: [firstTime(['user', 'object']), outsideHours, { kind: 'bulk', count: 100, minutes: 10, rows: 1_000 }],
    plot: { by: 'hour', title: words('時間帯別のアクセス', 'Accesses by hour') },
  },
  {
    ...plain,
    id: 'log-access',
    number: 10,
    title: words('ログへのアクセス履歴の一覧', 'Access to logs'),
    purpose: words(
      '誰がどのログを閲覧したかを確認します。',
      'Who looked at which logs, in this product and on the sources that say so.',
    ),
    requirements: asks('10.2.1.3', '10.2.3'),
    duty: 'required',
    classes: ['log-access'],
    columns: ['time', 'person', 'user', 'authority', 'action', 'object', 'origin', 'host', 'outcome'],
    groupBy: 'user',
    flags: [outsideHours],
    plot: { by: 'user', title: words('利用者別の閲覧', 'Looks by user') },
  },
  {
    ...plain,
    id: 'system-objects',
    number: 11,
    title: words('重要なファイルの作成および削除の一覧', 'System objects made and deleted'),
    purpose: words(
      '重要なファイルなどのシステムオブジェクトの作成と削除を確認します。',
      'Files and other system-level objects that were made or deleted under watched paths.',
    ),
    requirements: asks('10.2.1.7', '10.2.7'),
    duty: 'required',
    classes: ['system-object'],
    tag: 'watched-objects',
    columns: ['time', 'person', 'user', 'authority', 'action', 'object', 'command', 'host', 'outcome'],
    groupBy: 'host',
    flags: [outsideApproval],
  },
];
