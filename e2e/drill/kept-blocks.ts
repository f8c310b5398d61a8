import { openSync, closeSync, readSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { MovedInstallation } from './moved-installation.ts';

const headerBytes = 4_096;

/** A block as its object says of itself, read without any of the product's code. */
export interface KeptBlock {
  readonly key: string;
  readonly number: number;
  readonly policy: string;
  /** Until when it must stay; null for ever. */
  readonly keepUntil: Date | null;
}

function readStart(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(headerBytes);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, headerBytes, 0));
  } finally {
    closeSync(file);
  }
}

/** Every block whose object lies in the archive's folder. */
export function keptBlocks(folder: string): KeptBlock[] {
  const names = readdirSync(join(folder, 'blocks'), { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => entry.isFile() && entry.name.endsWith('.akb'))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const text = readStart(path);
      const value = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? '';
      const until = new Date(value('keep-until'));
      return {
        key: relative(folder, path),
        number: Number(value('block')),
        policy: value('policy'),
        keepUntil: Number.isNaN(until.getTime()) ? null : until,
      };
    });
}

/** Numbers of the blocks that legal holds in force meet, asked of the tables. */
export async function heldBlocks(moved: MovedInstallation): Promise<Set<number>> {
  const rows = await moved.ask<{ number: string }>(
    `SELECT DISTINCT b.number FROM block b
     JOIN block_log_group g ON g.tenant_id = b.tenant_id AND g.block_number = b.number
     JOIN legal_hold h ON h.tenant_id = b.tenant_id AND h.lifted_at IS NULL
     WHERE b.tenant_id = $1
       AND (h.log_groups = '{}' OR EXISTS (SELECT FROM unnest(h.log_groups) AS p WHERE g.log_group LIKE replace(p, '*', '%')))
       AND (h.from_at IS NULL OR g.last_received_us >= extract(epoch FROM h.from_at) * 1000000)
       AND (h.to_at IS NULL OR g.first_received_us < extract(epoch FROM h.to_at) * 1000000)`,
    [moved.drill.tenant.id],
  );
  return new Set(rows.map(({ number }) => Number(number)));
}
