/** Lines as the servers, devices and programs of a small card environment write them. */
export interface DemoLine {
  readonly logGroup: string;
  /** Null: sent by syslog, where the host name gives the stream. */
  readonly logStream: string | null;
  readonly text: string;
}

/** A seeded sequence, so that the demonstration's past looks the same everywhere (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

const zone = 'Asia/Tokyo';
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const local = new Intl.DateTimeFormat('en-CA', {
  timeZone: zone,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** How busy the shop is, from 0 to 1: by the hour in its own zone, quiet at night, with a dip at noon. */
export function activityAt(at: Date): number {
  const hour = Number(local.formatToParts(at).find(({ type }) => type === 'hour')?.value);
  if (hour < 6) return 0.35;
  if (hour < 9 || hour >= 21) return 0.6;
  return hour === 12 ? 0.8 : 1;
}

interface Clock {
  readonly at: Date;
  /** `Nov 22 10:02:11` in the organisation's zone. */
  readonly rfc3164: string;
  /** `22 Nov 10:02:11`, as ntpd writes it. */
  readonly ntpd: string;
  /** `22/Nov/2026:10:02:11 +0900`. */
  readonly apache: string;
}

function clockAt(at: Date): Clock {
  const part = Object.fromEntries(local.formatToParts(at).map(({ type, value }) => [type, value]));
  const month = months[Number(part['month']) - 1] ?? 'Jan';
  const time = `${part['hour']}:${part['minute']}:${part['second']}`;
  const day = Number(part['day']);
  return {
    at,
    rfc3164: `${month} ${String(day).padStart(2, ' ')} ${time}`,
    ntpd: `${String(day).padStart(2, ' ')} ${month} ${time}`,
    apache: `${part['day']}/${month}/${part['year']}:${time} +0900`,
  };
}

interface Dice {
  pick<T>(choices: readonly [T, ...T[]]): T;
  number(from: number, to: number): number;
}

function dice(random: () => number): Dice {
  return {
    pick: (choices) => choices[Math.floor(random() * choices.length)] ?? choices[0],
    number: (from, to) => from + Math.floor(random() * (to - from + 1)),
  };
}

const servers = ['web01', 'web02', 'db01', 'ap01'] as const;
const people = ['yamada', 'suzuki', 'tanaka', 'ito', 'deploy'] as const;
/** Issuers' published test numbers: they show that card numbers never arrive. */
const testCards = ['4111111111111111', '5555555555554444', '3530111333300000', '378282246310005'] as const;

type Maker = (clock: Clock, roll: Dice) => DemoLine;

function syslog(host: string, clock: Clock, message: string): DemoLine {
  return { logGroup: 'syslog', logStream: null, text: `<86>${clock.rfc3164} ${host} ${message}` };
}

const networkDevices = ['sw01', 'sw02'] as const;

const makers: readonly [weight: number, make: Maker][] = [
  [
    14,
    (clock, roll) => {
      const user = roll.pick(people);
      const address = `10.1.${roll.number(0, 3)}.${roll.number(10, 60)}`;
      const method = roll.pick(['publickey', 'password'] as const);
      return syslog(
        roll.pick(servers),
        clock,
        `sshd[${roll.number(900, 32000)}]: Accepted ${method} for ${user} from ${address} port ${roll.number(30000, 60000)} ssh2`,
      );
    },
  ],
  [
    6,
    (clock, roll) => {
      const user = roll.pick(['root', 'admin', 'invalid user oracle', 'invalid user test'] as const);
      const address = roll.pick(['198.51.100.23', '203.0.113.77', '192.0.2.140'] as const);
      return syslog(
        roll.pick(['web01', 'web02'] as const),
        clock,
        `sshd[${roll.number(900, 32000)}]: Failed password for ${user} from ${address} port ${roll.number(30000, 60000)} ssh2`,
      );
    },
  ],
  [
    6,
    (clock, roll) => {
      const user = roll.pick(people);
      const command = roll.pick([
        '/usr/bin/systemctl restart httpd',
        '/usr/bin/less /var/log/secure',
        '/usr/sbin/usermod -aG wheel ito',
        '/usr/bin/vi /etc/ssh/sshd_config',
      ] as const);
      return syslog(
        roll.pick(servers),
        clock,
        `sudo:   ${user} : TTY=pts/${roll.number(0, 4)} ; PWD=/home/${user} ; USER=root ; COMMAND=${command}`,
      );
    },
  ],
  [
    3,
    (clock, roll) =>
      syslog(
        roll.pick(servers),
        clock,
        `su[${roll.number(900, 32000)}]: pam_unix(su-l:session): session opened for user root by ${roll.pick(people)}(uid=1000)`,
      ),
  ],
  [
    8,
    (clock, roll) =>
      syslog(roll.pick(servers), clock, `CRON[${roll.number(900, 32000)}]: (root) CMD (/usr/lib64/sa/sa1 1 1)`),
  ],
  [
    5,
    (clock, roll) => {
      const host = roll.pick(servers);
      const event = roll.pick([
        '0.0.0.0 c615 05 clock_sync',
        '0.0.0.0 0618 08 no_sys_peer',
        '10.1.0.2 8024 84 reachable',
        '10.1.0.2 963a 8a sys_peer',
        '0.0.0.0 c61c 0c clock_step +0.238417 s',
      ] as const);
      return { logGroup: 'ntpd', logStream: host, text: `${clock.ntpd} ntpd[${roll.number(700, 7600)}]: ${event}` };
    },
  ],
  [
    26,
    (clock, roll) => {
      const path = roll.pick(['/', '/cart', '/checkout', '/api/orders', '/images/logo.svg', '/login'] as const);
      const status = roll.pick([200, 200, 200, 200, 200, 304, 302, 404, 500] as const);
      const text = `203.0.113.${roll.number(1, 250)} - - [${clock.apache}] "${roll.pick(['GET', 'GET', 'POST'] as const)} ${path} HTTP/1.1" ${status} ${roll.number(180, 52000)} "https://shop.demo.example/" "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"`;
      return { logGroup: 'apache/access', logStream: roll.pick(['web01', 'web02'] as const), text };
    },
  ],
  [
    10,
    (clock, roll) => {
      const action = roll.pick(['注文登録', '会員照会', '売上取消', '与信照会'] as const);
      const result = roll.pick(['成功', '成功', '成功', '失敗'] as const);
      const text = `${clock.at.toISOString()} ID=${String(roll.number(1, 99999)).padStart(5, '0')},PAN=${roll.pick(testCards)},操作=${action},結果=${result},端末=POS-${roll.number(1, 9)}`;
      return { logGroup: 'entry-system', logStream: 'ap01', text };
    },
  ],
  [
    12,
    (clock, roll) => {
      const failed = roll.number(0, 9) === 0;
      const entry = {
        '@timestamp': clock.at.toISOString(),
        level: failed ? 'error' : 'info',
        message: failed
          ? 'ログイン失敗が続いています'
          : roll.pick(['注文を受け付けました', '在庫を更新しました', 'バッチ処理が完了しました'] as const),
        user: { name: roll.pick(people) },
        source: { ip: `10.1.2.${roll.number(10, 90)}` },
        event: { action: failed ? 'login' : 'order', outcome: failed ? 'failure' : 'success' },
        orderId: roll.number(100000, 999999),
      };
      return { logGroup: 'app/orders', logStream: 'ap01', text: JSON.stringify(entry) };
    },
  ],
  [
    6,
    (clock, roll) => {
      const failed = roll.number(0, 11) === 0;
      const statement = roll.pick([
        'SELECT name, address FROM member WHERE id = $1',
        'UPDATE orders SET state = $1 WHERE id = $2',
        'GRANT SELECT ON member TO report',
      ] as const);
      const entry = {
        '@timestamp': clock.at.toISOString(),
        level: failed ? 'error' : 'info',
        message: failed ? 'データベースへの接続を拒否しました' : statement,
        user: { name: roll.pick(['app', 'report', 'dba_ito', 'dba_mori'] as const) },
        source: { ip: `10.1.1.${roll.number(10, 40)}` },
        event: { action: failed ? 'login' : 'query', outcome: failed ? 'failure' : 'success' },
        database: 'shop',
      };
      return { logGroup: 'db/access', logStream: 'db01', text: JSON.stringify(entry) };
    },
  ],
  [
    5,
    (clock, roll) => {
      const host = roll.pick(networkDevices);
      const port = `GigabitEthernet1/0/${roll.number(1, 24)}`;
      const state = roll.pick(['up', 'down'] as const);
      const text = roll.pick([
        `${host}: %LINK-3-UPDOWN: Interface ${port}, changed state to ${state}`,
        `${host}: %SYS-5-CONFIG_I: Configured from console by netadmin on vty0 (10.1.9.${roll.number(2, 9)})`,
      ] as const);
      return { logGroup: 'network/switches', logStream: host, text: `${clock.rfc3164} ${text}` };
    },
  ],
  [
    10,
    (clock, roll) => {
      const deny = roll.number(0, 3) > 0;
      const text = `<134>1 ${clock.at.toISOString()} fw01 firewall - traffic - action=${deny ? 'deny' : 'allow'} src=198.51.100.${roll.number(1, 250)} dst=10.1.0.${roll.number(2, 20)} proto=tcp dport=${roll.pick([22, 443, 3306, 3389] as const)}`;
      return { logGroup: 'syslog', logStream: null, text };
    },
  ],
];

const totalWeight = makers.reduce((sum, [weight]) => sum + weight, 0);

/** One line written at `at`. */
export function demoLine(at: Date, random: () => number): DemoLine {
  let left = random() * totalWeight;
  for (const [weight, make] of makers) {
    left -= weight;
    if (left < 0) return make(clockAt(at), dice(random));
  }
  throw new Error('weights do not add up');
}
