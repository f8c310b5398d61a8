import { cardDataRule, type CardDataRule } from '@akashi/contracts';
import { createMasker } from '@akashi/masking';
import type { z } from 'zod';

type Schema = z.core.$ZodType;
type Rule = CardDataRule | undefined;

interface Place {
  readonly path: string;
  readonly rule: Rule;
}

/** Thrown where a text holds a card number that is neither masked nor dropped; tells the place and nothing of the text. */
export class CardDataRefusal extends Error {
  readonly path: string;

  constructor(path: string) {
    super(`${path} holds what looks like a card number`);
    this.path = path;
  }
}

const masker = createMasker({ version: 'request', keep: 'first6last4' });
/** Ids are ours, and their digits and dashes may fall as those of a card number do. */
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A text from outside any schema, such as a header. */
export function maskedText(text: string): string {
  return masker.maskText(text);
}

/**
 * A value that its schema has parsed, with every text as its mark says (`cardData` of the contracts): masked, left alone, or
 * refused with a CardDataRefusal. What the schema does not describe has no mark and is refused as well.
 */
export function keepTexts(
  schema: Schema | undefined,
  value: unknown,
  place: Place = { path: '', rule: undefined },
): unknown {
  const rule = ruleOf(schema) ?? place.rule;
  if (rule === 'not-kept') return value;
  if (typeof value === 'string') return keptText(value, { ...place, rule });
  // A number is never masked in part.
  if (typeof value === 'number') keptText(String(value), { ...place, rule: undefined });
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const element = partOf(schema, value);
    return value.map((each, at) => keepTexts(element('0'), each, { path: joined(place.path, String(at)), rule }));
  }
  const part = partOf(schema, value);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const path = joined(place.path, name);
      // A name that the schema gives is ours; any other one was typed.
      if (part(name) === undefined) keptText(name, { path: place.path, rule: undefined });
      return [name, keepTexts(part(name), inner, { path, rule })];
    }),
  );
}

function keptText(text: string, { path, rule }: Place): string {
  const masked = uuid.test(text) ? text : masker.maskText(text);
  if (masked === text || rule === 'masked') return masked;
  throw new CardDataRefusal(path);
}

function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly innerType?: Schema;
  readonly out?: Schema;
  readonly options?: readonly Schema[];
}

function definitionOf(schema: Schema): Definition {
  return schema._zod.def as unknown as Definition;
}

/** The mark of a schema or of what it wraps. */
function ruleOf(schema: Schema | undefined): Rule {
  for (let at = schema; at !== undefined; at = wrapped(at)) {
    const rule = (at as z.ZodType).meta()?.[cardDataRule];
    if (rule === 'masked' || rule === 'not-kept') return rule;
  }
  return undefined;
}

/** Inside `optional`, `nullable`, `default`, `pipe` and their like. */
function wrapped(schema: Schema): Schema | undefined {
  const { innerType, out } = definitionOf(schema);
  return innerType ?? out;
}

/** The schemas of the members of a parsed value. */
function partOf(schema: Schema | undefined, value: object): (name: string) => Schema | undefined {
  let at = schema;
  while (at !== undefined && wrapped(at) !== undefined) at = wrapped(at);
  if (at === undefined) return () => undefined;
  const { shape, element, options } = definitionOf(at);
  if (options !== undefined) {
    return partOf(
      options.find((option) => (option as z.ZodType).safeParse(value).success),
      value,
    );
  }
  if (element !== undefined) return () => element;
  return (name) => (shape !== undefined && Object.hasOwn(shape, name) ? shape[name] : undefined);
}
