import { RE2JS } from 're2js';
import { ownFormatLimits, type OwnFormatProblem } from './own-format.ts';

/** An expression whose time grows with the text and not beyond: RE2, without looking around and without back references. */
export interface LinearExpression {
  readonly keys: readonly string[];
  /** The longest text that it reads. */
  readonly mostChars: number;
  /** Values of the keys that took part, where it matches; undefined where it does not, and for a longer text. */
  exec(text: string): ReadonlyMap<string, string> | undefined;
  /** Where the first match ends; -1 where there is none, and for a longer text. */
  matchEnd(text: string): number;
}

export type CompiledExpression =
  | { readonly ok: true; readonly expression: LinearExpression }
  | { readonly ok: false; readonly problem: Omit<OwnFormatProblem, 'path'> };

const groupStart = /\(\?P?<([^>=!][^>]{0,127})>/g;
/** What other engines have and a linear one cannot: looking around, atomic and possessive groups, references back. */
const nonLinear = /^(?:\(\?(?:[=!>]|<[=!])|\\[1-9k])|\+$/;

/**
 * Compiles an expression. Names of groups may be of any kind (`(?<user.name>…)`): they are keys, several groups may have the
 * same, and the first that took part counts.
 */
export function compileExpression(source: string): CompiledExpression {
  const keys: string[] = [];
  const inner = source.replace(groupStart, (_all, key: string) => {
    keys.push(key);
    return `(?P<g${keys.length - 1}>`;
  });
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(inner);
  } catch (error) {
    return { ok: false, problem: problemOf(error, source) };
  }
  const size = compiled.programSize();
  if (size > ownFormatLimits.programSize) return { ok: false, problem: { code: 'too-large' } };
  return { ok: true, expression: expressionOf(compiled, keys) };
}

function expressionOf(compiled: RE2JS, keys: readonly string[]): LinearExpression {
  const mostChars = Math.min(ownFormatLimits.textChars, Math.floor(ownFormatLimits.steps / compiled.programSize()));
  return {
    keys: [...new Set(keys)],
    mostChars,
    exec(text) {
      if (text.length > mostChars) return undefined;
      const matcher = compiled.matcher(text);
      if (!matcher.find()) return undefined;
      const values = new Map<string, string>();
      for (const [index, key] of keys.entries()) {
        const value = matcher.group(`g${index}`);
        if (value !== null && value !== '' && !values.has(key)) values.set(key, value);
      }
      return values;
    },
    matchEnd(text) {
      if (text.length > mostChars) return -1;
      const matcher = compiled.matcher(text);
      return matcher.find() ? matcher.end() : -1;
    },
  };
}

function problemOf(error: unknown, source: string): Omit<OwnFormatProblem, 'path'> {
  const { input } = error as { input?: unknown };
  const near = typeof input === 'string' && input !== '' ? input : undefined;
  if (near === undefined) return { code: 'bad-expression' };
  const position = source.indexOf(near);
  const code = nonLinear.test(near) ? 'not-linear' : 'bad-expression';
  return { code, near, ...(position < 0 ? {} : { position }) };
}
