import { approvalsOf } from './approvals.ts';
import type { Story } from './make-story.ts';
import { hosts, people, staff } from './shop.ts';
import { dayMs, isWeekend, writtenTime } from './story-time.ts';

/** The name that the masters give the doors. */
const entrySystem = 'entry system';

/** Tables as their owners keep them, with the headings that the brief has. */
export interface MasterTable {
  readonly name: string;
  readonly csv: string;
}

function table(name: string, heading: string, rows: readonly (readonly string[])[]): MasterTable {
  return { name, csv: [heading, ...rows.map((cells) => cells.join(','))].map((row) => `${row}\r\n`).join('') };
}

/** Whose account is whose on which system: servers, directory, database, network, doors. */
function commonIds(): (readonly string[])[] {
  return staff.flatMap(({ id, account, badge, servers, database }) => [
    ['dc01', account, id],
    [entrySystem, badge, id],
    ...servers.map((server) => [server, account, id]),
    ...(database === undefined ? [] : [['db01', database, id]]),
  ]);
}

const kinds: Readonly<Record<keyof typeof hosts, string>> = {
  web01: 'Webサーバー',
  web02: 'Webサーバー',
  ap01: 'アプリケーションサーバー',
  db01: 'データベースサーバー',
  dc01: 'ディレクトリサーバー',
  dhcp01: 'DHCPサーバー',
  gate01: '入退室管理',
  fw01: 'ファイアウォール',
  sw01: 'スイッチ',
  sw02: 'スイッチ',
};

/** The four tables of the brief, with people and assets, for the days of the story and the two weeks after it. */
export function mastersOf({ fromMs, todayMs }: Pick<Story, 'fromMs' | 'todayMs'>): MasterTable[] {
  const days = Array.from({ length: (todayMs - fromMs) / dayMs + 15 }, (_, at) => fromMs + at * dayMs);
  const minute = (ms: number): string => writtenTime(ms).entry.slice(0, 16);
  const approvals = days
    .flatMap(approvalsOf)
    .map(({ person, fromMs: from, untilMs, target, purpose, number }) => [
      person.id,
      minute(from),
      minute(untilMs),
      target,
      purpose,
      number,
      people.suzuki.name,
    ]);
  // Of the first working day; from then on the DHCP server's own lines tell.
  const firstDay = days.find((day) => !isWeekend(day)) ?? fromMs;
  const leases = staff.map(({ mac, address }) => [minute(firstDay + 8 * 3_600_000), mac, address]);
  return [
    table(
      'people',
      '人,氏名,メール,部署',
      staff.map(({ id, name, email, department }) => [id, name, email, department]),
    ),
    table('common-ids', 'サーバ・機器名,ID,共通ID', commonIds()),
    table(
      'user-devices',
      'MACアドレス,PC名,ユーザ名',
      staff.map(({ mac, device, id }) => [mac, device, id]),
    ),
    table('dhcp-leases', 'リース日時,MACアドレス,IPアドレス', leases),
    table('approvals', 'ユーザ名,作業日時From,作業日時To,作業対象,作業内容,申請番号,承認者', approvals),
    table(
      'assets',
      'ホスト,アドレス,対象範囲,管理者,種別',
      Object.entries(hosts).map(([host, address]) => [
        host,
        address,
        '対象',
        people.yamada.name,
        kinds[host as keyof typeof hosts],
      ]),
    ),
  ];
}
