import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosenValues, onlyValue, toggleValue } from './facet-values.ts';
import { matches } from './matches.ts';
import { parseQuery } from './parse-query.ts';

const field = 'host.name';
const toggle = (text: string, value: string, negate = false) => toggleValue(text, { field, value, negate });
const chosen = (text: string) => {
  const parsed = parseQuery(text);
  return parsed.ok ? chosenValues(parsed.tree, field) : undefined;
};

describe('values of one field', () => {
  it('are alternatives, and fields are joined with AND', () => {
    expect(toggle('', 'web01')).toBe('host.name:web01');
    expect(toggle('host.name:web01', 'web02')).toBe('host.name:(web01 OR web02)');
    expect(toggle('host.name:(web01 OR web02)', 'web01')).toBe('host.name:web02');
    expect(toggle('host.name:web01', 'web01')).toBe('');
    expect(toggle('failed host.name:web01 user.name:root', 'web02')).toBe(
      'failed AND host.name:(web01 OR web02) AND user.name:root',
    );
  });

  it('are left out one by one, never both in and out', () => {
    expect(toggle('host.name:web01', 'web02', true)).toBe('host.name:web01 AND NOT host.name:web02');
    expect(toggle('host.name:(web01 OR web02)', 'web02', true)).toBe('host.name:web01 AND NOT host.name:web02');
    expect(toggle('NOT host.name:web02', 'web02')).toBe('host.name:web02');
    expect(toggle('NOT host.name:web02', 'web02', true)).toBe('');
  });

  it('can be the only one, and leave other kinds of condition on the field as they are', () => {
    expect(onlyValue('a host.name:(web01 OR web02) -host.name:db01', { field, value: 'web03' })).toBe(
      'a AND host.name:web03',
    );
    expect(toggle('host.name:web*', 'web02')).toBe('host.name:web* AND host.name:web02');
    expect(toggle('host.name:web01 OR user.name:root', 'web02')).toBe(
      '(host.name:web01 OR user.name:root) AND host.name:web02',
    );
  });

  it('are read from what was typed', () => {
    expect(chosen('host.name:(web01 OR web02) AND NOT host.name:"db 1"')).toEqual({
      included: ['web01', 'web02'],
      excluded: ['db 1'],
    });
    expect(chosen('host.name:web* OR host.name:db01')).toEqual({ included: [], excluded: [] });
    expect(toggleValue('', { field: 'http.response.status_code', value: 404 })).toBe('http.response.status_code:404');
    expect(toggle('a AND', 'web01')).toBeUndefined();
  });

  it('find the events of any chosen value, whatever the values are', () => {
    const value = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(fc.uniqueArray(value, { minLength: 1, maxLength: 5 }), value, (values, other) => {
        const text = values.reduce<string | undefined>((query, each) => query && toggle(query, each), '*') ?? '';
        const parsed = parseQuery(text);
        expect(parsed.ok).toBe(true);
        if (!parsed.ok) return;
        for (const each of values) expect(matches(parsed.tree, { [field]: each })).toBe(true);
        expect(matches(parsed.tree, { [field]: other })).toBe(values.includes(other));
        expect(values.reduce<string | undefined>((query, each) => toggle(query ?? '', each), text)).toBe('');
      }),
    );
  });
});
