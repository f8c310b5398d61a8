import { RE2JS } from 're2js';
import { parseAddressRange, type AddressRange } from './address-range.ts';
import { SigmaRefusal } from './sigma-problem.ts';
import { base64Offsets, encodeUtf16, readPieces, windashVariants, type SigmaPiece } from './sigma-values.ts';

/** How a value of a field is compared. Text is in lower case unless `cased`. */
export type SigmaComparison =
  | { readonly kind: 'text'; readonly pieces: readonly SigmaPiece[]; readonly cased: boolean }
  | { readonly kind: 'empty' }
  | { readonly kind: 'exists'; readonly wanted: boolean }
  | { readonly kind: 'expression'; readonly source: string; readonly test: (text: string) => boolean }
  | { readonly kind: 'network'; readonly range: AddressRange }
  | { readonly kind: 'number'; readonly operator: 'lt' | 'lte' | 'gt' | 'gte'; readonly limit: number }
  | { readonly kind: 'field'; readonly name: string; readonly part: 'whole' | 'contains' | 'startswith' | 'endswith' };

/** A field (null: the text of the record) and comparisons of which one, or each, must hold. */
export interface SigmaItem {
  readonly field: string | null;
  readonly isAll: boolean;
  readonly comparisons: readonly SigmaComparison[];
}

export type SigmaSearch =
  | { readonly kind: 'item'; readonly item: SigmaItem }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly SigmaSearch[] };

const partModifiers = ['contains', 'startswith', 'endswith'] as const;
const numberModifiers = ['lt', 'lte', 'gt', 'gte'] as const;
const valueModifiers = ['windash', 'wide', 'utf16', 'utf16le', 'utf16be', 'base64', 'base64offset'] as const;
const known: ReadonlySet<string> = new Set([
  ...partModifiers,
  ...numberModifiers,
  ...valueModifiers,
  'all',
  're',
  'i',
  'm',
  's',
  'cidr',
  'cased',
  'exists',
  'fieldref',
]);
const mostComparisons = 5_000;

/** A search as the file writes it: a map (all of it), a list (any of it), or words. Throws `SigmaRefusal`. */
export function readSearch(value: unknown): SigmaSearch {
  if (Array.isArray(value)) {
    if (value.length === 0) throw new SigmaRefusal('value-unreadable');
    const words = value.filter((each) => !isMap(each));
    const maps = value.filter(isMap).map(readMap);
    const parts: SigmaSearch[] = [...(words.length === 0 ? [] : [itemOf('', words)]), ...maps];
    return joined('or', parts);
  }
  return isMap(value) ? readMap(value) : itemOf('', [value]);
}

function readMap(map: Record<string, unknown>): SigmaSearch {
  const entries = Object.entries(map);
  if (entries.length === 0) throw new SigmaRefusal('value-unreadable');
  return joined(
    'and',
    entries.map(([key, value]) => itemOf(key, Array.isArray(value) ? (value as unknown[]) : [value])),
  );
}

function joined(kind: 'and' | 'or', parts: readonly SigmaSearch[]): SigmaSearch {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function itemOf(key: string, values: readonly unknown[]): SigmaSearch {
  const [name = '', ...modifiers] = key.split('|');
  const field = name.trim() === '' ? null : name.trim();
  if (modifiers.includes('expand')) throw new SigmaRefusal('placeholder', String(values[0]));
  for (const modifier of modifiers) if (!known.has(modifier)) throw new SigmaRefusal('modifier-unknown', modifier);
  if (values.length === 0) throw new SigmaRefusal('value-unreadable', key);
  const comparisons: SigmaComparison[] = [];
  for (const value of values) comparisons.push(...comparisonsOf(value, modifiers, field === null));
  if (comparisons.length > mostComparisons) throw new SigmaRefusal('value-unreadable', key);
  const isAll = modifiers.includes('all');
  if (isAll && comparisons.length > values.length) {
    // Each value must hold in one of its forms.
    const each = values.map((value): SigmaSearch => ({
      kind: 'item',
      item: { field, isAll: false, comparisons: comparisonsOf(value, modifiers, field === null) },
    }));
    return joined('and', each);
  }
  return { kind: 'item', item: { field, isAll, comparisons } };
}

function comparisonsOf(value: unknown, modifiers: readonly string[], isKeyword: boolean): SigmaComparison[] {
  const has = (modifier: string): boolean => modifiers.includes(modifier);
  const parts = partModifiers.filter(has);
  const [part] = parts;
  if (has('exists')) {
    if (typeof value !== 'boolean') throw new SigmaRefusal('value-unreadable', String(value));
    return [{ kind: 'exists', wanted: value }];
  }
  if (value === null || value === undefined) return [{ kind: 'empty' }];
  if (typeof value === 'object') throw new SigmaRefusal('value-unreadable', JSON.stringify(value));
  const text = String(value as string | number | boolean);
  if (parts.length > 1) throw new SigmaRefusal('modifiers-contradict', modifiers.join('|'));
  if (has('fieldref')) return [{ kind: 'field', name: text, part: part ?? 'whole' }];
  if (has('re')) return [{ kind: 'expression', source: text, test: expressionTest(text, modifiers) }];
  if (has('cidr')) return [{ kind: 'network', range: rangeOf(text) }];
  const operator = numberModifiers.find(has);
  if (operator !== undefined) {
    const limit = Number(text);
    if (text.trim() === '' || !Number.isFinite(limit)) throw new SigmaRefusal('value-unreadable', text);
    return [{ kind: 'number', operator, limit }];
  }
  if (text === '' && part === undefined && !isKeyword) return [{ kind: 'empty' }];
  const cased = has('cased') || has('base64') || has('base64offset');
  const place = isKeyword ? 'contains' : part;
  return forms(text, modifiers).map((pieces) => ({
    kind: 'text',
    pieces: placed(folded(pieces, cased), place),
    cased,
  }));
}

/** The text in the forms that the modifiers ask for, in their order. */
function forms(text: string, modifiers: readonly string[]): SigmaPiece[][] {
  const isEncoded = modifiers.some(
    (modifier) => modifier !== 'windash' && valueModifiers.some((each) => each === modifier),
  );
  if (!isEncoded) return (modifiers.includes('windash') ? windashVariants(text) : [text]).map(readPieces);
  let values: Buffer[] = (modifiers.includes('windash') ? windashVariants(text) : [text]).map((each) =>
    Buffer.from(each, 'utf8'),
  );
  for (const modifier of modifiers) {
    if (modifier === 'base64') values = values.map((bytes) => Buffer.from(bytes.toString('base64'), 'utf8'));
    else if (modifier === 'base64offset')
      values = values.flatMap((bytes) => base64Offsets(bytes).map((each) => Buffer.from(each, 'utf8')));
    else if (modifier === 'wide' || modifier.startsWith('utf16'))
      values = values.map((bytes) => encodeUtf16(bytes.toString('utf8'), modifier));
  }
  return values.map((bytes) => [bytes.toString('latin1')]);
}

function folded(pieces: readonly SigmaPiece[], cased: boolean): SigmaPiece[] {
  return pieces.map((piece) => (typeof piece === 'string' && !cased ? piece.toLowerCase() : piece));
}

function placed(pieces: readonly SigmaPiece[], part: string | undefined): SigmaPiece[] {
  const any: SigmaPiece = { wild: 'any' };
  const all = [...pieces];
  if (part === 'contains' || part === 'endswith') all.unshift(any);
  if (part === 'contains' || part === 'startswith') all.push(any);
  return all.filter((piece, at) => !(isAny(piece) && isAny(all[at - 1])));
}

function isAny(piece: SigmaPiece | undefined): boolean {
  return typeof piece === 'object' && piece.wild === 'any';
}

/** So many characters of any kind in one line. */
const lengthAlone = /^\.\{(\d{1,4}),\}$/;

/** An expression whose time grows with the text and not beyond (RE2). */
function expressionTest(text: string, modifiers: readonly string[]): (text: string) => boolean {
  const least = Number(lengthAlone.exec(text)?.[1] ?? 0);
  let flags = 0;
  if (modifiers.includes('i')) flags |= RE2JS.CASE_INSENSITIVE;
  if (modifiers.includes('m')) flags |= RE2JS.MULTILINE;
  if (modifiers.includes('s')) flags |= RE2JS.DOTALL;
  try {
    const expression = RE2JS.compile(text, flags);
    return (value) => value.length >= least && expression.matcher(value).find();
  } catch {
    throw new SigmaRefusal('expression-unreadable', text);
  }
}

function rangeOf(text: string): AddressRange {
  const range = parseAddressRange(text);
  if (range === undefined) throw new SigmaRefusal('network-unreadable', text);
  return range;
}
