import { beforeEach, describe, expect, it } from 'vitest';
import { draftsOf, readFields } from './drafts.ts';

const kept = new Map<string, string>();
const store = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, text: string) => void kept.set(key, text),
  removeItem: (key: string) => void kept.delete(key),
};

beforeEach(() => kept.clear());

describe('drafts', () => {
  it('belong to a person and a place', () => {
    draftsOf('sato', store).keep('item:1', 'checked with the');
    expect(draftsOf('sato', store).read('item:1')).toBe('checked with the');
    expect(draftsOf('suzuki', store).read('item:1')).toBe(null);
    expect(draftsOf('sato', store).read('item:2')).toBe(null);
  });

  it('are gone once they are sent or emptied', () => {
    const drafts = draftsOf('sato', store);
    drafts.keep('item:1', 'text');
    drafts.keep('item:1', '');
    expect(kept.size).toBe(0);
  });

  it('never hold a card number, and keep nothing of the text that had one', () => {
    const drafts = draftsOf('sato', store);
    drafts.keep('item:1', 'the card ');
    drafts.keep('item:1', 'the card 4111 1111 1111 1111 was in a line');
    expect([...kept.values()].join()).not.toContain('4111');
    expect(drafts.read('item:1')).toBe(null);
  });

  it('do without a browser that has no room', () => {
    const full = {
      ...store,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    expect(() => draftsOf('sato', full).keep('item:1', 'text')).not.toThrow();
  });

  it('are read as fields, whatever was kept', () => {
    expect(readFields('{"comment":"a","number":3}')).toEqual({ comment: 'a' });
    expect(readFields('not json')).toEqual({});
    expect(readFields('[]')).toEqual({});
    expect(readFields(null)).toEqual({});
  });
});
