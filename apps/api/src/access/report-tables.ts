import type { AccessThrough, LogGroupReaders, MemberAccess } from '@akashi/contracts';
import { writeCsv } from './write-csv.ts';

type Language = 'ja' | 'en';

const throughHeader = {
  ja: [
    'アクセスグループ',
    'ロググループ',
    'ログストリーム',
    '送信元',
    '行の条件',
    '隠すフィールド',
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
  ja: { role: '役割による', support: 'サポートアクセス', grant: '' },
  en: { role: 'By role', support: 'Support access', grant: '' },
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
