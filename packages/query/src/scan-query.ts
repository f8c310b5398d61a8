import { isColonNotation } from './colon-notations.ts';
import { foldWidth } from './fold-width.ts';
import {
  foreignBehind,
  foreignComparison,
  foreignSuffix,
  foreignValue,
  foreignWord,
  type ForeignText,
} from './find-foreign.ts';
import type { QueryError } from './query-error.ts';
import { defaultQueryFields, type QueryFields } from './query-fields.ts';

export type Comparison = ':' | '>' | '>=' | '<' | '<=';

interface Span {
  start: number;
  end: number;
}

export type QueryToken = Span &
  (
    | { kind: 'open' | 'close' | 'and' | 'or' | 'not' }
    /** A field name with its comparison; the name ends at `nameEnd`. */
    | { kind: 'field'; name: string; comparison: Comparison; nameEnd: number }
    /** Unquoted text. `pattern` is in wildcard syntax, `text` is the same without escapes. */
    | { kind: 'word'; text: string; pattern: string; wildcard: boolean; comparison?: Comparison }
    | { kind: 'quoted'; text: string }
    | { kind: 'range'; from: string; to: string; includesFrom: boolean; includesTo: boolean }
    /** Text that an error stands for. */
    | { kind: 'unreadable' }
  );

export interface ScannedQuery {
  tokens: QueryToken[];
  errors: QueryError[];
}

const operators: ReadonlyMap<string, 'and' | 'or' | 'not'> = new Map([
  ['AND', 'and'],
  ['OR', 'or'],
  ['NOT', 'not'],
]);
const nameCharacter = /[\p{L}\p{M}\p{N}_@.\-/$#%+]/u;
const rangeBody = /^[\s\u3000]*(\S+(?: \d[\d:.]*)?)[\s\u3000]+TO[\s\u3000]+(\S+(?: \d[\d:.]*)?)[\s\u3000]*$/u;
const space = /[\s\u3000]/u;
const openingQuotes = '"\u201C\u201D\u201E\u201F\uFF02';
const curlyQuotes = '\u201C\u201D\u201E\u201F\uFF02';

/**
 * Splits a query into tokens. Full-width signs count as the half-width ones; `？` does not, as it ends sentences. The
 * names of `fields` are told from other text with colons: `source.ip:::1` is a condition, `fe80::1` a word.
 */
export function scanQuery(text: string, fields: QueryFields = defaultQueryFields): ScannedQuery {
  const scanner = new Scanner(text, fields);
  while (scanner.next());
  return { tokens: scanner.tokens, errors: scanner.errors };
}

class Scanner {
  readonly tokens: QueryToken[] = [];
  readonly errors: QueryError[] = [];
  readonly #text: string;
  readonly #fields: QueryFields;
  #at = 0;
  /** For each open parenthesis, whether the values inside belong to a field. */
  readonly #groups: boolean[] = [];

  constructor(text: string, fields: QueryFields) {
    this.#text = text;
    this.#fields = fields;
  }

  next(): boolean {
    const before = this.#at;
    while (this.#at < this.#text.length && space.test(this.#text[this.#at] ?? '')) this.#at++;
    if (this.#at >= this.#text.length) return false;
    const last = this.tokens.at(-1);
    const inValue = last?.kind === 'field' && this.#at === before;
    const sign = this.#sign(this.#at);
    const isBehind = last?.kind === 'quoted' || last?.kind === 'close' || last?.kind === 'range';
    if (this.#at === before && isBehind && this.#foreign(foreignBehind(this.#text, before))) return true;
    if (!inValue && this.#isPlus(sign)) this.#at++;
    else if (sign === '(') this.#open(inValue);
    else if (sign === ')') this.#close();
    else if (this.#isQuote(this.#at)) this.#quoted();
    else if (inValue && (sign === '[' || sign === '{')) this.#range();
    else if (!inValue && this.#isPrefixNot(sign)) this.#push({ kind: 'not', start: this.#at, end: ++this.#at });
    else if (inValue || this.#inFieldGroup()) {
      const field = inValue ? last : undefined;
      if (!this.#foreign(foreignValue(this.#text, this.#at, field))) this.#word(inValue);
    } else if (!this.#notation()) this.#word(false);
    return true;
  }

  /** `+a` of other languages demands what is demanded here anyway. */
  #isPlus(sign: string): boolean {
    return sign === '+' && !this.#inFieldGroup() && /[\p{L}"(]/u.test(this.#character(this.#at + 1));
  }

  /** A hardware address, an IPv6 address or a time is one word, whatever its colons look like. */
  #notation(): boolean {
    const written = /^[^\s\u3000()"\\<>]+/u.exec(this.#text.slice(this.#at))?.[0] ?? '';
    if (!isColonNotation(written)) return false;
    const name = /^[^:：]*/u.exec(written)?.[0] ?? '';
    if (this.#isFieldName(name)) return false;
    const start = this.#at;
    this.#at += written.length;
    const wildcard = /[*＊]/u.test(written);
    this.#push({ kind: 'word', text: written, pattern: foldWidth(written), wildcard, start, end: this.#at });
    return true;
  }

  #isFieldName(name: string): boolean {
    return name !== '' && this.#fields.resolve(name).known;
  }

  #sign(at: number): string {
    const character = this.#text[at] ?? '';
    return character === '\uFF1F' ? character : foldWidth(character);
  }

  #isQuote(at: number): boolean {
    const character = this.#text[at];
    return character !== undefined && openingQuotes.includes(character);
  }

  #inFieldGroup(): boolean {
    return this.#groups.at(-1) === true;
  }

  #isPrefixNot(sign: string): boolean {
    if ((sign !== '-' && sign !== '!') || this.#inFieldGroup()) return false;
    const following = this.#text[this.#at + 1];
    if (following === undefined || space.test(following)) return false;
    return /[\p{L}\p{N}@_/*"(\\\u201C\u201D\uFF08\uFF02]/u.test(this.#character(this.#at + 1));
  }

  #character(at: number): string {
    const point = this.#text.codePointAt(at);
    return point === undefined ? '' : String.fromCodePoint(point);
  }

  #push(token: QueryToken): void {
    this.tokens.push(token);
  }

  #open(inValue: boolean): void {
    this.#groups.push(inValue || this.#inFieldGroup());
    this.#push({ kind: 'open', start: this.#at, end: ++this.#at });
  }

  #close(): void {
    this.#groups.pop();
    this.#push({ kind: 'close', start: this.#at, end: ++this.#at });
  }

  #quoted(): void {
    const start = this.#at;
    const opening = this.#text[this.#at++] ?? '';
    const closers = opening === '"' ? '"' : curlyQuotes;
    let content = '';
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? '';
      const following = this.#text[this.#at + 1] ?? '';
      if (character === '\\' && following !== '' && (following === '\\' || openingQuotes.includes(following))) {
        content += following;
        this.#at += 2;
      } else if (closers.includes(character)) {
        this.#push({ kind: 'quoted', text: content, start, end: ++this.#at });
        return;
      } else {
        content += character;
        this.#at++;
      }
    }
    this.#push({ kind: 'unreadable', start, end: this.#at });
    this.#fail({
      code: 'unclosed-quote',
      position: start,
      length: 1,
      suggestion: `${this.#text}${opening === '"' ? '"' : '\u201D'}`,
    });
  }

  #range(): void {
    const start = this.#at;
    const body = /^[^\]}\uFF3D\uFF5D]*/u.exec(this.#text.slice(start + 1))?.[0] ?? '';
    const closing = this.#sign(start + 1 + body.length);
    if (closing === '') {
      this.#at = this.#text.length;
      this.#push({ kind: 'unreadable', start, end: this.#at });
      this.#fail({
        code: 'unclosed-range',
        position: start,
        length: 1,
        ...(rangeBody.test(body) ? { suggestion: `${this.#text.trimEnd()}]` } : {}),
      });
      return;
    }
    this.#at = start + body.length + 2;
    const match = rangeBody.exec(body);
    if (match?.[1] === undefined || match[2] === undefined) {
      this.#push({ kind: 'unreadable', start, end: this.#at });
      this.#fail({ code: 'bad-range', position: start, length: this.#at - start });
      return;
    }
    const bounds = { from: unquote(match[1]), to: unquote(match[2]) };
    const includes = { includesFrom: this.#sign(start) === '[', includesTo: closing === ']' };
    this.#push({ kind: 'range', ...bounds, ...includes, start, end: this.#at });
  }

  #word(inValue: boolean): void {
    const start = this.#at;
    const isValue = inValue || this.#inFieldGroup();
    const prefix = this.#leadingComparison();
    const contentStart = this.#at;
    let written = '';
    let pattern = '';
    let wildcard = false;
    let isName = true;
    while (this.#at < this.#text.length) {
      const sign = this.#sign(this.#at);
      if (space.test(sign) || sign === ')') break;
      const isBare = !isValue && prefix === undefined;
      if (sign === '(' && isBare && this.#operator(start, written)) return;
      if (isBare && isName && this.#condition(start, written)) return;
      if (sign === '(' || this.#isQuote(this.#at)) {
        this.#needsQuotes(start);
        return;
      }
      const character = this.#character(this.#at);
      const escaped = sign === '\\' ? this.#character(this.#at + 1) : '';
      if (escaped !== '' && !/[\p{L}\p{N}]/u.test(escaped)) {
        written += escaped;
        pattern += '*?\\'.includes(escaped) ? `\\${escaped}` : escaped;
        this.#at += 1 + escaped.length;
        continue;
      }
      if (sign === '*' || sign === '?') wildcard = true;
      isName &&= nameCharacter.test(foldWidth(character));
      written += character;
      pattern += sign === '*' || sign === '?' ? sign : sign === '\\' ? '\\\\' : character;
      this.#at += character.length;
    }
    if (!inValue && prefix === undefined && this.#operator(start, written)) return;
    if (this.#foreign(foreignSuffix(this.#text, { start: contentStart, end: this.#at }))) return;
    if (!isValue && this.#foreign(foreignWord(this.#text, { start, end: this.#at }, this.tokens.at(-1)))) return;
    const comparison = prefix === undefined ? {} : { comparison: prefix };
    if (this.#at === contentStart && prefix !== undefined && !isValue) wildcard = false;
    this.#push({ kind: 'word', text: written, pattern, wildcard, ...comparison, start, end: this.#at });
  }

  #operator(start: number, written: string): boolean {
    const operator = operators.get(foldWidth(written));
    if (operator === undefined || this.#at - start !== written.length) return false;
    this.#push({ kind: operator, start, end: this.#at });
    return true;
  }

  #leadingComparison(): Comparison | undefined {
    const sign = this.#sign(this.#at);
    if (sign !== '>' && sign !== '<') return undefined;
    this.#at++;
    if (this.#sign(this.#at) !== '=') return sign;
    this.#at++;
    return `${sign}=`;
  }

  /** A name and its comparison, of this language or refused as another's. */
  #condition(start: number, text: string): boolean {
    const name = { start, end: this.#at, text, isField: this.#isFieldName(text) };
    return this.#foreign(foreignComparison(this.#text, name)) || this.#field(start, text);
  }

  /** A name followed by a comparison; addresses (`http://`, `fe80::1`) and times (`12:30`) stay words. */
  #field(start: number, name: string): boolean {
    const sign = this.#sign(this.#at);
    if ((sign !== ':' && sign !== '>' && sign !== '<') || !/\p{L}/u.test(name)) return false;
    const following = this.#sign(this.#at + 1);
    const isAddress = following === ':' || (following === '/' && this.#sign(this.#at + 2) === '/');
    if (sign === ':' && isAddress && !this.#isFieldName(name)) return false;
    const nameEnd = this.#at++;
    let comparison: Comparison = sign;
    if (sign !== ':' && following === '=') {
      comparison = `${sign}=`;
      this.#at++;
    }
    this.#push({ kind: 'field', name, comparison, nameEnd, start, end: this.#at });
    return true;
  }

  /** `sshd(pam_unix)` or `key="value"` read as several conditions would find more than what is written. */
  #needsQuotes(start: number): void {
    const rest = /^(?:"[^"]*"|[^\s\u3000"])*/u.exec(this.#text.slice(this.#at))?.[0] ?? '';
    this.#at += Math.max(rest.length, 1);
    const written = this.#text.slice(start, this.#at);
    this.#push({ kind: 'unreadable', start, end: this.#at });
    const quoted = `"${written.replace(/[\\"]/g, (character) => `\\${character}`)}"`;
    this.#fail({
      code: 'needs-quotes',
      position: start,
      length: this.#at - start,
      params: { text: written },
      suggestion: this.#text.slice(0, start) + quoted + this.#text.slice(this.#at),
    });
  }

  /** Refuses text that holds an operator of another language; false when there is none. */
  #foreign(found: ForeignText | undefined): boolean {
    if (found === undefined) return false;
    const { operator, start, end, own } = found;
    this.#at = end;
    this.#push({ kind: 'unreadable', start, end });
    this.#fail({
      code: 'foreign-operator',
      position: start,
      length: end - start,
      params: { operator, ...(own === undefined || own === '' ? {} : { own }) },
      ...(own === undefined ? {} : { suggestion: this.#text.slice(0, start) + own + this.#text.slice(end) }),
    });
    return true;
  }

  #fail(error: Omit<QueryError, 'params'> & { params?: QueryError['params'] }): void {
    this.errors.push({ params: {}, ...error });
  }
}

function unquote(text: string): string {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
