import { createMasker } from '@akashi/masking';
import { AppError } from '@akashi/server-kit';

export interface RequestTarget {
  logGroup: string;
  logStream: string;
}

/** The rule of CloudWatch Logs, for groups and streams alike. */
const nameForm = /^[.\-_/#A-Za-z0-9]{1,512}$/;
const pathForm = /^\/v1\/log-groups\/(.+?)\/log-streams\/(.+)\/records\/?$/;
const names = createMasker({ version: 'names', keep: 'none' });

/**
 * Group and stream out of a request's path. Names contain "/", which may come as it is or as %2F; a name that itself
 * contains "/log-streams/" needs the latter.
 */
export function readRequestTarget(url: string): RequestTarget | undefined {
  const path = url.split('?', 1)[0] ?? '';
  const [, group, stream] = pathForm.exec(path) ?? [];
  if (group === undefined || stream === undefined) return undefined;
  return { logGroup: decodeName(group, 'log group'), logStream: decodeName(stream, 'log stream') };
}

function decodeName(encoded: string, what: string): string {
  let name: string;
  try {
    name = decodeURIComponent(encoded);
  } catch {
    throw new AppError('name-invalid', { detail: `The ${what} name is not valid percent-encoding.` });
  }
  if (!nameForm.test(name)) {
    throw new AppError('name-invalid', {
      detail: `A ${what} name has 1 to 512 characters of A-Z a-z 0-9 . - _ / #`,
      params: { minimum: 1, maximum: 512 },
    });
  }
  // Names stand in PostgreSQL, in URLs and in the sealed origin, where nothing is masked any more.
  if (looksLikeCardNumber(name)) {
    throw new AppError('name-invalid', {
      detail: `The ${what} name contains a number that looks like a card number.`,
      reason: 'name-looks-like-card-number',
    });
  }
  return name;
}

const rememberedNames = new Set<string>();
const maxRememberedNames = 10_000;

function looksLikeCardNumber(name: string): boolean {
  if (rememberedNames.has(name)) return false;
  if (names.maskText(name) !== name) return true;
  if (rememberedNames.size < maxRememberedNames) rememberedNames.add(name);
  return false;
}

/** A text for the sealed origin, such as a path: card numbers in it are masked, because origins are not masked later. */
export function maskOriginText(text: string): string {
  return names.maskText(text);
}
