/** Data key files: one line `akashi-data-key <id> <base64 of 32 bytes>` for each key; empty lines and # lines are skipped. */
export function parseDataKeys(text: string): Map<string, Buffer> | null {
  const keys = new Map<string, Buffer>();
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const [word, id = '', encoded = '', ...rest] = trimmed.split(/\s+/);
    const key = Buffer.from(encoded, 'base64');
    if (word !== 'akashi-data-key' || id === '' || key.length !== 32 || rest.length > 0) return null;
    keys.set(id, key);
  }
  return keys.size === 0 ? null : keys;
}
