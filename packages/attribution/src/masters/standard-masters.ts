import type { MasterColumn, MasterDefinition } from './master-definition.ts';

type Extra = Partial<Pick<MasterColumn, 'isRequired' | 'headings'>>;

function column(
  name: string,
  type: MasterColumn['type'],
  words: readonly [ja: string, en: string, extra?: Extra],
): MasterColumn {
  const [ja, en, extra] = words;
  return { name, type, title: { ja, en }, headings: extra?.headings ?? [], isRequired: extra?.isRequired ?? true };
}

const optional = (...headings: readonly string[]): Extra => ({ isRequired: false, headings });
const alsoAs = (...headings: readonly string[]): Extra => ({ headings });

/** Headings under which a table names the person a row is about. */
const personHeadings = [
  'ユーザー名',
  'ユーザ',
  'ユーザー',
  '利用者',
  '使用者',
  '人',
  '氏名',
  '社員',
  'user',
  'user name',
  'person id',
];

/** The tables that every organisation has, as interfaces.md 6 names them. */
export const standardMasters: readonly MasterDefinition[] = [
  {
    name: 'people',
    title: { ja: '人物', en: 'People' },
    columns: [
      column('person', 'name', [
        '人',
        'Person',
        alsoAs('共通ID', '人物', '人物ID', 'ユーザ名', 'ユーザー名', '社員番号', 'user', 'person id'),
      ]),
      column('name', 'text', ['氏名', 'Name', alsoAs('名前', '姓名', 'full name', 'display name')]),
      column('email', 'email', ['メール', 'Email', optional('メールアドレス', 'mail', 'e-mail', 'email address')]),
      column('department', 'text', ['部署', 'Department', optional('所属', '部署名', '部門', 'section', 'division')]),
    ],
    key: ['person'],
    exclusive: ['person'],
    period: { from: null, until: null },
    endsWithNext: false,
  },
  {
    name: 'common-ids',
    title: { ja: '共通ID', en: 'Common IDs' },
    columns: [
      column('system', 'name', [
        'サーバ・機器名',
        'System',
        alsoAs(
          'サーバー・機器名',
          'サーバ名',
          'サーバー名',
          '機器名',
          'サーバ',
          'サーバー',
          'システム',
          'システム名',
          'ホスト',
          'ホスト名',
          'server',
          'device',
          'host',
        ),
      ]),
      column('id', 'account', [
        'ID',
        'ID',
        alsoAs(
          'アカウント',
          'アカウント名',
          'ログインID',
          'ユーザID',
          'ユーザーID',
          'account',
          'account name',
          'user id',
          'login',
        ),
      ]),
      column('person', 'name', [
        '共通ID',
        'Person',
        alsoAs('人', '人物', 'ユーザ名', 'ユーザー名', 'common id', 'user'),
      ]),
    ],
    key: ['system', 'id'],
    exclusive: ['system', 'id'],
    period: { from: null, until: null },
    endsWithNext: false,
  },
  {
    name: 'user-devices',
    title: { ja: '端末', en: 'Devices' },
    columns: [
      column('mac', 'mac', ['MACアドレス', 'MAC address', alsoAs('MAC', '物理アドレス', 'physical address')]),
      column('device', 'text', [
        'PC名',
        'Device',
        alsoAs(
          'PC',
          '端末',
          '端末名',
          '機器名',
          'コンピュータ名',
          'コンピューター名',
          'pc name',
          'device name',
          'computer',
          'host name',
        ),
      ]),
      column('person', 'name', ['ユーザ名', 'Person', alsoAs(...personHeadings)]),
    ],
    key: ['mac'],
    exclusive: ['mac'],
    period: { from: null, until: null },
    endsWithNext: false,
  },
  {
    name: 'dhcp-leases',
    title: { ja: 'DHCPリース', en: 'DHCP leases' },
    columns: [
      column('leasedAt', 'time', [
        'リース日時',
        'Leased at',
        alsoAs('リース開始', 'リース開始日時', '貸出日時', 'leased', 'lease start', 'start'),
      ]),
      column('mac', 'mac', ['MACアドレス', 'MAC address', alsoAs('MAC', '物理アドレス', 'physical address')]),
      column('address', 'address', ['IPアドレス', 'Address', alsoAs('IP', 'アドレス', 'ip address')]),
      column('until', 'time', [
        'リース期限',
        'Until',
        optional('リース終了', 'リース終了日時', '返却日時', '期限', 'lease end', 'expires', 'end'),
      ]),
    ],
    key: ['address', 'leasedAt'],
    exclusive: ['address'],
    period: { from: 'leasedAt', until: 'until' },
    endsWithNext: true,
  },
  {
    name: 'approvals',
    title: { ja: '作業承認', en: 'Approvals' },
    columns: [
      column('person', 'name', [
        'ユーザ名',
        'Person',
        alsoAs(...personHeadings, '作業者', '作業者名', '担当者', 'worker'),
      ]),
      column('from', 'time', [
        '作業日時From',
        'From',
        alsoAs('作業開始', '作業開始日時', '開始日', '開始', '開始日時', '作業日時(自)', 'start', 'work from'),
      ]),
      column('to', 'time', [
        '作業日時To',
        'To',
        alsoAs('作業終了', '作業終了日時', '終了日', '終了', '終了日時', '作業日時(至)', 'end', 'work to', 'until'),
      ]),
      column('target', 'name', [
        '作業対象',
        'Target',
        alsoAs('対象', '対象機器', '対象サーバ', '対象サーバー', '対象システム', 'work target', 'system'),
      ]),
      column('purpose', 'text', [
        '作業内容',
        'Purpose',
        optional('目的', '作業目的', '内容', '件名', 'work', 'description'),
      ]),
      column('number', 'text', [
        '申請番号',
        'Number',
        optional('承認番号', '番号', '作業番号', 'ticket', 'request number'),
      ]),
      column('approver', 'text', ['承認者', 'Approver', optional('承認者名', '承認', 'approved by', 'authorised by')]),
    ],
    key: ['person', 'target', 'from'],
    exclusive: ['person', 'target'],
    period: { from: 'from', until: 'to' },
    endsWithNext: false,
  },
  {
    name: 'assets',
    title: { ja: '資産', en: 'Assets' },
    columns: [
      column('host', 'name', [
        'ホスト',
        'Host',
        alsoAs(
          'ホスト名',
          'サーバ・機器名',
          'サーバ名',
          'サーバー名',
          '機器名',
          '資産',
          '資産名',
          'host name',
          'asset',
          'system',
        ),
      ]),
      column('address', 'addresses', [
        'アドレス',
        'Address',
        optional('IPアドレス', 'IP', 'ip address', 'addresses', 'ip addresses'),
      ]),
      column('inScope', 'yes-no', ['対象範囲', 'In scope', alsoAs('PCI対象', '対象', '範囲', 'scope', 'pci scope')]),
      column('shared', 'shared', ['共有', 'Shared', optional('共用', '共有アカウント', '共有ID', 'shared accounts')]),
      column('owner', 'text', ['管理者', 'Owner', optional('担当者', '責任者', '管理部署', 'administrator')]),
      column('kind', 'text', ['種別', 'Kind', optional('種類', '区分', '分類', 'type')]),
    ],
    key: ['host'],
    exclusive: ['host'],
    period: { from: null, until: null },
    endsWithNext: false,
  },
];

/** The definition of a standard table; undefined for any other name. */
export function standardMaster(name: string): MasterDefinition | undefined {
  return standardMasters.find((definition) => definition.name === name);
}
