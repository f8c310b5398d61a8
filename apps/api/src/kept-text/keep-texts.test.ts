import { cardData } from '@akashi/contracts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CardDataRefusal, keepTexts } from './keep-texts.ts';

const number = '4556 7345 0008 5943';
const masked = '4556 73** **** 5943';

const schema = z.strictObject({
  name: z.string().max(100).default(''),
  reason: cardData('masked', z.string().trim()).nullable().default(null),
  secret: cardData('not-kept', z.string()).optional(),
  list: z.array(z.strictObject({ note: cardData('masked', z.string()), label: z.string() })).default([]),
  proof: z
    .union([z.strictObject({ code: cardData('not-kept', z.string()) }), z.strictObject({ text: z.string() })])
    .optional(),
  free: z.record(z.string(), z.unknown()).default({}),
});

function refusedAt(value: unknown): string | undefined {
  try {
    keepTexts(schema, schema.parse(value));
    return undefined;
  } catch (error) {
    if (error instanceof CardDataRefusal) return error.path;
    throw error;
  }
}

describe('the texts of a request', () => {
  it('are masked where they are prose, and left alone where they are not kept', () => {
    const value = {
      reason: number,
      secret: number,
      list: [{ note: number, label: 'a' }],
      proof: { code: '4556734500085943' },
    };
    expect(keepTexts(schema, schema.parse(value))).toEqual({
      name: '',
      reason: masked,
      secret: number,
      list: [{ note: masked, label: 'a' }],
      proof: { code: '4556734500085943' },
      free: {},
    });
  });

  it.each([
    ['name', { name: number }],
    ['list.0.label', { list: [{ note: '', label: '4556-7345-0008-5943' }] }],
    ['proof.text', { proof: { text: number } }],
    ['free.deep.0', { free: { deep: [number] } }],
    ['free.quota', { free: { quota: 4556734500085943 } }],
    ['free', { free: { [number]: 1 } }],
  ])('are refused elsewhere, also where no schema says anything: %s', (path, value) => {
    expect(refusedAt(value)).toBe(path);
  });

  it('are refused in path parameters, which have no schema; ids are let through', () => {
    expect(() => keepTexts(undefined, '4556734500085943')).toThrow(CardDataRefusal);
    const id = '41111111-1111-4111-8a1b-0123456789ab';
    expect(keepTexts(undefined, { id })).toEqual({ id });
  });
});
