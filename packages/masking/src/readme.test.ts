import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createMasker } from './index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const rows = [...readme.matchAll(/^\| (.+?) \| .+? \| `(.+?)`\s*\| `(.+?)`\s*\|$/gm)].map((row) => row.slice(1));

describe('the table of rules in the README', () => {
  it('is there', () => expect(rows.length).toBeGreaterThanOrEqual(12));

  it.each(rows)('%s: %s becomes %s', (rule, example, result) => {
    const masker = createMasker({ version: '1', keep: 'first6last4' });
    const masked = masker.mask(Buffer.from(example ?? ''));
    expect(masked?.record.toString() ?? example).toBe(result);
    expect(masked?.notes.map((note) => `\`${note.rule}\``)[0] ?? '–').toBe(rule?.trim());
  });
});
