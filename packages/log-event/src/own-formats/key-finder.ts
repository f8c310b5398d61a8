import { readCsvRow } from '../csv-row.ts';
import { readXml } from '../xml-elements.ts';
import { expandGrok, type GrokPart } from './expand-grok.ts';
import { compileExpression, type LinearExpression } from './linear-expression.ts';
import { ownFormatLimits, type OwnFormatProblem, type OwnReading } from './own-format.ts';

/** Takes a text apart; undefined when it is not in the format. */
export interface KeyFinder {
  /** Keys that can come, as far as the definition says; null where the lines themselves name them. */
  readonly keys: readonly string[] | null;
  /** The longest text that it reads. */
  readonly mostChars: number;
  find(text: string): ReadonlyMap<string, string> | undefined;
  /** How far a text fits that `find` does not read, and what was expected there. */
  miss(text: string): Miss;
}

export interface Miss {
  readonly position: number;
  /** The piece of the definition that the text does not fit; undefined where there is no single one. */
  readonly expected?: string;
}

export function createKeyFinder(reading: OwnReading, problems: OwnFormatProblem[]): KeyFinder {
  switch (reading.kind) {
    case 'grok':
      return grokFinder(reading, problems);
    case 'expression':
      return expressionFinder(reading.expressions, problems);
    case 'key-value':
      return pairFinder(reading.between ?? ' ', reading.assigns ?? '=');
    case 'csv':
      return csvFinder(reading, problems);
    case 'json':
      return {
        keys: null,
        mostChars: ownFormatLimits.textChars,
        find: findJson,
        miss: () => ({ position: 0, expected: '{' }),
      };
    case 'xml':
      return {
        keys: null,
        mostChars: ownFormatLimits.textChars,
        find: findXml,
        miss: () => ({ position: 0, expected: '<' }),
      };
  }
}

function grokFinder(reading: Extract<OwnReading, { kind: 'grok' }>, problems: OwnFormatProblem[]): KeyFinder {
  checkCount(reading.patterns.length, { path: 'reading.patterns', most: ownFormatLimits.patterns }, problems);
  checkCount(
    Object.keys(reading.own ?? {}).length,
    { path: 'reading.own', least: 0, most: ownFormatLimits.ownPatterns },
    problems,
  );
  const compiled: { expression: LinearExpression; parts: readonly GrokPart[] }[] = [];
  for (const [index, pattern] of reading.patterns.slice(0, ownFormatLimits.patterns).entries()) {
    const path = `reading.patterns.${index}`;
    const expanded = pattern.length > ownFormatLimits.patternChars ? tooLarge : expandGrok(pattern, reading.own);
    if (!expanded.ok) {
      problems.push({ ...expanded.problem, path });
      continue;
    }
    const found = compileExpression(expanded.source);
    if (found.ok) compiled.push({ expression: found.expression, parts: expanded.parts });
    else problems.push({ ...writtenPlace(found.problem, pattern), path });
  }
  const finder = expressionsFinder(compiled.map(({ expression }) => expression));
  // Compiled when somebody asks: intake never does.
  let beginnings: Beginning[][] | undefined;
  return {
    ...finder,
    miss: (text) => {
      beginnings ??= compiled.map(({ parts }) => beginningsOf(parts, reading.own));
      return furthest(beginnings.map((each, index) => missOf(each, compiled[index]?.parts[0], text)));
    },
  };
}

const tooLarge = { ok: false, problem: { code: 'too-large' } } as const;

/** A problem's place in what was written: of what a pattern's name stands for, there is none. */
function writtenPlace(problem: Omit<OwnFormatProblem, 'path'>, written: string): Omit<OwnFormatProblem, 'path'> {
  const { near, code } = problem;
  const position = near === undefined ? -1 : written.indexOf(near);
  return position < 0 || near === undefined
    ? { code, ...(near === undefined ? {} : { near }) }
    : { code, near, position };
}

function expressionFinder(expressions: readonly string[], problems: OwnFormatProblem[]): KeyFinder {
  checkCount(expressions.length, { path: 'reading.expressions', most: ownFormatLimits.patterns }, problems);
  const compiled: LinearExpression[] = [];
  for (const [index, source] of expressions.slice(0, ownFormatLimits.patterns).entries()) {
    const path = `reading.expressions.${index}`;
    const found = source.length > ownFormatLimits.patternChars ? tooLarge : compileExpression(source);
    if (found.ok) compiled.push(found.expression);
    else problems.push({ ...found.problem, path });
  }
  return expressionsFinder(compiled);
}

function expressionsFinder(expressions: readonly LinearExpression[]): KeyFinder {
  return {
    keys: [...new Set(expressions.flatMap(({ keys }) => keys))],
    mostChars: Math.max(0, ...expressions.map(({ mostChars }) => mostChars)),
    find(text) {
      for (const expression of expressions) {
        const values = expression.exec(text);
        if (values !== undefined) return values;
      }
      return undefined;
    },
    miss: () => ({ position: 0 }),
  };
}

interface Beginning {
  readonly expression: LinearExpression;
  /** What the pattern goes on with. */
  readonly next: string | undefined;
}

/** Every beginning of a pattern that is an expression of its own; one may end within parentheses, and is left out. */
function beginningsOf(parts: readonly GrokPart[], own: Readonly<Record<string, string>> | undefined): Beginning[] {
  let written = '';
  return parts.flatMap(({ text }, index) => {
    written += text;
    const expanded = expandGrok(written, own);
    const compiled = expanded.ok ? compileExpression(expanded.source) : undefined;
    return compiled?.ok === true ? [{ expression: compiled.expression, next: parts[index + 1]?.text }] : [];
  });
}

/** The longest beginning of the pattern that the text fits: what comes behind it is what it does not. */
function missOf(beginnings: readonly Beginning[], first: GrokPart | undefined, text: string): Miss {
  let fits: Miss = { position: 0, ...(first === undefined ? {} : { expected: first.text }) };
  for (const { expression, next } of beginnings) {
    const end = expression.matchEnd(text);
    if (end < 0) break;
    fits = { position: end, ...(next === undefined ? {} : { expected: next }) };
  }
  return fits;
}

function furthest(misses: readonly Miss[]): Miss {
  return misses.reduce((best, each) => (each.position > best.position ? each : best), misses[0] ?? { position: 0 });
}

/** `key=value` pairs; a value in double quotes may hold what stands between pairs, with `\"` for a quote. */
function pairFinder(between: string, assigns: string): KeyFinder {
  const find = (text: string): ReadonlyMap<string, string> | undefined => {
    const values = new Map<string, string>();
    let at = 0;
    while (at < text.length && values.size < ownFormatLimits.columns) {
      const equals = text.indexOf(assigns, at);
      if (equals < 0) break;
      const before = text.slice(at, equals);
      const edge = before.lastIndexOf(between);
      const key = (edge < 0 ? before : before.slice(edge + between.length)).trim();
      const value = readPairValue(text, equals + assigns.length, between);
      if (key !== '' && !values.has(key)) values.set(key, value.text);
      at = value.end;
    }
    return values.size === 0 ? undefined : values;
  };
  return { keys: null, mostChars: ownFormatLimits.textChars, find, miss: () => ({ position: 0, expected: assigns }) };
}

function readPairValue(text: string, start: number, between: string): { text: string; end: number } {
  if (text.charAt(start) === '"') {
    let end = start + 1;
    while (end < text.length && text.charAt(end) !== '"') end += text.charAt(end) === '\\' ? 2 : 1;
    return { text: text.slice(start + 1, end).replaceAll('\\"', '"'), end: Math.min(end + 1, text.length) };
  }
  const found = text.indexOf(between, start);
  const end = found < 0 ? text.length : found;
  return { text: text.slice(start, end).trim(), end: found < 0 ? end : end + between.length };
}

function csvFinder(
  { separator, columns }: Extract<OwnReading, { kind: 'csv' }>,
  problems: OwnFormatProblem[],
): KeyFinder {
  checkCount(columns.length, { path: 'reading.columns', most: ownFormatLimits.columns }, problems);
  if (separator.length !== 1 || separator === '"') problems.push({ code: 'empty', path: 'reading.separator' });
  const most = columns.length + 1;
  const find = (text: string): ReadonlyMap<string, string> | undefined => {
    if (text.length > ownFormatLimits.textChars || !text.includes(separator)) return undefined;
    const row = readCsvRow(text, 0, { most, separator: separator.charCodeAt(0) }).map((value) => value.trim());
    // The columns' own names at the head of a file are no event.
    if (row.length > columns.length || row.every((value, index) => value === columns[index])) return undefined;
    return new Map(
      columns.map((column, index) => [column, row[index] ?? ''] as const).filter(([, value]) => value !== ''),
    );
  };
  return {
    keys: columns.filter((column) => column !== ''),
    mostChars: ownFormatLimits.textChars,
    find,
    miss: () => ({ position: 0, expected: separator }),
  };
}

const deepest = 8;

function findJson(text: string): ReadonlyMap<string, string> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const values = new Map<string, string>();
  flatten(value as Record<string, unknown>, { prefix: '', depth: 0 }, values);
  return values;
}

function flatten(
  object: Record<string, unknown>,
  { prefix, depth }: { prefix: string; depth: number },
  values: Map<string, string>,
): void {
  for (const [name, value] of Object.entries(object)) {
    if (values.size >= ownFormatLimits.columns) return;
    const key = prefix === '' ? name : `${prefix}.${name}`;
    if (value === null || value === '') continue;
    if (typeof value === 'string') values.set(key, value);
    else if (typeof value === 'number' || typeof value === 'boolean') values.set(key, String(value));
    else if (!Array.isArray(value) && depth < deepest) {
      flatten(value as Record<string, unknown>, { prefix: key, depth: depth + 1 }, values);
    } else values.set(key, JSON.stringify(value));
  }
}

const attribute = /([^\s=]{1,128})\s{0,8}=\s{0,8}(?:"([^"]*)"|'([^']*)')/g;

/** `Login.User` for what stands in `<User>` within `<Login>` of the outermost element, `Login.User@id` for its attribute. */
function findXml(text: string): ReadonlyMap<string, string> | undefined {
  const elements = text.startsWith('<') && text.length <= ownFormatLimits.textChars ? readXml(text, 0) : undefined;
  if (elements === undefined) return undefined;
  const values = new Map<string, string>();
  const path: string[] = [];
  for (const { name, depth, attributes, text: inner, hasChildren } of elements) {
    if (values.size >= ownFormatLimits.columns) break;
    if (depth > 0) path.splice(depth - 1, path.length, name);
    const key = depth === 0 ? '' : path.join('.');
    if (!hasChildren && inner.trim() !== '' && !values.has(key)) values.set(key === '' ? name : key, inner.trim());
    for (const [, attributeName = '', double = '', single = ''] of attributes.matchAll(attribute)) {
      const value = double + single;
      if (value !== '') values.set(`${key}@${attributeName}`, value);
    }
  }
  return values.size === 0 ? undefined : values;
}

function checkCount(
  count: number,
  { path, least = 1, most }: { path: string; least?: number; most: number },
  problems: OwnFormatProblem[],
): void {
  if (count < least) problems.push({ code: 'empty', path });
  if (count > most) problems.push({ code: 'too-many', path });
}
