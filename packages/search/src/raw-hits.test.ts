import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readRawHits } from './raw-hits.ts';

const answerOf = (hits: readonly string[]): Buffer =>
  Buffer.from(`{"pit_id":"a\\"b","took":1,"_shards":{"total":1},"hits":{"max_score":null,"hits":[${hits.join(',')}]}}`);

it('gives each document as it stands in the answer, whatever stands in it', () => {
  const document = fc.json().map((value) => `{ "record": ${value},"sort":[1],"_source":{"hits":[]} }`);
  const id = fc.string({ unit: 'binary', maxLength: 20 });
  fc.assert(
    fc.property(fc.array(fc.tuple(id, document), { maxLength: 8 }), (pairs) => {
      const hits = pairs.map(
        ([name, source], at) =>
          `{"_index":"i","_id":${JSON.stringify(name)},"_score":null,"_source":${source},"sort":["s",${at}]}`,
      );
      const found = readRawHits(answerOf(hits));
      expect(found.map((hit) => [hit.id, hit.source.toString(), hit.sort])).toEqual(
        pairs.map(([name, source], at) => [Buffer.from(name).toString(), source, ['s', at]]),
      );
    }),
  );
});

it('refuses what is no whole answer', () => {
  const whole = answerOf(['{"_id":"a","_source":{"b":"}"}}']);
  expect(readRawHits(whole)).toHaveLength(1);
  for (let length = 0; length < whole.length - 2; length++)
    expect(() => readRawHits(whole.subarray(0, length)), String(length)).toThrow(SyntaxError);
  expect(() => readRawHits(answerOf(['{"_id":"a"}']))).toThrow(SyntaxError);
  expect(() => readRawHits(Buffer.from('{"took":1}'))).toThrow(SyntaxError);
});
