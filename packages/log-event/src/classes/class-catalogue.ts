import { eventClasses, type EventClass, type SixField } from './event-class.ts';

/** The wordings of the standard whose requirement numbers people know, the newest first. */
export const requirementVersions = ['4.0.1', '3.0'] as const;

export type RequirementVersion = (typeof requirementVersions)[number];

export interface ClassMeaning {
  readonly word: Readonly<Record<'ja' | 'en', string>>;
  /** The requirement that asks for such events, by version. */
  readonly requirement: Readonly<Record<RequirementVersion, string>>;
}

/** What the classes are called and which requirement each answers: the one list that queries, pages and the API share. */
export const classCatalogue: Readonly<Record<EventClass, ClassMeaning>> = {
  'card-data-access': meaning('カード会員データへのアクセス', 'Card data access', '10.2.1.1 10.2.1'),
  'administrator-action': meaning('管理者操作', 'Administrator action', '10.2.1.2 10.2.2'),
  'log-access': meaning('ログへのアクセス', 'Log access', '10.2.1.3 10.2.3'),
  'access-denied': meaning('アクセス拒否', 'Access denied', '10.2.1.4 10.2.4'),
  'authentication-use': meaning('認証の使用', 'Authentication use', '10.2.1.5 10.2.5'),
  'credential-change': meaning('認証情報の変更', 'Credential change', '10.2.1.5 10.2.5'),
  'account-change': meaning('アカウントの変更', 'Account change', '10.2.1.5 10.2.5'),
  'privilege-elevation': meaning('特権昇格', 'Privilege elevation', '10.2.1.5 10.2.5'),
  'policy-change': meaning('ポリシーの変更', 'Policy change', '10.2.1.2 10.2.2'),
  'log-control': meaning('ログの開始・停止・消去', 'Log control', '10.2.1.6 10.2.6'),
  'system-object': meaning('システムオブジェクトの作成・削除', 'System object', '10.2.1.7 10.2.7'),
  'time-change': meaning('時刻の変更', 'Time change', '10.6.3 10.4.2'),
};

/** What the six fields of 10.2.2 are called. */
export const sixFieldWords: Readonly<Record<SixField, Readonly<Record<'ja' | 'en', string>>>> = {
  user: { ja: '利用者', en: 'User' },
  action: { ja: 'イベントの種類', en: 'Kind of event' },
  time: { ja: '日時', en: 'Time' },
  outcome: { ja: '成否', en: 'Outcome' },
  origin: { ja: '発生元', en: 'Origin' },
  object: { ja: '対象', en: 'Object' },
};

/** The classes that a requirement of this version asks for: its own and those of the numbers below it. */
export function classesOfRequirement(version: RequirementVersion, number: string): EventClass[] {
  return eventClasses.filter((name) => {
    const own = classCatalogue[name].requirement[version];
    return own === number || own.startsWith(`${number}.`);
  });
}

/** Every number with classes in this version, parents before their parts: `10`, `10.2`, `10.2.1`, `10.2.1.1`, … */
export function requirementNumbers(version: RequirementVersion): string[] {
  const numbers = new Set<string>();
  for (const name of eventClasses) {
    const parts = classCatalogue[name].requirement[version].split('.');
    for (let length = 1; length <= parts.length; length++) numbers.add(parts.slice(0, length).join('.'));
  }
  return [...numbers].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

function meaning(ja: string, en: string, numbers: string): ClassMeaning {
  const [current = '', former = ''] = numbers.split(' ');
  return { word: { ja, en }, requirement: { '4.0.1': current, '3.0': former } };
}
