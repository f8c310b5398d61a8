import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createMasker } from '@akashi/masking';
import { plantedAndLookAlikes } from './b4-planted.ts';
import { maskWithRegex } from './b4-regex-peer.ts';
import { type Figure, median, round } from './figure.ts';

interface Corpus {
  lines: Buffer[];
  /** For lines with a seeded number: the digits that must not be left in the masked line. */
  seeded: { line: number; middle: string }[];
}

const rounds = 11;
const lineCount = 20_000;
const corporaPath = new URL('../../../shared/corpora/loghub/', import.meta.url);

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

function luhnNumber(prefix: string, length: number, random: () => number): string {
  let digits = prefix;
  while (digits.length < length - 1) digits += String(Math.floor(random() * 10));
  let sum = 0;
  for (let k = digits.length - 1, doubled = true; k >= 0; k--, doubled = !doubled) {
    const digit = Number(digits[k]) * (doubled ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return digits + String((10 - (sum % 10)) % 10);
}

const issuers = [
  ['4', 16],
  ['53', 16],
  ['2221', 16],
  ['37', 15],
  ['3530', 16],
  ['36', 14],
  ['6011', 16],
  ['62', 19],
] as const;

/** Ways of writing a number that both sides must find. */
const writings: readonly ((pan: string) => string)[] = [
  (pan) => `card ${pan} accepted`,
  (pan) => `card ${pan.replace(/(\d{4})(?=\d)/g, '$1 ')} accepted`,
  (pan) => `card ${pan.replace(/(\d{4})(?=\d)/g, '$1-')} accepted`,
  (pan) => `GET /pay?amount=12&n=${pan}&lang=ja HTTP/1.1`,
  (pan) => `body {"message":"ok","n":"${pan}","amount":120}`,
  (pan) => `カード ${pan} を受け付けました`,
  (pan) => `番号 ${pan.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))} を受付`,
  (pan) => `n=${pan.replace(/(\d{4})(?=\d)/g, '$1%20')} end`,
  (pan) => `{"n":"${pan.replace(/\d/g, (digit) => `\\u003${digit}`)}"}`,
  (pan) => `token ${Buffer.from(`payment of ${pan} done`).toString('base64')} stored`,
  (pan) => `PAN=${pan.slice(0, -1)}${(Number(pan.at(-1)) + 1) % 10},NAME=x`,
  (pan) => `{"card_number":"${pan.slice(0, -1)}${(Number(pan.at(-1)) + 1) % 10}"}`,
];

function sourceLines(): string[] {
  const lines: string[] = [];
  if (existsSync(corporaPath)) {
    for (const system of readdirSync(corporaPath)) {
      const text = readFileSync(new URL(`${system}/${system}_2k.log`, corporaPath), 'utf8');
      lines.push(...text.split(/\r?\n/).filter((line) => line !== ''));
    }
  }
  if (lines.length === 0)
    lines.push('Nov 22 10:00:00 web01 sshd[1234]: Accepted publickey for deploy from 10.0.0.7 port 51234');
  return lines;
}

/** Lines of about 300 bytes: real lines joined to that length, structured lines, and one in twenty with a number. */
function buildCorpus(): Corpus {
  const random = randomFrom(20261122);
  const source = sourceLines();
  const seeded: Corpus['seeded'] = [];
  const lines: Buffer[] = [];
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[Math.floor(random() * list.length)];
    if (chosen === undefined) throw new Error('nothing to pick from');
    return chosen;
  };
  for (let line = 0; line < lineCount; line++) {
    let text = pick(source);
    while (text.length < 240) text += ` | ${pick(source)}`;
    text = text.slice(0, 300);
    if (line % 20 === 0) {
      const [prefix, length] = pick(issuers);
      const pan = luhnNumber(prefix, length, random);
      const written = pick(writings)(pan);
      text = line % 40 === 0 ? `${text} ${written}` : `${written} ${text}`;
      seeded.push({ line, middle: pan.slice(6, -4) });
    } else if (line % 20 < 4) {
      text = `{"ts":${1_763_000_000_000 + line},"trace":"${Math.floor(random() * 2 ** 48).toString(16)}","msg":${JSON.stringify(text.slice(0, 200))}}`;
    }
    lines.push(Buffer.from(text));
  }
  return { lines, seeded };
}

type Mask = (line: Buffer) => Buffer | null;

/** What a reader makes of the escapes and of the digits of another width that the writings use. */
function readable(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xff10 + 48))
    .replace(/\\u00(3\d)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll('%20', ' ');
}

/** A number is found when its middle digits are gone from the masked line, whichever way they were written. */
function recallOf(mask: Mask, corpus: Corpus): number {
  let found = 0;
  for (const { line, middle } of corpus.seeded) {
    const record = corpus.lines[line];
    const masked = record === undefined ? null : mask(record);
    if (masked === null) continue;
    const text = readable(masked.toString());
    const tokens = (text.match(/[A-Za-z\d+/]{20,}={0,2}/g) ?? []).map((token) =>
      Buffer.from(token, 'base64').toString(),
    );
    if (![text, ...tokens].some((part) => part.replace(/[ -]/g, '').includes(middle))) found++;
  }
  return found / corpus.seeded.length;
}

function secondsFor(mask: Mask, lines: readonly Buffer[]): number {
  const start = process.cpuUsage();
  for (const line of lines) mask(line);
  const used = process.cpuUsage(start);
  return (used.user + used.system) / 1e6;
}

/** B4: the masking engine against V8 regular expressions with Luhn and issuer ranges, in turns over the same buffers. */
export async function run(): Promise<Figure[]> {
  const corpus = buildCorpus();
  const masker = createMasker({ version: 'bench', keep: 'first6last4' });
  const masked: Mask = (line) => masker.mask(line)?.record ?? null;
  const recall = { ours: recallOf(masked, corpus), peer: recallOf(maskWithRegex, corpus) };
  const bytes = corpus.lines.reduce((sum, line) => sum + line.length, 0);
  for (let warm = 0; warm < 3; warm++) {
    secondsFor(masked, corpus.lines);
    secondsFor(maskWithRegex, corpus.lines);
  }
  const rates: { ours: number; peer: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const spent = { ours: 0, peer: 0 };
    for (let turn = 0; turn < 5; turn++) {
      spent.ours += secondsFor(masked, corpus.lines);
      spent.peer += secondsFor(maskWithRegex, corpus.lines);
      await Promise.resolve();
    }
    rates.push({ ours: (bytes * 5) / spent.ours / 1e6, peer: (bytes * 5) / spent.peer / 1e6 });
  }
  const ours = median(rates.map((rate) => rate.ours));
  const peer = median(rates.map((rate) => rate.peer));
  const ratio = round(median(rates.map((rate) => rate.ours / rate.peer)));
  const meanBytes = bytes / corpus.lines.length;
  const real = sourceLines().map((line) => Buffer.from(line));
  return [
    { bench: 'B4', figure: 'ratio', value: ratio, unit: 'x', ours: round(ours), peer: round(peer), n: rounds },
    { bench: 'B4', figure: 'recall', value: recall.ours, unit: 'share', ...recall, n: corpus.seeded.length },
    perRecord('us-per-record', { ours: meanBytes / ours, peer: meanBytes / peer, n: corpus.lines.length }),
    perRecord('us-per-record-loghub', {
      ours: microsecondsFor(masked, real),
      peer: microsecondsFor(maskWithRegex, real),
      n: real.length,
    }),
    ...plantedAndLookAlikes(),
  ];
}

function perRecord(figure: string, measured: { ours: number; peer: number; n: number }): Figure {
  const [ours, peer] = [round(measured.ours), round(measured.peer)];
  return { bench: 'B4', figure, value: ours, unit: 'µs', ours, peer, n: measured.n };
}

/** The median of nine passes over the lines. */
function microsecondsFor(mask: Mask, lines: readonly Buffer[]): number {
  const passes = Array.from({ length: 9 }, () => secondsFor(mask, lines));
  return (median(passes) / lines.length) * 1e6;
}

if (process.argv[1] === import.meta.filename) {
  for (const figure of await run()) process.stdout.write(`${JSON.stringify(figure)}\n`);
}
