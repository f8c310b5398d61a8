/** The two organisations of the demonstration and their people. Secrets are made at the first start. */
export interface DemoPerson {
  readonly email: string;
  readonly displayName: string;
  readonly role: 'tenant-admin' | 'log-administrator' | 'reviewer' | 'approver' | 'viewer' | 'auditor';
  readonly groups: readonly string[];
  readonly language: 'ja' | 'en';
}

export interface DemoOrganisation {
  readonly slug: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly timeZone: string;
  readonly language: 'ja' | 'en';
  readonly people: readonly DemoPerson[];
  /** Loopback senders of syslog belong to this organisation. */
  readonly takesLoopbackSyslog: boolean;
}

export const organisations: readonly DemoOrganisation[] = [
  {
    slug: 'demo',
    nameJa: 'Demo 商店',
    nameEn: 'Demo Shop',
    timeZone: 'Asia/Tokyo',
    language: 'ja',
    takesLoopbackSyslog: true,
    people: [
      { email: 'sato@demo.example', displayName: '佐藤 花子', role: 'tenant-admin', groups: [], language: 'ja' },
      { email: 'yamada@demo.example', displayName: '山田 太郎', role: 'reviewer', groups: ['運用'], language: 'ja' },
      { email: 'suzuki@demo.example', displayName: '鈴木 一郎', role: 'approver', groups: [], language: 'ja' },
      { email: 'auditor@demo.example', displayName: 'Alex Morgan', role: 'auditor', groups: [], language: 'en' },
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
      { email: 'tanaka@minato.example', displayName: '田中 直子', role: 'tenant-admin', groups: [], language: 'ja' },
      {
        email: 'lee@minato.example',
        displayName: 'Jordan Lee',
        role: 'reviewer',
        groups: ['operations'],
        language: 'en',
      },
    ],
  },
];
