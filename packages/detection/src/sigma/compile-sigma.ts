import { messageFields } from '@akashi/query';
import type { RuleEvent } from '../events/rule-event.ts';
import { expressionLiteral } from '../prefilter/expression-literal.ts';
import { literalOf, requireAll, requireAny, type Requirement } from '../prefilter/requirement.ts';
import type { ProbeNeeds } from '../prefilter/probe-index.ts';
import type { SigmaFile } from './parse-sigma.ts';
import type { SigmaCondition } from './sigma-condition.ts';
import { fieldsOf } from './sigma-fields.ts';
import type { SigmaComparison, SigmaItem, SigmaSearch } from './sigma-items.ts';
import type { SigmaSource } from './sigma-sources.ts';
import { piecesTest, type SigmaPiece } from './sigma-values.ts';

const codeField = 'event.code';

type EventTest = (event: RuleEvent) => boolean;

export interface CompiledSigma {
  readonly test: EventTest;
  readonly needs: ProbeNeeds;
  readonly isByRecord: boolean;
}

interface Part {
  readonly test: EventTest;
  /** Whether it reads with an expression, which costs more than all else: it is asked last. */
  readonly isDear?: boolean;
  readonly requirement: Requirement;
  /** Values of `event.code` of which every event has one that fulfils it; null: any. */
  readonly codes: readonly string[] | null;
}

/** One test for each of the sources that the rule's log source is here. */
export function compileSigma(file: SigmaFile): CompiledSigma[] {
  return file.sources.map((source) => {
    const searches = new Map([...file.searches].map(([name, search]) => [name, compileSearch(search, source)]));
    const condition = compileCondition(file.condition, searches);
    const isFrom = sourceTest(source);
    const codes = source.where?.find(({ field }) => field === codeField)?.values ?? condition.codes;
    return {
      test: (event) => isFrom(event) && condition.test(event),
      needs: { formats: source.formats, codes, requirement: condition.requirement },
      isByRecord: source.isByRecord ?? false,
    };
  });
}

function sourceTest({ formats, where = [] }: SigmaSource): EventTest {
  const names = new Set(formats);
  return (event) =>
    names.has(event.format) &&
    where.every(({ field, values }) => event.texts(field).some((text) => values.includes(text)));
}

function compileCondition(condition: SigmaCondition, searches: ReadonlyMap<string, Part>): Part {
  switch (condition.kind) {
    case 'search':
      return searches.get(condition.name) ?? { test: () => false, requirement: [], codes: [] };
    case 'not': {
      const { test, isDear = false } = compileCondition(condition.part, searches);
      return { test: (event) => !test(event), isDear, requirement: null, codes: null };
    }
    case 'and':
    case 'or':
      return joined(
        condition.kind,
        condition.parts.map((part) => compileCondition(part, searches)),
      );
  }
}

function joined(kind: 'and' | 'or', parts: readonly Part[]): Part {
  const tests = parts.toSorted((a, b) => Number(a.isDear ?? false) - Number(b.isDear ?? false)).map(({ test }) => test);
  const isDear = parts.some((part) => part.isDear);
  const requirements = parts.map(({ requirement }) => requirement);
  return kind === 'and'
    ? {
        test: (event) => tests.every((test) => test(event)),
        isDear,
        requirement: requireAll(requirements),
        codes: commonCodes(parts),
      }
    : {
        test: (event) => tests.some((test) => test(event)),
        isDear,
        requirement: requireAny(requirements),
        codes: anyCodes(parts),
      };
}

function commonCodes(parts: readonly Part[]): readonly string[] | null {
  const known = parts.map(({ codes }) => codes).filter((codes) => codes !== null);
  return known.length === 0 ? null : known.reduce((a, b) => a.filter((code) => b.includes(code)));
}

function anyCodes(parts: readonly Part[]): readonly string[] | null {
  const all = new Set<string>();
  for (const { codes } of parts) {
    if (codes === null) return null;
    for (const code of codes) all.add(code);
  }
  return [...all];
}

function compileSearch(search: SigmaSearch, source: SigmaSource): Part {
  if (search.kind === 'item') return compileItem(search.item, source);
  return joined(
    search.kind,
    search.parts.map((part) => compileSearch(part, source)),
  );
}

function compileItem({ field, isAll, comparisons }: SigmaItem, source: SigmaSource): Part {
  const fields = field === null ? messageFields : fieldsOf(source.fields, field);
  const parts = comparisons.map((comparison) => compileComparison(comparison, fields, source));
  return joined(isAll ? 'and' : 'or', parts);
}

/** The one code that a comparison asks for, where its field is nothing but the code of the event. */
function codesOf(pieces: readonly SigmaPiece[], fields: readonly string[]): readonly string[] | null {
  const [only] = pieces;
  const isCode = fields[0] === codeField && fields.length === 1 && pieces.length === 1;
  return isCode && typeof only === 'string' ? [only] : null;
}

function compileComparison(comparison: SigmaComparison, fields: readonly string[], source: SigmaSource): Part {
  const some = (test: (text: string) => boolean): EventTest => {
    return (event) => fields.some((field) => event.texts(field).some(test));
  };
  switch (comparison.kind) {
    case 'text': {
      const { pieces, cased } = comparison;
      const test = piecesTest(pieces);
      const texts = pieces.filter((piece) => typeof piece === 'string');
      const requirement = requireAll(texts.map((text) => literalIn(fields, text)));
      const codes = codesOf(pieces, fields);
      if (cased) return { test: some(test), requirement, codes };
      return { test: (event) => fields.some((field) => event.lowered(field).some(test)), requirement, codes };
    }
    case 'empty':
      return {
        test: (event) => !fields.some((field) => event.texts(field).some((text) => text !== '')),
        requirement: null,
        codes: null,
      };
    case 'exists': {
      const { wanted } = comparison;
      return {
        test: (event) => fields.some((field) => event.texts(field).length > 0) === wanted,
        requirement: null,
        codes: null,
      };
    }
    case 'expression': {
      const literal = expressionLiteral(comparison.source);
      const requirement = literal === undefined ? null : literalIn(fields, literal);
      return { test: some(comparison.test), isDear: true, requirement, codes: null };
    }
    case 'network':
      return { test: some(comparison.range), requirement: null, codes: null };
    case 'number':
      return { test: some(numberTest(comparison)), requirement: null, codes: null };
    case 'field':
      return { test: fieldTest(comparison, fields, source), requirement: null, codes: null };
  }
}

function literalIn(fields: readonly string[], text: string): Requirement {
  const literal = literalOf(text);
  return literal === undefined ? null : [{ fields, text: literal }];
}

function numberTest({ operator, limit }: SigmaComparison & { kind: 'number' }): (text: string) => boolean {
  const compare = {
    lt: (value: number) => value < limit,
    lte: (value: number) => value <= limit,
    gt: (value: number) => value > limit,
    gte: (value: number) => value >= limit,
  }[operator];
  return (text) => text.trim() !== '' && compare(Number(text));
}

function fieldTest(
  { name, part }: SigmaComparison & { kind: 'field' },
  fields: readonly string[],
  source: SigmaSource,
): EventTest {
  const others = fieldsOf(source.fields, name);
  const compare = {
    whole: (text: string, other: string) => text === other,
    contains: (text: string, other: string) => text.includes(other),
    startswith: (text: string, other: string) => text.startsWith(other),
    endswith: (text: string, other: string) => text.endsWith(other),
  }[part];
  return (event) => {
    const wanted = others.flatMap((field) => event.lowered(field));
    return fields.some((field) => event.lowered(field).some((text) => wanted.some((other) => compare(text, other))));
  };
}
