import { describe, expect, it } from 'vitest';
import { AllCreated, AnswerSerializer, readAllCreated } from './bulk-answer.ts';

const created = { create: { status: 201 } };
const answer = (items: readonly object[], errors = false): string => JSON.stringify({ errors, items });

describe('an answer by its text', () => {
  it.each([1, 2, 4_500])('counts %d items of which every one was created', (count) => {
    const text = answer(Array.from({ length: count }, () => created));
    expect(readAllCreated(text)).toEqual(new AllCreated(count));
  });

  it.each([
    ['nothing', ''],
    ['no item', answer([])],
    ['errors', answer([created], true)],
    ['another status', answer([created, { create: { status: 409 } }])],
    ['a cut text', answer([created, created]).slice(0, -1)],
    ['a longer text', `${answer([created])} `.padEnd(answer([created, created]).length)],
    ['another order', JSON.stringify({ items: [created], errors: false })],
  ])('says nothing of one with %s', (_, text) => {
    expect(readAllCreated(text)).toBeUndefined();
  });

  it('reads every other text as JSON', () => {
    const serializer = new AnswerSerializer();
    const mixed = [created, { create: { status: 400, error: { type: 'mapper_parsing_exception' } } }];
    expect(serializer.deserialize(answer(mixed, true))).toEqual({ errors: true, items: mixed });
    expect(serializer.deserialize(answer([created]))).toBeInstanceOf(AllCreated);
    expect(() => serializer.deserialize('{')).toThrow();
  });
});
