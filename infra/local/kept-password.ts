import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A password that this installation made for itself at its first start; it stays beside the other keys (0600). */
export function keptPassword(home: string, name: string): string {
  const path = join(home, 'keys', name);
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(path, 'utf8');
}
