import { databaseLine, firewallLine, programEntry, switchLine, addressOf } from './device-lines.ts';
import type { Dice } from './dice.ts';
import { ntpdLine, syslogLine } from './host-lines.ts';
import { programs, timeServer } from './shop.ts';
import type { StoryLine } from './story-line.ts';
import { dayStart, hourMs, isWeekend, writtenTime } from './story-time.ts';

const shares = [
  /* midnight */ 0.16, 0.12, 0.1, 0.1, 0.1, 0.12, 0.2, 0.35, 0.6, 0.85, 1, 1, 0.8, 0.95, 1, 1, 0.95, 0.9, 0.85, 0.85,
  0.9, 0.8, 0.5, 0.3,
];
const ofWeekend = 0.55;

/** How busy the shop is, from 0 to 1: by the hour in its own zone, and weekends are quieter. */
export function activityAt(atMs: number): number {
  const hour = Math.floor((atMs - dayStart(atMs)) / hourMs);
  return (shares[hour] ?? 0) * (isWeekend(atMs) ? ofWeekend : 1);
}

/** Issuers' published test numbers: they show that card numbers never arrive. */
export const testCards = ['4111111111111111', '5555555555554444', '3530111333300000', '378282246310005'] as const;

type Maker = (atMs: number, roll: Dice) => StoryLine;

const browsers = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:144.0) Gecko/20100101 Firefox/144.0',
] as const;

function webAccess(atMs: number, roll: Dice): StoryLine {
  const [method, path] = roll.pick([
    ['GET', '/'],
    ['GET', '/items/kettle'],
    ['GET', '/items/lamp'],
    ['GET', '/cart'],
    ['POST', '/cart'],
    ['POST', '/checkout'],
    ['GET', '/images/logo.svg'],
    ['GET', '/api/stock'],
  ]);
  const status = roll.pick([200, 200, 200, 200, 200, 200, 200, 304, 304, 302, 404]);
  const text = `203.0.113.${roll.number(1, 250)} - - [${writtenTime(atMs).apache}] "${method} ${path} HTTP/1.1" ${status} ${roll.number(180, 52_000)} "https://shop.demo.example/" "${roll.pick(browsers)}"`;
  return { atMs, logGroup: 'apache/access', logStream: roll.pick(['web01', 'web02']), text, isBusiness: true };
}

/** The brief's own line: whose order, the card's number, what was done. */
function cardEntry(atMs: number, roll: Dice): StoryLine {
  const action = roll.pick(['注文登録', '会員照会', '売上取消', '与信照会']);
  const result = roll.happens(0.97) ? '成功' : '失敗';
  const text = `${writtenTime(atMs).utc} ID=${roll.number(10_000, 99_999)},PAN=${roll.pick(testCards)},操作=${action},結果=${result},端末=POS-${roll.number(1, 9)}`;
  return { atMs, logGroup: 'entry-system', logStream: 'ap01', text, isBusiness: true };
}

function order(atMs: number, roll: Dice): StoryLine {
  return programEntry(atMs, {
    level: 'info',
    message: roll.pick(['注文を受け付けました', '在庫を更新しました', '出荷を指示しました'] as const),
    service: { name: 'orders' },
    event: { action: roll.pick(['order', 'stock', 'shipping']), outcome: 'success' },
    orderId: roll.number(100_000, 999_999),
  });
}

function statement(atMs: number, roll: Dice): StoryLine {
  const [kind, table, sql] = roll.pick([
    ['READ,SELECT', 'public.orders', 'SELECT id, state FROM orders WHERE id = $1'],
    ['READ,SELECT', 'public.item', 'SELECT id, name, price FROM item WHERE id = $1'],
    ['WRITE,UPDATE', 'public.orders', 'UPDATE orders SET state = $1 WHERE id = $2'],
    ['WRITE,INSERT', 'public.orders', 'INSERT INTO orders (item, count) VALUES ($1, $2)'],
  ]);
  const session = { user: programs.shop, program: 'orders', address: addressOf('ap01'), pid: 2100 + roll.number(0, 7) };
  const message = `AUDIT: SESSION,${roll.number(1, 900)},1,${kind},TABLE,${table},"${sql}",<not logged>`;
  return databaseLine(atMs, session, message);
}

function allowedTraffic(atMs: number, roll: Dice): StoryLine {
  const pairs = `logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=203.0.113.${roll.number(1, 250)} srcport=${roll.number(30_000, 60_000)} srcintf="wan1" srcintfrole="wan" dstip=${roll.pick([addressOf('web01'), addressOf('web02')])} dstport=443 dstintf="dmz" dstintfrole="dmz" sessionid=${roll.number(10_000, 900_000)} proto=6 action="close" policyid=3 policyname="web" service="HTTPS" duration=${roll.number(1, 90)} sentbyte=${roll.number(900, 90_000)} rcvdbyte=${roll.number(900, 9_000)}`;
  return firewallLine(atMs, 189, pairs);
}

function refusedTraffic(atMs: number, roll: Dice): StoryLine {
  const [port, service] = roll.pick([
    [22, 'SSH'],
    [3389, 'RDP'],
    [5432, 'tcp/5432'],
    [445, 'SMB'],
  ]);
  const pairs = `logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=198.51.100.${roll.number(1, 250)} srcport=${roll.number(30_000, 60_000)} srcintf="wan1" srcintfrole="wan" dstip=${roll.pick([addressOf('web01'), addressOf('db01')])} dstport=${port} dstintf="dmz" dstintfrole="dmz" sessionid=${roll.number(10_000, 900_000)} proto=6 action="deny" policyid=0 service="${service}" duration=0 sentbyte=0 rcvdbyte=0`;
  return firewallLine(atMs, 189, pairs);
}

function scheduledCommand(atMs: number, roll: Dice): StoryLine {
  const host = roll.pick(['web01', 'web02', 'ap01', 'db01']);
  const message = '(root) CMD (/usr/lib64/sa/sa1 1 1)';
  return syslogLine(atMs, { host, facility: 'cron', tag: `CROND[${roll.number(900, 32_000)}]`, message });
}

function serviceRun(atMs: number, roll: Dice): StoryLine {
  const message = roll.pick(['Started Stock reconciliation.', 'Started Session cleanup.']);
  return syslogLine(atMs, { host: 'ap01', facility: 'daemon', tag: 'systemd[1]', message });
}

function timeOfHost(atMs: number, roll: Dice): StoryLine {
  const rest = roll.pick([
    `${timeServer} 8024 84 reachable`,
    `${timeServer} 8024 84 reachable`,
    `${timeServer} 963a 8a sys_peer`,
    '0.0.0.0 c615 05 clock_sync',
  ]);
  return ntpdLine(atMs, roll.pick(['web01', 'web02']), rest);
}

function portState(atMs: number, roll: Dice): StoryLine {
  const port = `GigabitEthernet1/0/${roll.number(1, 24)}`;
  const state = roll.pick(['up', 'down']);
  return switchLine(atMs, roll.pick(['sw01', 'sw02']), `%LINK-3-UPDOWN: Interface ${port}, changed state to ${state}`);
}

const makers: readonly [weight: number, make: Maker][] = [
  [40, webAccess],
  [12, cardEntry],
  [12, order],
  [12, statement],
  [8, allowedTraffic],
  [6, refusedTraffic],
  [5, scheduledCommand],
  [2, serviceRun],
  [1.5, timeOfHost],
  [1.5, portState],
];

const totalWeight = makers.reduce((sum, [weight]) => sum + weight, 0);

/** A line of the shop's daily business: customers, orders, and what machines do by themselves. */
export function businessLine(atMs: number, roll: Dice): StoryLine {
  let left = roll.random() * totalWeight;
  for (const [weight, make] of makers) {
    left -= weight;
    if (left < 0) return { ...make(atMs, roll), isBusiness: true };
  }
  throw new Error('weights do not add up');
}

/** What an hour has whatever the chances, so that none is without a line. */
export function hourlyLines(hourStartMs: number): StoryLine[] {
  const message = '(root) CMD (run-parts /etc/cron.hourly)';
  return (['web01', 'web02', 'ap01', 'db01'] as const).map((host, index) => ({
    // Half of the machines begin their hour half an hour later.
    ...syslogLine(hourStartMs + 61_000 + (index % 2) * 1_800_000, {
      host,
      facility: 'cron',
      tag: `CROND[${4_100 + index}]`,
      message,
    }),
    isBusiness: true,
  }));
}
