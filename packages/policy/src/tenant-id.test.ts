import { assert, property, string, uuid } from 'fast-check';
import { expect, it } from 'vitest';
import { isTenantId, tenantId } from './tenant-id.ts';

it('is a lower-case UUID, and nothing that could leave a path, a key or a statement', () => {
  assert(
    property(uuid(), (id) => {
      expect(tenantId(id)).toBe(id);
    }),
  );
  assert(
    property(string(), (text) => {
      expect(isTenantId(text)).toBe(false);
    }),
  );
  const id = '0192f0c0-0000-7000-8000-00000000000a';
  for (const wrong of [id.toUpperCase(), `${id}/`, `../${id}`, ` ${id}`, `${id}\n`, id.replace('-', ''), '*', ''])
    expect(() => tenantId(wrong), wrong).toThrow(RangeError);
});
