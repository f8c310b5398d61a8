import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatQuery } from './format-query.ts';
import { parseQuery } from './parse-query.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const examples = readme
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => [...(line.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''));
const refused = [
  ...(/is refused with[^]*?:\s+([^]*?)\.\n/.exec(readme.slice(readme.indexOf('What can')))?.[1] ?? '').matchAll(
    /`([^`]+)`/g,
  ),
];

describe('README', () => {
  it.each(examples)('%s can be read', (query) => {
    const parsed = parseQuery(query);
    expect(parsed).toMatchObject({ ok: true });
    expect(parsed.ok && parseQuery(formatQuery(parsed.tree))).toMatchObject({
      ok: true,
      tree: parsed.ok && parsed.tree,
    });
  });

  it('names queries that are refused', () => {
    expect(refused.length).toBeGreaterThan(3);
    for (const [, query = ''] of refused) expect(parseQuery(query)).toMatchObject({ ok: false });
  });

  it('shows enough', () => {
    expect(examples.length).toBeGreaterThan(20);
  });
});
