import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../installation/installation.ts';

/** A line as it is sent, and what must be found of it. */
export interface OfferedLine {
  readonly text: string;
  /** The text with the card number's middle masked. */
  readonly sealed: string;
  readonly at: Date;
}

const japanOffsetMs = 9 * 3_600_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekMs = 7 * 24 * 3_600_000;

/** Test numbers of issuers, and the article's, which fails the Luhn check and is known by its key. */
export const clearCardNumbers = ['4980000123456789', '4111111111111111', '5555555555554444', '3530111333300000'];

function maskedCard(number: string): string {
  return `${number.slice(0, 6)}******${number.slice(-4)}`;
}

interface JapaneseClock {
  readonly bsd: string;
  readonly ntpd: string;
  readonly apache: string;
}

/** Wall time in Japan by arithmetic alone (UTC+9 all year), so that the product's own clock is not its judge. */
export function japaneseClock(at: Date): JapaneseClock {
  const local = new Date(at.getTime() + japanOffsetMs);
  const month = months[local.getUTCMonth()] ?? '';
  const day = local.getUTCDate();
  const time = local.toISOString().slice(11, 19);
  return {
    bsd: `${month} ${String(day).padStart(2)} ${time}`,
    ntpd: `${String(day).padStart(2)} ${month} ${time}`,
    apache: `${String(day).padStart(2, '0')}/${month}/${local.getUTCFullYear()}:${time} +0900`,
  };
}

type Writer = (clock: JapaneseClock, at: Date, n: number) => readonly [text: string, card?: string];

const writers: Readonly<Record<string, Writer>> = {
  linux: ({ bsd }, _at, n) => [
    `${bsd} web01 sshd[${n}]: Failed password for root from 198.51.100.23 port ${30_000 + (n % 30_000)} ssh2`,
  ],
  apache: ({ apache }, _at, n) => [
    `203.0.113.9 - - [${apache}] "GET /cart/${n} HTTP/1.1" 200 512 "-" "Mozilla/5.0 (X11; Linux x86_64)"`,
  ],
  ntpd: ({ ntpd }, _at, n) => [`${ntpd} ntpd[${n}]: 0.0.0.0 c615 05 clock_sync`],
  japanese: (_clock, at, n) => {
    const card = clearCardNumbers[n % clearCardNumbers.length] ?? '';
    return [`${at.toISOString()} ID=${n},PAN=${card},操作=売上取消,結果=成功,端末=レジ${n % 9}号機`, card];
  },
};

/** `count` lines of one kind, each with a number of its own, written over the past week. */
export function writeLines(kind: string, count: number, from = 0): OfferedLine[] {
  const write = writers[kind];
  if (write === undefined) throw new Error(`no lines of kind ${kind}`);
  const start = Math.floor((Date.now() - weekMs) / 1000) * 1000;
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(start + Math.floor(((index / count) * weekMs) / 1000) * 1000);
    const [text, card] = write(japaneseClock(at), at, from + index);
    return { text, sealed: card === undefined ? text : text.replace(card, maskedCard(card)), at };
  });
}

/** The latest year that puts a time in Japan not after tomorrow. */
export function latestInJapan(month: string, day: string, time: string): Date {
  for (let year = new Date().getUTCFullYear() + 1; ; year -= 1) {
    const iso = `${year}-${String(months.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}T${time}+09:00`;
    const at = new Date(iso);
    if (at.getTime() <= Date.now() + 24 * 3_600_000) return at;
  }
}

function realTime(line: string): Date | undefined {
  const apache = /^\[\w{3} (\w{3}) (\d\d) (\d\d:\d\d:\d\d) (\d{4})\]/.exec(line);
  if (apache !== null) {
    const [, month = '', day = '', time = '', year = ''] = apache;
    return new Date(`${year}-${String(months.indexOf(month) + 1).padStart(2, '0')}-${day}T${time}+09:00`);
  }
  const [, month = '', day = '', time = ''] = /^(\w{3}) +(\d+) (\d\d:\d\d:\d\d) /.exec(line) ?? [];
  return month === '' ? undefined : latestInJapan(month, day, time);
}

const corpora = join(repositoryRoot, '..', 'shared', 'corpora', 'loghub');

/** Whether the collection of real logs is beside the repository. */
export const hasRealLogs = existsSync(corpora);

/** The first `count` lines of a real log, from its start again when it is shorter. */
export function readRealLines(name: 'Linux' | 'OpenSSH' | 'Apache', count: number): OfferedLine[] {
  const all = readFileSync(join(corpora, name, `${name}_2k.log`), 'utf8').split(/\r?\n/);
  const lines = all.filter((line) => realTime(line) !== undefined);
  return Array.from({ length: count }, (_, index) => {
    const text = lines[index % lines.length] ?? '';
    return { text, sealed: text, at: realTime(text) ?? new Date(Number.NaN) };
  });
}
