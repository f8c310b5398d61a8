import { describe, expect, it } from 'vitest';
import { commands, type CommandId } from './commands.ts';
import { matchKeys, type KeyTarget } from './match-keys.ts';

const plain = { ctrlKey: false, metaKey: false, altKey: false, isComposing: false, keyCode: 0 };
const bound = new Set<CommandId>(commands.map(({ id }) => id));
const match = (key: string, change: { target?: KeyTarget; prefix?: string | null; singleKeys?: boolean } = {}) =>
  matchKeys({ ...plain, key }, { target: 'page', prefix: null, singleKeys: true, bound, ...change });

describe('matchKeys', () => {
  it('finds single keys, sequences and modified keys', () => {
    expect(match('/')).toEqual({ kind: 'command', id: 'query.focus' });
    expect(match('g')).toEqual({ kind: 'prefix', key: 'g' });
    expect(match('s', { prefix: 'g' })).toEqual({ kind: 'command', id: 'go.sources' });
    expect(
      matchKeys({ ...plain, key: 'K', metaKey: true }, { target: 'text', prefix: null, singleKeys: true, bound }),
    ).toEqual({
      kind: 'command',
      id: 'palette.open',
    });
  });

  it('stays out of text, of composition and of the Enter of controls', () => {
    expect(match('j', { target: 'text' }).kind).toBe('none');
    expect(match('Enter', { target: 'control' }).kind).toBe('none');
    expect(match('j', { target: 'control' }).kind).toBe('command');
    const options = { target: 'page' as const, prefix: null, singleKeys: true, bound };
    expect(matchKeys({ ...plain, key: 'Enter', isComposing: true }, options).kind).toBe('none');
    expect(matchKeys({ ...plain, key: 'Enter', keyCode: 229 }, options).kind).toBe('none');
  });

  it('leaves single characters alone when they are switched off, but not Escape', () => {
    expect(match('j', { singleKeys: false }).kind).toBe('none');
    expect(match('Escape', { singleKeys: false }).kind).toBe('command');
  });

  it('offers only what is bound here', () => {
    expect(
      matchKeys({ ...plain, key: 'j' }, { target: 'page', prefix: null, singleKeys: true, bound: new Set() }).kind,
    ).toBe('none');
  });

  it.each(['search', 'review'] as const)('gives no key two meanings on one page (%s)', (page) => {
    const groups = new Set([page, 'results', 'everywhere']);
    const keys = commands.filter(({ group }) => groups.has(group)).flatMap((command) => command.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
