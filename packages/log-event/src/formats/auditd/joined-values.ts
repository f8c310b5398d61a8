/** What several records of one event say together: the command with its arguments, the file that a call was about. */

import type { AuditRecord } from './audit-record.ts';
import { joinParts } from '../../join-parts.ts';

const maxArguments = 256;

/** Arguments of EXECVE, else what a program says that it ran, else the title that the process gave itself. */
export function commandOf(records: readonly AuditRecord[]): string | undefined {
  const parts = records.filter(({ type }) => type === 'EXECVE').flatMap(argumentsOf);
  if (parts.length > 0) return joinParts(parts);
  for (const key of ['cmd', 'proctitle']) {
    const found = records.find(({ pairs }) => pairs.has(key))?.pairs.get(key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `a0="ls" a1="-l"`; a long one comes in pieces, `a1_len=9000 a1[0]=… a1[1]=…`. */
function argumentsOf({ pairs }: AuditRecord): string[] {
  const found: string[] = [];
  for (let index = 0; index < maxArguments; index++) {
    const whole = pairs.get(`a${index}`);
    const piece = whole ?? piecesOf(pairs, index);
    if (piece === undefined) {
      // An empty argument is not kept; a later record goes on with a higher number.
      if (found.length > 0 && !pairs.has(`a${index + 1}`)) break;
      continue;
    }
    found.push(piece);
  }
  return found;
}

function piecesOf(pairs: ReadonlyMap<string, string>, index: number): string | undefined {
  const pieces: string[] = [];
  for (let piece = pairs.get(`a${index}[0]`); piece !== undefined; piece = pairs.get(`a${index}[${pieces.length}]`))
    pieces.push(piece);
  return pieces.length === 0 ? undefined : joinParts(pieces, '');
}

export interface AuditPath {
  readonly path: string;
  /** The new name of a file that was renamed or linked. */
  readonly target: string | undefined;
  readonly nameType: string;
  readonly labels: ReadonlyArray<readonly [string, string]>;
}

/** From the most telling kind of name to the least. */
const order = ['DELETE', 'CREATE', 'NORMAL', 'UNKNOWN', 'PARENT'];

/** The file that an event was about: a name that was deleted or made before one that was only looked at. */
export function pathOf(records: readonly AuditRecord[]): AuditPath | undefined {
  const cwd = records.find(({ type }) => type === 'CWD')?.pairs.get('cwd');
  const paths = records.filter(({ type }) => type === 'PATH');
  const named = paths.filter(({ pairs }) => pairs.has('name'));
  const sorted = named.toSorted((a, b) => rank(a) - rank(b) || itemOf(a) - itemOf(b));
  const [first] = sorted;
  if (first === undefined) {
    const name = records.find(({ type, pairs }) => isNamed(type, pairs))?.pairs;
    const path = name?.get('path') ?? name?.get('name') ?? name?.get('dir');
    return path === undefined ? undefined : { path, target: undefined, nameType: '', labels: [] };
  }
  const nameType = nameTypeOf(first);
  const created = nameType === 'DELETE' ? sorted.find((record) => nameTypeOf(record) === 'CREATE') : undefined;
  const labels = ['nametype', 'mode', 'ouid', 'ogid', 'inode'].flatMap((key) => {
    const value = first.pairs.get(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return {
    path: absolute(first.pairs.get('name') ?? '', cwd),
    target: created === undefined ? undefined : absolute(created.pairs.get('name') ?? '', cwd),
    nameType,
    labels,
  };
}

/** `name` of others than PATH is a file's in what security modules and integrity checks write. */
function isNamed(type: string, pairs: ReadonlyMap<string, string>): boolean {
  if (pairs.has('path')) return true;
  return (
    (pairs.has('name') || pairs.has('dir')) &&
    (type === 'AVC' || type === 'CONFIG_CHANGE' || type.startsWith('INTEGRITY_') || type.startsWith('APPARMOR'))
  );
}

function nameTypeOf({ pairs }: AuditRecord): string {
  return pairs.get('nametype') ?? pairs.get('objtype') ?? 'NORMAL';
}

function rank(record: AuditRecord): number {
  const at = order.indexOf(nameTypeOf(record));
  return at < 0 ? order.length : at;
}

function itemOf({ pairs }: AuditRecord): number {
  return Number(pairs.get('item') ?? 0);
}

function absolute(name: string, cwd: string | undefined): string {
  if (name.startsWith('/') || cwd === undefined || name === '') return name;
  return `${cwd.endsWith('/') ? cwd : `${cwd}/`}${name.startsWith('./') ? name.slice(2) : name}`;
}
