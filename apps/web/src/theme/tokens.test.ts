import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrastRatio } from './contrast.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function tokensOf(selector: string): Map<string, string> {
  const body = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? '';
  return new Map(
    [...body.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
  );
}

const grounds = ['ground', 'raised', 'sunken', 'selection'];
const textTokens = ['text', 'muted', 'accent', 'good', 'attention', 'bad'];
const iconTokens = ['edge', 'seal', 'chart-1', 'chart-2', 'chart-3', 'chart-4', 'chart-5'];

describe.each([
  ['light', ':root'],
  ['dark', '.dark'],
])('%s theme', (_theme, selector) => {
  const tokens = tokensOf(selector);
  const ratio = (first: string, second: string) => contrastRatio(tokens.get(first) ?? '', tokens.get(second) ?? '');

  it.each(grounds.flatMap((ground) => textTokens.map((text) => [text, ground] as const)))(
    'keeps %s readable on %s',
    (text, ground) => {
      expect(ratio(text, ground)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(['ground', 'raised', 'sunken'])('keeps faint text readable on %s', (ground) => {
    expect(ratio('faint', ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(grounds.flatMap((ground) => iconTokens.map((icon) => [icon, ground] as const)))(
    'keeps %s visible on %s',
    (icon, ground) => {
      expect(ratio(icon, ground)).toBeGreaterThanOrEqual(3);
    },
  );

  it('keeps text on the accent readable', () => {
    expect(ratio('on-accent', 'accent')).toBeGreaterThanOrEqual(4.5);
  });

  it('defines the same names as the other theme', () => {
    expect([...tokens.keys()]).toEqual([...tokensOf(':root').keys()]);
  });
});
