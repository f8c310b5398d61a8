import { readFile } from 'node:fs/promises';

/**
 * Messages that the kernel dropped on the sockets of a UDP port, out of a text in the form of /proc/net/udp: the local
 * port stands in hexadecimal in the second column, the drop counter in the last.
 */
export function sumKernelDrops(table: string, port: number): number {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  let drops = 0;
  for (const line of table.split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/);
    if (columns[1]?.endsWith(suffix) === true) drops += Number(columns.at(-1));
  }
  return drops;
}

/** 0 where the kernel does not tell (other systems than Linux). */
export async function readKernelDrops(port: number): Promise<number> {
  const tables = await Promise.all(
    ['/proc/net/udp', '/proc/net/udp6'].map((path) => readFile(path, 'latin1').catch(() => '')),
  );
  return tables.reduce((sum, table) => sum + sumKernelDrops(table, port), 0);
}
