import { describe, expect, it } from 'vitest';
import { labelName } from './event-draft.ts';

const names: [key: string, name: string][] = [
  ['order_id', 'order_id'],
  ['a b', 'a_b'],
  ['a..b', 'a._.b'],
  ['a=b', 'a_b'],
  ['_value', '__value'],
  ['_valueAndPath', '__valueAndPath'],
  ['_valueAndPath.x', '__valueAndPath.x'],
  ['_values', '_values'],
  ['__proto__', '_proto_'],
];

describe('labelName', () => {
  it.each(names)('%s becomes %s', (key, name) => {
    expect(labelName(key)).toBe(name);
  });
});
