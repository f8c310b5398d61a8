/** The two organisations of the demonstration and their people. Secrets are made at the first start. */
export interface DemoPerson {
  readonly email: string;
  readonly displayName: string;
  readonly role: 'tenant-admin' | 'log-administrator' | 'reviewer' | 'approver' | 'viewer' | 'auditor';
  readonly groups: readonly string[];
  readonly language: 'ja' | 'en';
}

/** What the people of one access group read. */
export interface DemoGroup {
  readonly name: string;
  readonly description: string;
  /** Addresses of people of the organisation: who answers for the group, who approved its grants. */
  readonly owner: string;
  readonly approvedBy: string;
  readonly grants: readonly { readonly logGroups: readonly string[]; readonly logStreams: readonly string[] }[];
}

/** What a part of the daily review looks at, and who does. */
export interface DemoArea {
  readonly name: string;
  readonly category: 'security-events' | 'card-data-systems' | 'critical-systems' | 'security-functions';
  readonly logStreams: readonly string[];
  /** Addresses of people of the organisation. */
  readonly reviewers: readonly string[];
  readonly approvers: readonly string[];
}

/** How long some log groups are kept, where it is not a year. */
export interface DemoRetention {
  readonly name: string;
  readonly title: string;
  readonly onlineDays: number;
  readonly keptDays: number | null;
  readonly logGroups: readonly string[];
}

/** What may not be removed of the first days, and the address of who said so. */
export interface DemoHold {
  readonly by: string;
  readonly days: number;
  readonly reason: string;
  readonly logGroups: readonly string[];
}

export interface DemoOrganisation {
  readonly slug: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly timeZone: string;
  readonly language: 'ja' | 'en';
  readonly people: readonly DemoPerson[];
  readonly groups: readonly DemoGroup[];
  /** In place of the area of everything that an organisation begins with; none: that one stays. */
  readonly areas: readonly DemoArea[];
  readonly retention: readonly DemoRetention[];
  readonly holds: readonly DemoHold[];
  /** Loopback senders of syslog belong to this organisation. */
  readonly takesLoopbackSyslog: boolean;
}

/** One person reviews the day before, another one approves (PCI DSS 10.4, 6.5.4). */
const reviewed = { reviewers: ['nakamura@demo.example'], approvers: ['suzuki@demo.example'] } as const;

export const organisations: readonly DemoOrganisation[] = [
  {
    slug: 'demo',
    nameJa: 'Demo 商店',
    nameEn: 'Demo Shop',
    timeZone: 'Asia/Tokyo',
    language: 'ja',
    takesLoopbackSyslog: true,
    people: [
      { email: 'sato@demo.example', displayName: '佐藤 花子', role: 'tenant-admin', groups: ['統括'], language: 'ja' },
      { email: 'yamada@demo.example', displayName: '山田 太郎', role: 'reviewer', groups: ['運用'], language: 'ja' },
      { email: 'nakamura@demo.example', displayName: '中村 恵', role: 'reviewer', groups: ['統括'], language: 'ja' },
      { email: 'ito@demo.example', displayName: '伊藤 健', role: 'viewer', groups: ['DB'], language: 'ja' },
      {
        email: 'kobayashi@demo.example',
        displayName: '小林 翔',
        role: 'viewer',
        groups: ['ネットワーク'],
        language: 'ja',
      },
      { email: 'suzuki@demo.example', displayName: '鈴木 一郎', role: 'approver', groups: ['統括'], language: 'ja' },
      { email: 'auditor@demo.example', displayName: 'Alex Morgan', role: 'auditor', groups: ['統括'], language: 'en' },
    ],
    groups: [
      {
        name: '統括',
        description: '組織のすべてのログ',
        owner: 'sato@demo.example',
        approvedBy: 'suzuki@demo.example',
        grants: [{ logGroups: ['*'], logStreams: [] }],
      },
      {
        name: 'DB',
        description: 'DBサーバーのすべてのログ',
        owner: 'yamada@demo.example',
        approvedBy: 'suzuki@demo.example',
        grants: [{ logGroups: ['*'], logStreams: ['db*'] }],
      },
      {
        name: '運用',
        description: '全サーバーのシステムログ。DBのアクセスログは含まない',
        owner: 'suzuki@demo.example',
        approvedBy: 'suzuki@demo.example',
        grants: [{ logGroups: ['syslog', 'ntpd'], logStreams: ['web*', 'ap*', 'db*'] }],
      },
      {
        name: 'ネットワーク',
        description: 'ファイアウォールとスイッチ。サーバーは含まない',
        owner: 'yamada@demo.example',
        approvedBy: 'suzuki@demo.example',
        grants: [{ logGroups: ['syslog', 'network/*'], logStreams: ['fw*', 'sw*'] }],
      },
    ],
    retention: [{ name: 'seven-years', title: '7年保存', onlineDays: 90, keptDays: 2_555, logGroups: ['db/access'] }],
    holds: [
      { by: 'sato@demo.example', days: 2, reason: 'スイッチの設定変更に関する社内調査', logGroups: ['network/*'] },
    ],
    areas: [
      { name: 'データベース', category: 'card-data-systems', logStreams: ['db*'], ...reviewed },
      { name: 'サーバー', category: 'critical-systems', logStreams: ['web*', 'ap*'], ...reviewed },
      {
        name: 'ネットワークとディレクトリ',
        category: 'security-functions',
        logStreams: ['fw*', 'sw*', 'dc*', 'dhcp*', 'gate*'],
        ...reviewed,
      },
    ],
  },
  {
    slug: 'minato',
    nameJa: 'みなと決済',
    nameEn: 'Minato Payments',
    timeZone: 'Asia/Tokyo',
    language: 'en',
    takesLoopbackSyslog: false,
    people: [
      {
        email: 'tanaka@minato.example',
        displayName: '田中 直子',
        role: 'tenant-admin',
        groups: ['all'],
        language: 'ja',
      },
      {
        email: 'lee@minato.example',
        displayName: 'Jordan Lee',
        role: 'reviewer',
        groups: ['operations'],
        language: 'en',
      },
    ],
    groups: [
      {
        name: 'all',
        description: 'Every log of the organisation',
        owner: 'tanaka@minato.example',
        approvedBy: 'lee@minato.example',
        grants: [{ logGroups: ['*'], logStreams: [] }],
      },
      {
        name: 'operations',
        description: 'System logs of the servers',
        owner: 'lee@minato.example',
        approvedBy: 'tanaka@minato.example',
        grants: [{ logGroups: ['syslog', 'ntpd'], logStreams: [] }],
      },
    ],
    retention: [],
    holds: [],
    areas: [],
  },
];

/** The home of the people who run the installation. */
export const platformOrganisation = {
  slug: 'platform',
  kind: 'platform',
  nameJa: 'Akashi 運営',
  nameEn: 'Akashi Platform',
  timeZone: 'Asia/Tokyo',
  language: 'ja',
} as const;

export const operators = [
  {
    email: 'operator@platform.example',
    displayName: '運営 太郎',
    role: 'platform-operator',
    groups: [],
    language: 'ja',
  },
] as const;
