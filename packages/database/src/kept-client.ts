import { Client } from 'pg';
import { keptValue } from './kept-values.ts';

/**
 * The one kind of connection of this package, the ledger's own statements and Prisma's alike. No value reaches PostgreSQL but
 * through `keptValue`, so that no column can be forgotten.
 */
export class KeptClient extends Client {
  override query = ((first: unknown, ...rest: unknown[]): unknown => {
    const send = super.query.bind(this) as (...values: unknown[]) => unknown;
    if (typeof first === 'string') {
      const [values, ...others] = rest;
      return Array.isArray(values) ? send(first, keptValue(values), ...others) : send(first, ...rest);
    }
    return send(keptConfiguration(first), ...rest);
  }) as Client['query'];
}

/** A statement as an object, such as Prisma's; one that runs itself, such as a COPY, has no place here. */
function keptConfiguration(statement: unknown): unknown {
  if (typeof statement !== 'object' || statement === null) return statement;
  if ('submit' in statement) throw new Error('only plain statements pass the ledger');
  if (!('values' in statement) || !Array.isArray(statement.values)) return statement;
  return { ...statement, values: keptValue(statement.values) };
}
