/** What a process did to files, from a record of strace with every string in hexadecimal. */
export type FileOperation =
  | { readonly kind: 'folder' | 'file' | 'unlink' | 'sync'; readonly path: string }
  | { readonly kind: 'rename' | 'link'; readonly path: string; readonly to: string }
  /** Null: behind the bytes that are there. */
  | { readonly kind: 'write'; readonly path: string; readonly bytes: Buffer; readonly at: number | null }
  | { readonly kind: 'truncate'; readonly path: string; readonly length: number }
  | { readonly kind: 'acknowledged'; readonly what: string };

export const recordedCalls = [
  'openat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir',
  'write,writev,pwrite64,pwritev,ftruncate,fsync,fdatasync',
].join(',');

function decodeHex(text: string): Buffer {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex');
}

interface Call {
  readonly name: string;
  readonly text: string;
  readonly result: number;
  readonly strings: readonly Buffer[];
  /** The file behind the descriptor, as strace tells it. */
  readonly file: string;
}

function* completedCalls(record: string): Generator<Call, void, undefined> {
  const begun = new Map<string, string>();
  for (const line of record.split('\n')) {
    const [, thread = '', rest = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    if (rest.endsWith('<unfinished ...>')) {
      begun.set(thread, rest.slice(0, -'<unfinished ...>'.length));
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest);
    const text = resumed === null ? rest : `${begun.get(thread) ?? ''}${resumed[1] ?? ''}`;
    const [, name, result] = /^(\w+)\(.*\)\s+= (-?\d+)/.exec(text) ?? [];
    if (name === undefined || Number(result) < 0) continue;
    yield {
      name,
      text,
      result: Number(result),
      strings: [...text.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map((match) => decodeHex(match[1] ?? '')),
      file: decodeHex(/^\w+\(\d+<([^>]*)>/.exec(text)?.[1] ?? '').toString(),
    };
  }
}

function operationOf({ name, text, result, strings, file }: Call): FileOperation | null {
  const [first = '', second = ''] = strings.map(String);
  switch (name) {
    case 'mkdir':
    case 'mkdirat':
      return { kind: 'folder', path: first };
    case 'openat':
      return text.includes('O_CREAT') ? { kind: 'file', path: first } : null;
    case 'rename':
    case 'renameat':
    case 'renameat2':
      return { kind: 'rename', path: first, to: second };
    case 'link':
    case 'linkat':
      return { kind: 'link', path: first, to: second };
    case 'unlink':
    case 'unlinkat':
    case 'rmdir':
      return { kind: 'unlink', path: first };
    case 'ftruncate':
      return { kind: 'truncate', path: file, length: Number(/, (\d+)\s*\)/.exec(text)?.[1]) };
    case 'fsync':
    case 'fdatasync':
      return { kind: 'sync', path: file };
    default: {
      const bytes = Buffer.concat(strings).subarray(0, result);
      const said = /^acknowledged (.*)\n$/.exec(bytes.toString())?.[1];
      if (said !== undefined) return { kind: 'acknowledged', what: said };
      const at = name.startsWith('pwrite') ? Number(/, (\d+)\s*\)\s+= \d+/.exec(text)?.[1]) : null;
      return { kind: 'write', path: file, bytes, at };
    }
  }
}

/** The operations below a folder, and what was acknowledged, in the order in which they ended. */
export function readRecord(record: string, folder: string): FileOperation[] {
  const operations: FileOperation[] = [];
  for (const call of completedCalls(record)) {
    const operation = operationOf(call);
    if (operation === null) continue;
    const isBelow = operation.kind === 'acknowledged' || `${operation.path}/`.startsWith(`${folder}/`);
    if (isBelow) operations.push(operation);
  }
  return operations;
}
