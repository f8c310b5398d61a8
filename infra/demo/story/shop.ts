/** The card shop: its machines and the people who work there. Addresses are of the documentation's and private ranges. */
export const hosts = {
  web01: '10.1.0.11',
  web02: '10.1.0.12',
  ap01: '10.1.0.21',
  db01: '10.1.0.31',
  dc01: '10.1.0.41',
  dhcp01: '10.1.0.51',
  gate01: '10.1.0.61',
  fw01: '10.1.0.1',
  sw01: '10.1.0.2',
  sw02: '10.1.0.3',
} as const;

export type Host = keyof typeof hosts;

/** Where ntpd of the two hosts takes the time from. */
export const timeServer = '10.1.0.5';

export interface StoryPerson {
  /** The common ID. */
  readonly id: string;
  readonly name: string;
  readonly department: string;
  readonly email: string;
  /** On the servers and in the directory. */
  readonly account: string;
  readonly uid: number;
  readonly badge: string;
  readonly device: string;
  readonly mac: string;
  readonly address: string;
  /** Where the person signs in to, beside the directory. */
  readonly servers: readonly Host[];
  /** In the database, where there is one. */
  readonly database?: string;
}

function person(
  number: number,
  [id, name, department]: readonly [string, string, string],
  more: Pick<StoryPerson, 'account' | 'servers'> & Partial<StoryPerson>,
): StoryPerson {
  const two = String(number).padStart(2, '0');
  return {
    id,
    name,
    department,
    email: `${id}@demo.example`,
    uid: 1000 + number,
    badge: `000${49 + number}`,
    device: `PC0${two}`,
    mac: `00-00-00-00-00-${two}`,
    address: `192.168.0.${number}`,
    ...more,
  };
}

const yamada = person(1, ['yamada', '山田 太郎', '情報システム部'], {
  account: 'taro.yamada',
  servers: ['web01', 'web02', 'ap01'],
});
const suzuki = person(2, ['suzuki', '鈴木 一郎', '情報システム部'], { account: 'ichiro.suzuki', servers: [] });
const ito = person(3, ['ito', '伊藤 健', '情報システム部'], {
  account: 'ken.ito',
  servers: ['db01', 'ap01'],
  database: 'dba_ito',
});
const kobayashi = person(4, ['kobayashi', '小林 翔', '情報システム部'], {
  account: 'sho.kobayashi',
  servers: ['sw01', 'sw02', 'fw01'],
});
const sato = person(5, ['sato', '佐藤 花子', '管理部'], { account: 'hanako.sato', servers: [] });
const kato = person(6, ['kato', '加藤 美咲', '経理部'], { account: 'misaki.kato', servers: ['ap01'] });
const tanaka = person(7, ['tanaka', '田中 実', '店舗運営部'], { account: 'minoru.tanaka', servers: [] });
const mori = person(8, ['mori', '森 さくら', '店舗運営部'], { account: 'sakura.mori', servers: [] });

export const people = { yamada, suzuki, ito, kobayashi, sato, kato, tanaka, mori } as const;
export const staff: readonly StoryPerson[] = Object.values(people);

/** A program's own accounts: nobody works with them. */
export const programs = { shop: 'shop_app', report: 'report' } as const;
