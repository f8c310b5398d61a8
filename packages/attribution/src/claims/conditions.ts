import { joinParts, nothing, type QueryTree } from '@akashi/query';
import { isAccountName } from './shared-accounts.ts';
import { firstLabel, type NameVariants } from './name-variants.ts';

/** Builders of the conditions that claims make: small query trees, each leaf as the index compares. */

export function anyOf(field: string, values: readonly string[]): QueryTree {
  return any(values.map((value) => ({ kind: 'equals', field, value })));
}

export function absent(field: string): QueryTree {
  return { kind: 'not', part: { kind: 'exists', field } };
}

export function all(parts: readonly QueryTree[]): QueryTree {
  return joinParts('and', parts);
}

export function any(parts: readonly QueryTree[]): QueryTree {
  return joinParts(
    'or',
    parts.filter((part) => part !== nothing),
  );
}

function escapeGlob(text: string): string {
  return text.replaceAll(/[\\*?]/g, (sign) => `\\${sign}`);
}

const qualified = (label: string): QueryTree => ({
  kind: 'pattern',
  field: 'host.name',
  pattern: `${escapeGlob(label)}.*`,
});

/** The event is of the system of this name, or of the address that the assets give it. */
export function isOfSystem(variants: NameVariants, addresses: readonly string[]): QueryTree {
  const { written, labels, groupParts } = variants;
  return any([
    anyOf('host.name', [...written, ...addresses]),
    anyOf('log.stream', [...written, ...addresses]),
    anyOf('log.group', written),
    anyOf('service.name', written),
    ...(addresses.length === 0 ? [] : [anyOf('host.ip', addresses)]),
    ...labels.map(qualified),
    ...groupParts.map((part): QueryTree => ({ kind: 'pattern', field: 'log.group', pattern: `*/${escapeGlob(part)}` })),
  ]);
}

/** Where a session was learned. */
export interface SessionPlace {
  readonly host: string | null;
  readonly stream: string;
}

/** The event is of the same machine: by the name that both say, or by the stream where one of them says none. */
export function isOfPlace({ host, stream }: SessionPlace): QueryTree {
  if (host === null) {
    const label = firstLabel(stream);
    return any([anyOf('host.name', unique([stream, label])), ...patternOf(label), anyOf('log.stream', [stream])]);
  }
  const label = firstLabel(host);
  const names = unique([host, label]);
  return any([
    anyOf('host.name', names),
    ...patternOf(label),
    all([absent('host.name'), anyOf('log.stream', unique([...names, stream]))]),
  ]);
}

function patternOf(label: string): QueryTree[] {
  return /\P{N}/u.test(label) && !/[.:]/.test(label) ? [qualified(label)] : [];
}

/** The event's account is one of these: by name, else by the account acted as, else by number (0 is root). */
export function isAccount(names: readonly string[]): QueryTree {
  const ids = names.filter((name) => !isAccountName(name));
  const numbers = names.includes('root') ? [...ids, '0'] : ids;
  return any([
    anyOf('user.name', names),
    all([absent('user.name'), anyOf('user.effective.name', names)]),
    ...(numbers.length === 0
      ? []
      : [all([absent('user.name'), absent('user.effective.name'), anyOf('user.id', numbers)])]),
  ]);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
