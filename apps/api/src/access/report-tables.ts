import type {
  AccessGroupAnswer,
  AccessReviewDetail,
  AccessThrough,
  LogGroupReaders,
  MemberAccess,
} from '@akashi/contracts';
import { writeCsv } from './write-csv.ts';

type Language = 'ja' | 'en';

/** The name of a person; null for nobody. */
export type NameOf = (id: string | null) => string | null;

interface TableWords {
  language: Language;
  nameOf: NameOf;
}

const throughHeader = {
  ja: [
    'アクセスグループ',
    'ロググループ',
    'ログストリーム',
    '送信元',
    '行の条件',
    '非表示項目',
    '期限',
    '承認者',
    '理由',
  ],
  en: [
    'Access group',
    'Log groups',
    'Log streams',
    'Sources',
    'Row filter',
    'Hidden fields',
    'Until',
    'Approved by',
    'Reason',
  ],
};

const readersHeader = {
  ja: ['ロググループ', '種別', '名前', 'メールアドレス', '役割', '範囲'],
  en: ['Log group', 'Kind', 'Name', 'Email', 'Role', 'Reach'],
};

const memberHeader = {
  ja: ['名前', 'メールアドレス', '役割'],
  en: ['Name', 'Email', 'Role'],
};

const otherWays = {
  ja: { role: '役割', support: 'サポートアクセス', grant: '' },
  en: { role: 'Role', support: 'Support access', grant: '' },
};

function throughCells(through: AccessThrough, language: Language): (string | null | readonly string[])[] {
  const { kind, logGroups, logStreams, sources, rowFilter, hiddenFields, validTo, approvedBy, reason } = through;
  const groupName = through.groupName ?? otherWays[language][kind];
  return [groupName, logGroups, logStreams, sources, rowFilter, hiddenFields, validTo, approvedBy, reason];
}

/** A row for each way in which somebody sees the log group. */
export function readersCsv(report: LogGroupReaders, language: Language): string {
  const people = report.people.flatMap(({ displayName, email, role, reach, through }) =>
    through.map((each) => {
      const kind = each.kind === 'support' ? 'support-access' : 'person';
      return [report.logGroup, kind, displayName, email, role, reach, ...throughCells(each, language)];
    }),
  );
  const keys = report.keys.map(({ name, reach, logGroups, expiresAt }) => {
    const rest = [null, logGroups, null, null, null, null, expiresAt, null, null];
    return [report.logGroup, 'api-key', name, null, 'api-client', reach, ...rest];
  });
  return writeCsv([...readersHeader[language], ...throughHeader[language]], [...people, ...keys]);
}

/** A row for each way in which the person sees something. */
export function memberAccessCsv({ member, through }: MemberAccess, language: Language): string {
  const rows = through.map((each) => [member.displayName, member.email, member.role, ...throughCells(each, language)]);
  return writeCsv([...memberHeader[language], ...throughHeader[language]], rows);
}

const groupsHeader = {
  ja: ['名前', '説明', '責任者', 'メンバー数', '有効な許可の数'],
  en: ['Name', 'Description', 'Owner', 'Members', 'Grants in force'],
};

export function accessGroupsCsv(groups: readonly AccessGroupAnswer[], { language, nameOf }: TableWords): string {
  const rows = groups.map(({ name, description, ownerId, members, grants }) => [
    name,
    description,
    nameOf(ownerId),
    String(members),
    String(grants),
  ]);
  return writeCsv(groupsHeader[language], rows);
}

const reviewHeader = {
  ja: ['種別', '名前', 'メールアドレス', '決定', 'メモ', '決定者', '決定日時'],
  en: ['Kind', 'Name', 'Email', 'Decision', 'Note', 'Decided by', 'Decided at'],
};

const kindWords = {
  ja: { member: 'アカウント', membership: 'グループへの所属', grant: '許可', key: 'キー' },
  en: { member: 'Account', membership: 'Membership', grant: 'Grant', key: 'Key' },
};

const decisionWords = {
  ja: { confirm: '継続', remove: '削除' },
  en: { confirm: 'Kept', remove: 'Removed' },
};

/** Columns for what the picture of a right holds, whichever kind it is of. */
const snapshotColumns: readonly (readonly [name: string, ja: string, en: string])[] = [
  ['role', '役割', 'Role'],
  ['group', 'アクセスグループ', 'Access group'],
  ['logGroups', 'ロググループ', 'Log groups'],
  ['logStreams', 'ログストリーム', 'Log streams'],
  ['sources', '送信元', 'Sources'],
  ['rowFilter', '行の条件', 'Row filter'],
  ['hiddenFields', '非表示項目', 'Hidden fields'],
  ['addressRanges', '接続元', 'Addresses'],
  ['since', '所属した日時', 'Member since'],
  ['accessUntil', 'アカウントの期限', 'Account until'],
  ['validTo', '許可の期限', 'Granted until'],
  ['expiresAt', 'キーの期限', 'Key until'],
  ['lastSignInAt', '最後のサインイン', 'Last sign-in'],
  ['lastUsedAt', '最後の使用', 'Last used'],
  ['responsible', '責任者', 'Responsible'],
  ['approvedBy', '承認者', 'Approved by'],
  ['reason', '理由', 'Reason'],
];

/** A row for each right: what was decided, and the right as it was when the review was opened. */
export function accessReviewCsv({ items }: AccessReviewDetail, { language, nameOf }: TableWords): string {
  const header = [...reviewHeader[language], ...snapshotColumns.map(([, ja, en]) => (language === 'ja' ? ja : en))];
  const rows = items.map(({ kind, snapshot, decision, note, decidedBy, decidedAt }) => [
    kindWords[language][kind],
    snapshotCell(snapshot['name']),
    snapshotCell(snapshot['email']),
    decision === null ? null : decisionWords[language][decision],
    note,
    nameOf(decidedBy),
    decidedAt,
    ...snapshotColumns.map(([name]) => snapshotCell(snapshot[name])),
  ]);
  return writeCsv(header, rows);
}

function snapshotCell(value: unknown): string | null | readonly string[] {
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string');
  return typeof value === 'string' ? value : null;
}
