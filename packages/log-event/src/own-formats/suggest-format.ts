import { compileOwnFormat } from './compile-own-format.ts';
import type { OwnFormat, OwnReading } from './own-format.ts';
import { tryOwnFormat } from './try-own-format.ts';

/** A beginning to go on from: what most of the lines have in common, with names for what varies. */
export type SuggestedFormat = Pick<OwnFormat, 'reading' | 'reads'> & Partial<Pick<OwnFormat, 'time' | 'fields'>>;

/** Enough to see what varies. */
const mostLines = 50;
const mostTokens = 60;

/** Suggests how to read lines of one kind: JSON, pairs, columns, or a grok pattern; undefined for no lines. */
export function suggestFormat(lines: readonly string[]): SuggestedFormat | undefined {
  const given = lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, mostLines);
  const [first] = given;
  if (first === undefined) return undefined;
  const candidates = [jsonOf(given), xmlOf(given), pairsOf(given), columnsOf(given), grokOf(given)].filter(
    (each) => each !== undefined,
  );
  return candidates.find((each) => readsMost(each, given)) ?? candidates.at(-1);
}

function readsMost(suggested: SuggestedFormat, lines: readonly string[]): boolean {
  const trial = tryOwnFormat({ name: 'suggestion', ...suggested }, 'UTC');
  if (!trial.ok) return false;
  const { reading } = suggested;
  const head = reading.kind === 'csv' ? reading.columns.join(reading.separator) : undefined;
  const records = lines.filter((line) => line !== head);
  const read = trial.tryLines(records.map((line) => ({ line, receivedAtUs: 0 }))).filter(({ isRead }) => isRead).length;
  return read * 10 >= records.length * 9;
}

function jsonOf(lines: readonly string[]): SuggestedFormat | undefined {
  if (!lines.every((line) => line.startsWith('{') && line.endsWith('}'))) return undefined;
  return withTime({ reads: 'record', reading: { kind: 'json' } }, lines);
}

function xmlOf(lines: readonly string[]): SuggestedFormat | undefined {
  if (!lines.every((line) => line.startsWith('<') && line.endsWith('>') && !/^<\d{1,3}>/.test(line))) return undefined;
  return withTime({ reads: 'record', reading: { kind: 'xml' } }, lines);
}

function pairsOf(lines: readonly string[]): SuggestedFormat | undefined {
  const signs = [
    { between: ' ', assigns: '=' },
    { between: ',', assigns: '=' },
    { between: ';', assigns: '=' },
    { between: '|', assigns: '=' },
    { between: ',', assigns: ':' },
    { between: '\t', assigns: ':' },
  ];
  const found = signs.find(({ between, assigns }) =>
    lines.every((line) => {
      const parts = line.split(between).filter((part) => part.trim() !== '');
      const pairs = parts.filter((part) => new RegExp(`^\\s*[\\w.@\\u0080-\\uffff-]{1,64}${assigns}(?!//)`).test(part));
      return pairs.length >= 2 && pairs.length * 4 >= parts.length * 3;
    }),
  );
  return found === undefined
    ? undefined
    : withTime({ reads: 'record', reading: { kind: 'key-value', ...found } }, lines);
}

function columnsOf(lines: readonly string[]): SuggestedFormat | undefined {
  if (lines.length < 2) return undefined;
  for (const separator of ['\t', ',', ';', '|']) {
    const counts = lines.map((line) => line.split(separator).length);
    const columns = counts[0] ?? 0;
    if (columns < 3 || !counts.every((count) => count === columns)) continue;
    const head = (lines[0] ?? '').split(separator).map((name) => name.trim().replace(/^"|"$/g, ''));
    const hasHead = head.every((name) => /^[^\d"]{1,64}$/.test(name) && name !== '') && new Set(head).size === columns;
    const names = hasHead ? head : head.map((_, index) => `column${index + 1}`);
    return withTime({ reads: 'record', reading: { kind: 'csv', separator, columns: names } }, lines);
  }
  return undefined;
}

interface Kind {
  readonly pattern: string;
  readonly key: string;
  readonly expression: RegExp;
  readonly timePattern?: string;
}

/** What values look like, the most telling first. */
const kinds: readonly Kind[] = [
  {
    pattern: 'TIMESTAMP_ISO8601',
    key: 'time',
    expression: /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?/,
  },
  {
    pattern: 'HTTPDATE',
    key: 'time',
    expression: /^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4}/,
    timePattern: '%d/%b/%Y:%H:%M:%S %z',
  },
  {
    pattern: 'DATE_JP} %{TIME',
    key: 'time',
    expression: /^\d{4}\/\d{1,2}\/\d{1,2} \d{1,2}:\d{2}:\d{2}/,
    timePattern: '%Y/%m/%d %H:%M:%S',
  },
  {
    pattern: 'SYSLOGTIMESTAMP',
    key: 'time',
    expression: /^[A-Z][a-z]{2} +\d{1,2} \d{2}:\d{2}:\d{2}/,
    timePattern: '%b %d %H:%M:%S',
  },
  { pattern: 'UUID', key: 'id', expression: /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\w-])/ },
  { pattern: 'MAC', key: 'source.mac', expression: /^(?:[0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}(?![\w-])/ },
  {
    pattern: 'IP',
    key: 'source.ip',
    expression: /^(?:\d{1,3}\.){3}\d{1,3}(?![\w.])|^[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){3,7}(?![\w:])/,
  },
  {
    pattern: 'EMAILADDRESS',
    key: 'user.email',
    expression: /^[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}(?![\w@])/,
  },
  {
    pattern: 'LOGLEVEL',
    key: 'log.level',
    expression: /^(?:TRACE|DEBUG|NOTICE|INFO|WARN(?:ING)?|ERROR|ERR|CRIT(?:ICAL)?|FATAL)(?!\w)/i,
  },
  { pattern: 'QUOTEDSTRING', key: 'text', expression: /^"(?:\\.|[^\\"])*"/ },
  { pattern: 'NUMBER', key: 'number', expression: /^-?\d+(?:\.\d+)?(?![\w.:-])/ },
  { pattern: 'NOTSPACE', key: 'word', expression: /^[^\s[\](){}"'|,;=<>]+/ },
];

interface Token {
  readonly kind: Kind | undefined;
  readonly text: string;
}

function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length && tokens.length < mostTokens) {
    const rest = line.slice(at);
    const kind = kinds.find(({ expression }) => expression.test(rest));
    const text = kind?.expression.exec(rest)?.[0] ?? rest.charAt(0);
    tokens.push({ kind, text });
    at += text.length;
  }
  return tokens;
}

const isWord = (kind: Kind | undefined): boolean => kind?.pattern === 'NOTSPACE' || kind?.pattern === 'NUMBER';

function grokOf(lines: readonly string[]): SuggestedFormat {
  const all = lines.map(tokensOf);
  const [first = []] = all;
  const used = new Map<string, number>();
  const nameOf = (key: string): string => {
    const times = (used.get(key) ?? 0) + 1;
    used.set(key, times);
    if (key === 'source.ip' && times === 2) return 'destination.ip';
    return times === 1 && key !== 'word' && key !== 'number' && key !== 'text'
      ? key
      : `${key.replace('source.', '')}${times}`;
  };
  let pattern = '^';
  let time: OwnFormat['time'];
  for (const [index, { kind, text }] of first.entries()) {
    const column = all.map((tokens) => tokens[index]);
    const isSame = column.every((token) => token?.text === text);
    const isAlike = column.every(
      (token) => token !== undefined && (token.kind === kind || (isWord(token.kind) && isWord(kind))),
    );
    if (kind === undefined || (isSame && isWord(kind) && lines.length > 1)) {
      if (!isSame) return finish(`${pattern}%{GREEDYDATA:message}$`, time);
      pattern += literal(text);
      continue;
    }
    if (!isAlike) return finish(`${pattern}%{GREEDYDATA:message}$`, time);
    const isMixed = column.some((token) => token?.kind !== kind);
    const name = nameOf(isMixed ? 'word' : kind.key);
    pattern += isMixed ? `%{NOTSPACE:${name}}` : placed(kind, name);
    if (kind.key === 'time' && time === undefined) time = { key: name, patterns: [timePatternOf(kind, text)] };
  }
  const isEnd = all.every((tokens) => tokens.length === first.length);
  return finish(isEnd ? `${pattern}$` : `${pattern}%{GREEDYDATA:message}$`, time);
}

/** A time of two patterns is one value. */
function placed({ pattern }: Kind, name: string): string {
  return pattern.includes('}') ? `(?<${name}>%{${pattern}})` : `%{${pattern}:${name}}`;
}

function finish(pattern: string, time: OwnFormat['time']): SuggestedFormat {
  const reading: OwnReading = { kind: 'grok', patterns: [pattern] };
  return { reads: 'record', reading, ...(time === undefined ? {} : { time }) };
}

function timePatternOf({ timePattern }: Kind, text: string): string {
  if (timePattern !== undefined) return timePattern;
  const fraction = /[.,]\d+/.exec(text)?.[0] ?? '';
  const zone = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text.slice(19)) ? '%z' : '';
  return `%Y-%m-%d${text.charAt(10)}%H:%M:%S${fraction === '' ? '' : `${fraction.charAt(0)}%f`}${zone}`;
}

function literal(text: string): string {
  return /^\s+$/.test(text) ? text : text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

const timeKeys = /^(?:@?timestamp|time|date|datetime|when|ts|日時|時刻|発生日時|日付)$/i;

/** The first key that holds a time, with how it is written. */
function withTime(suggested: SuggestedFormat, lines: readonly string[]): SuggestedFormat {
  const result = compileOwnFormat({ name: 'suggestion', ...suggested });
  if (!result.ok) return suggested;
  const trial = tryOwnFormat({ name: 'suggestion', ...suggested }, 'UTC');
  const read = trial.ok
    ? trial.tryLines(lines.map((line) => ({ line, receivedAtUs: 0 }))).find(({ isRead }) => isRead)
    : undefined;
  for (const [key, value] of Object.entries(read?.event.labels ?? {})) {
    const kind = kinds.find(({ key: name, expression }) => name === 'time' && expression.test(value));
    if (kind !== undefined) return { ...suggested, time: { key, patterns: [timePatternOf(kind, value)] } };
    if (timeKeys.test(key) && /^\d{10}(?:\d{3})?(?:\.\d+)?$/.test(value))
      return { ...suggested, time: { key, patterns: ['%s'] } };
  }
  return suggested;
}
