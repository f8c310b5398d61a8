import type { QueryError, QueryErrorCode, QueryWarning } from './query-error.ts';
import { textFieldsOf } from './text-fields.ts';
import { defaultQueryFields, isAskable, type QueryFields, type ResolvedField } from './query-fields.ts';
import { joinParts, maxQueryClauses, maxQueryDepth, maxQueryLength, type QueryTree } from './query-tree.ts';
import { readRange, readValue, type ReadValue, type ValueWarning } from './read-value.ts';
import { wordsWeight } from './words-plan.ts';
import { conditionInText, listBehindIn, timeApart } from './slips.ts';
import { scanQuery, type Comparison, type QueryToken } from './scan-query.ts';

export type ParsedQuery =
  | { ok: true; tree: QueryTree; warnings: readonly QueryWarning[] }
  /** The first error stands in the result itself; `errors` holds all of them in order of position. */
  | ({ ok: false; errors: readonly QueryError[] } & QueryError);

export interface ParseSettings {
  fields?: QueryFields;
  /** Zone of dates that are written without one (IANA). */
  timeZone?: string;
}

/**
 * Reads a query. It never means less than what is written: whatever can't be read is an error with its place, and
 * the rest is still read to find all errors. Bounded in length, depth and number of comparisons.
 */
export function parseQuery(text: string, settings: ParseSettings = {}): ParsedQuery {
  const read = readOnce(text, settings);
  return read.ok ? read : failed(read.errors.map((error) => withReadableSuggestion(error, settings)));
}

/** Mistakes that one repair may uncover after another, as in `a:(b OR`. */
const maxRepairs = 4;

/** A suggestion must be a query that can be read: what repairs one place only is repaired on, or left out. */
function withReadableSuggestion(error: QueryError, settings: ParseSettings): QueryError {
  const { suggestion: first, ...rest } = error;
  let suggestion = first;
  for (let repairs = 0; suggestion !== undefined && repairs < maxRepairs; repairs++) {
    const read = readOnce(suggestion, settings);
    if (read.ok) return { ...rest, suggestion };
    suggestion = read.errors.find((other) => other.suggestion !== undefined)?.suggestion;
  }
  return rest;
}

function readOnce(text: string, settings: ParseSettings): ParsedQuery {
  if (text.length > maxQueryLength) {
    return failed([
      {
        code: 'too-long',
        position: maxQueryLength,
        length: text.length - maxQueryLength,
        params: { limit: maxQueryLength },
      },
    ]);
  }
  const parser = new Parser(text, settings);
  const tree = parser.parse();
  if (parser.errors.length > 0) return failed(parser.errors.toSorted((a, b) => a.position - b.position));
  return { ok: true, tree, warnings: parser.warnings };
}

function failed(errors: readonly QueryError[]): ParsedQuery {
  const first = errors[0] ?? { code: 'too-long', position: 0, length: 0, params: {} };
  return { ok: false, ...first, errors: errors.slice(0, maxReportedErrors) };
}

/** More than a person reads at once; a hostile query could make thousands. */
const maxReportedErrors = 20;

function weightOf(tree: QueryTree): number {
  if (tree.kind === 'words') return wordsWeight(tree.text) * textFieldsOf(tree.field).length;
  return tree.kind === 'word-pattern' ? textFieldsOf(tree.field).length : 1;
}

/** What a token binds its neighbours with: AND, written or not, before OR. */
const strength = { or: 1, and: 2 } as const;

interface Place {
  position: number;
  length: number;
}

class Parser {
  readonly errors: QueryError[];
  readonly warnings: QueryWarning[] = [];
  readonly #text: string;
  readonly #tokens: readonly QueryToken[];
  readonly #fields: QueryFields;
  readonly #timeZone: string;
  #at = 0;
  #depth = 0;
  #clauses = 0;
  /** Past the depth limit nothing more is read, so what follows would be no error of the query. */
  #aborted = false;

  constructor(text: string, settings: ParseSettings) {
    this.#fields = settings.fields ?? defaultQueryFields;
    const scanned = scanQuery(text, this.#fields);
    this.#text = text;
    this.#tokens = scanned.tokens;
    this.errors = [...scanned.errors];
    this.#timeZone = settings.timeZone ?? 'UTC';
  }

  parse(): QueryTree {
    const parts: QueryTree[] = [];
    while (this.#at < this.#tokens.length) {
      const token = this.#tokens[this.#at];
      if (token?.kind === 'close') {
        this.#at++;
        this.#fail('unopened-group', token, { suggestion: this.#without(token) });
      } else parts.push(this.#expression(0));
    }
    return joinParts('and', parts);
  }

  /** Parts joined by operators that bind at least as strongly as `minimum`. */
  #expression(minimum: number, field?: ResolvedField): QueryTree {
    let left = this.#operand(field);
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token === undefined || token.kind === 'close') return left;
      const kind = token.kind === 'or' ? 'or' : 'and';
      if (strength[kind] <= minimum) return left;
      if (token.kind === 'or' || token.kind === 'and') {
        this.#at++;
        if (this.#endsHere()) {
          this.#fail('operand-missing', token, {
            params: { operator: kind.toUpperCase(), side: 'right' },
            suggestion: this.#without(token),
          });
          return left;
        }
      }
      left = joinParts(kind, [left, this.#expression(strength[kind], field)]);
    }
  }

  #endsHere(): boolean {
    const kind = this.#tokens[this.#at]?.kind;
    return kind === undefined || kind === 'close' || kind === 'and' || kind === 'or';
  }

  #operand(field?: ResolvedField): QueryTree {
    const token = this.#tokens[this.#at++];
    if (token === undefined) return { kind: 'all' };
    switch (token.kind) {
      case 'not':
        return this.#negation(token, field);
      case 'open':
        return this.#group(token, field);
      case 'and':
      case 'or':
        this.#fail('operand-missing', token, {
          params: { operator: token.kind.toUpperCase(), side: 'left' },
          suggestion: this.#without(token),
        });
        return this.#endsHere() ? { kind: 'all' } : this.#operand(field);
      case 'field':
        return this.#fieldValue(token);
      case 'word':
      case 'quoted':
        return field === undefined ? this.#bareWord(token) : this.#value(field, token, ':');
      case 'range':
      case 'close':
      case 'unreadable':
        return { kind: 'all' };
    }
  }

  #negation(token: QueryToken, field?: ResolvedField): QueryTree {
    if (this.#endsHere()) {
      this.#fail('operand-missing', token, {
        params: { operator: 'NOT', side: 'right' },
        suggestion: this.#without(token),
      });
      return { kind: 'all' };
    }
    return this.#deeper(token, () => ({ kind: 'not', part: this.#operand(field) }));
  }

  #group(open: QueryToken, field?: ResolvedField): QueryTree {
    if (this.#tokens[this.#at]?.kind === 'close') {
      const close = this.#tokens[this.#at++] ?? open;
      this.#fail('empty-group', { start: open.start, end: close.end }, {});
      return { kind: 'all' };
    }
    return this.#deeper(open, () => {
      const parts = [this.#expression(0, field)];
      while (this.#at < this.#tokens.length && this.#tokens[this.#at]?.kind !== 'close')
        parts.push(this.#expression(0, field));
      const inside = joinParts('and', parts);
      if (this.#tokens[this.#at]?.kind === 'close') this.#at++;
      else this.#fail('unclosed-group', open, { suggestion: `${this.#text.trimEnd()})` });
      return inside;
    });
  }

  #deeper(token: QueryToken, read: () => QueryTree): QueryTree {
    if (this.#depth >= maxQueryDepth) {
      this.errors.length = 0;
      this.#fail('too-deep', token, { params: { limit: maxQueryDepth } });
      this.#aborted = true;
      this.#at = this.#tokens.length;
      return { kind: 'all' };
    }
    this.#depth++;
    const tree = read();
    this.#depth--;
    return tree;
  }

  #bareWord(token: QueryToken & { kind: 'word' | 'quoted' }): QueryTree {
    if (token.kind === 'word') {
      if (token.comparison !== undefined) {
        const params = { operator: token.comparison };
        this.#fail('field-expected', token, { params, suggestion: this.#replaced(token, this.#quoted(token)) });
        return { kind: 'all' };
      }
      if (/^\*+$/.test(token.pattern)) return { kind: 'all' };
      const operator = token.text.toUpperCase();
      if (token.text !== operator && /^(AND|OR|NOT)$/.test(operator)) {
        const place = { position: token.start, length: token.end - token.start };
        this.warnings.push({
          code: 'lowercase-operator',
          ...place,
          params: { word: token.text, operator },
          suggestion: this.#replaced(token, operator),
        });
      }
      const isIn = operator === 'IN' && this.#at > 1;
      const list = isIn ? listBehindIn(this.#text, this.#tokens.slice(this.#at - 2), this.#fields) : undefined;
      if (list !== undefined) {
        this.#failAs(list);
        return { kind: 'all' };
      }
      const condition = conditionInText(token, this.#fields);
      if (condition !== undefined) {
        const place = { position: token.start, length: token.end - token.start };
        const suggestion = this.#replaced(token, condition);
        this.warnings.push({ code: 'text-not-field', ...place, params: { text: token.text, condition }, suggestion });
      }
    }
    return this.#value({ name: 'message', type: 'text', known: true }, token, ':');
  }

  #fieldValue(token: QueryToken & { kind: 'field' }): QueryTree {
    const field = this.#fields.resolve(token.name);
    const value = this.#tokens[this.#at];
    const isAdjacent = value?.start === token.end;
    if (!isAdjacent || value.kind === 'close') {
      const joined = value?.kind === 'word' || value?.kind === 'quoted' || value?.kind === 'open';
      const suggestion = joined ? { suggestion: this.#text.slice(0, token.end) + this.#text.slice(value.start) } : {};
      this.#fail('empty-value', token, { params: { field: token.name }, ...suggestion });
      return { kind: 'all' };
    }
    if (!isAskable(field.name)) {
      this.#fail('bad-label', { start: token.start, end: token.nameEnd }, { params: { name: token.name } });
      this.#at++;
      return { kind: 'all' };
    }
    if (!field.known) this.#warnUnknown(token, field, value);
    this.#at++;
    const apart = field.type === 'date' ? timeApart(this.#text, value, this.#tokens[this.#at]) : undefined;
    if (apart !== undefined) this.#failAs(apart);
    if (token.comparison !== ':' && value.kind === 'word' && value.comparison !== undefined) {
      const operator = token.comparison + value.comparison;
      this.#fail('foreign-operator', { start: token.nameEnd, end: value.end }, { params: { operator } });
    }
    switch (value.kind) {
      case 'open':
        if (token.comparison !== ':')
          this.#fail('not-comparable', token, { params: { field: token.name, type: field.type } });
        return this.#group(value, field);
      case 'word':
      case 'quoted':
        return this.#value(field, value, token.comparison, token);
      case 'range':
        return this.#taken(this.#clause(value, readRange(field, value, this.#timeZone), { token: value, field }));
      case 'and':
      case 'or':
      case 'not':
      case 'field':
      case 'unreadable':
        return { kind: 'all' };
    }
  }

  // oxlint-disable-next-line max-params -- the field token only names the place of an error
  #value(
    field: ResolvedField,
    token: QueryToken & { kind: 'word' | 'quoted' },
    comparison: Comparison,
    from?: QueryToken,
  ): QueryTree {
    const word = token.kind === 'word' ? token : { pattern: token.text, wildcard: false, comparison: undefined };
    const read = readValue(
      field,
      {
        text: token.text,
        pattern: word.pattern,
        wildcard: word.wildcard,
        quoted: token.kind === 'quoted',
        comparison: word.comparison ?? comparison,
      },
      this.#timeZone,
    );
    return this.#taken(this.#clause(from ?? token, read, { token, field }));
  }

  #clause(place: QueryToken, read: ReadValue, context: { token: QueryToken; field: ResolvedField }): QueryTree {
    const { field, token } = context;
    if (read.ok) {
      if (read.warning !== undefined) this.#warn(token, read.warning);
      return read.tree;
    }
    const params = { field: field.name, type: field.type, ...read.params };
    const isComparison = read.code === 'not-comparable';
    const at = isComparison || read.code === 'empty-value' ? { start: place.start, end: token.end } : token;
    let suggestion: string | undefined;
    if (read.replacement !== undefined) suggestion = this.#replaced(token, read.replacement);
    else if (isComparison) suggestion = this.#replaced(at, this.#quoted(at));
    else if (read.code === 'wildcard-not-allowed') suggestion = this.#rangeForWildcard(token, field);
    this.#fail(read.code, at, { params, ...(suggestion === undefined ? {} : { suggestion }) });
    return { kind: 'all' };
  }

  #warn(token: QueryToken, { code, params, replacement }: ValueWarning): void {
    const suggestion = replacement === undefined ? {} : { suggestion: this.#replaced(token, replacement) };
    this.warnings.push({ code, position: token.start, length: token.end - token.start, params, ...suggestion });
  }

  /** `status:5*` wants 500 to 599. */
  #rangeForWildcard(token: QueryToken, field: ResolvedField): string | undefined {
    if (field.type !== 'long' || token.kind !== 'word') return undefined;
    const digits = /^([1-9])[*?x]{1,2}$/i.exec(token.text)?.[1];
    return digits === undefined ? undefined : this.#replaced(token, `[${digits}00 TO ${digits}99]`);
  }

  #taken(tree: QueryTree): QueryTree {
    const before = this.#clauses;
    this.#clauses += weightOf(tree);
    if (before <= maxQueryClauses && this.#clauses > maxQueryClauses) {
      const token = this.#tokens[this.#at - 1] ?? { start: 0, end: 0 };
      this.#fail('too-many-clauses', token, { params: { limit: maxQueryClauses } });
    }
    return tree;
  }

  /** Offers the field that the name looks like, or else the text itself: `db01:5432` may be no condition at all. */
  #warnUnknown(token: QueryToken & { kind: 'field' }, field: ResolvedField, value: QueryToken): void {
    const { didYouMean } = field;
    const place: Place = { position: token.start, length: token.nameEnd - token.start };
    const params = { name: token.name, field: field.name, ...(didYouMean === undefined ? {} : { didYouMean }) };
    const name = { start: token.start, end: token.nameEnd };
    const whole = { start: token.start, end: value.end };
    let suggestion: string | undefined;
    if (didYouMean !== undefined) suggestion = this.#replaced(name, didYouMean);
    else if (value.kind === 'word') suggestion = this.#replaced(whole, this.#quoted(whole));
    this.warnings.push({
      code: 'unknown-field',
      ...place,
      params,
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  }

  #failAs(error: QueryError): void {
    if (!this.#aborted) this.errors.push(error);
  }

  #fail(
    code: QueryErrorCode,
    at: { start: number; end: number },
    rest: { params?: QueryError['params']; suggestion?: string },
  ): void {
    if (this.#aborted) return;
    this.errors.push({ code, position: at.start, length: at.end - at.start, params: {}, ...rest });
  }

  #replaced(at: { start: number; end: number }, text: string): string {
    return this.#text.slice(0, at.start) + text + this.#text.slice(at.end);
  }

  #without(at: { start: number; end: number }): string {
    return `${this.#text.slice(0, at.start).trimEnd()} ${this.#text.slice(at.end).trimStart()}`.trim();
  }

  #quoted(at: { start: number; end: number }): string {
    const written = this.#text.slice(at.start, at.end).replace(/^"|"$/g, '');
    return `"${written.replace(/[\\"]/g, (character) => `\\${character}`)}"`;
  }
}
