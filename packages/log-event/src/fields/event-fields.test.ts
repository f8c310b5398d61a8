import { describe, expect, it } from 'vitest';
import { eventFields, resolveFieldName } from './event-fields.ts';

describe('field catalogue', () => {
  it('gives every name and alias one meaning, in any case', () => {
    const owners = new Map<string, string>();
    for (const [name, field] of Object.entries(eventFields)) {
      for (const word of [name, ...(field.aliases ?? [])]) {
        expect(owners.get(word.toLowerCase()) ?? name, word).toBe(name);
        owners.set(word.toLowerCase(), name);
        expect(resolveFieldName(word.toUpperCase())).toBe(name);
      }
      expect(field.label.ja).not.toBe('');
      expect(field.label.en).not.toBe('');
    }
    expect(resolveFieldName('no.such')).toBeUndefined();
    expect(resolveFieldName('__proto__')).toBeUndefined();
  });

  it('has no name that is both a value and an object', () => {
    const names = Object.keys(eventFields);
    for (const name of names) expect(names.filter((other) => other.startsWith(`${name}.`))).toEqual([]);
  });

  it('knows the short names that people type', () => {
    expect(['status', 'user', 'ip', 'host', '利用者', 'level'].map(resolveFieldName)).toEqual([
      'http.response.status_code',
      'user.name',
      'source.ip',
      'host.name',
      'user.name',
      'log.level',
    ]);
  });
});
