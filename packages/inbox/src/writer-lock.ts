import { readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasErrorCode } from '@akashi/durable-files';
import { InboxError } from './inbox-error.ts';

/** A process id alone can be reused after a crash; with its start time it cannot. */
function identityOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`;
  } catch (cause) {
    if (!hasErrorCode(cause, 'ENOENT', 'ESRCH')) throw cause;
  }
  try {
    process.kill(pid, 0);
    return `${pid} -`;
  } catch {
    return undefined;
  }
}

/**
 * One writer process per inbox directory, because recovery closes every open segment it finds. The lock of a process
 * that is gone is taken over.
 */
export async function takeWriterLock(dir: string): Promise<() => Promise<void>> {
  const path = join(dir, 'writer.lock');
  const own = identityOf(process.pid) ?? `${process.pid} -`;
  const holder = await readFile(path, 'latin1').catch((cause: unknown) => {
    if (hasErrorCode(cause, 'ENOENT')) return '';
    throw cause;
  });
  const pid = Number.parseInt(holder, 10);
  if (holder !== own && pid > 0 && identityOf(pid) === holder) {
    throw new InboxError('inbox-in-use', `process ${pid} already writes to the inbox ${dir}`);
  }
  await writeFile(`${path}.${process.pid}`, own, { mode: 0o600 });
  await rename(`${path}.${process.pid}`, path);
  return async () => {
    await unlink(path).catch((cause: unknown) => {
      if (!hasErrorCode(cause, 'ENOENT')) throw cause;
    });
  };
}
