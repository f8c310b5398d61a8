import { describe, expect, it } from 'vitest';
import { RecordSink } from './record-sink.ts';

function filled(records: number, recordBytes: number): RecordSink {
  const sink = new RecordSink();
  for (let count = 0; count < records; count += 1) {
    const record = Buffer.alloc(recordBytes, `${count} `);
    sink.add(record, 0, record.length);
  }
  return sink;
}

describe('the records of a large body', () => {
  it('are one list in the end, in their order', async () => {
    const sink = filled(5_000, 1_000);
    const lists = sink.lists();
    expect(lists.length).toBeGreaterThan(3);
    const whole = Buffer.concat(lists.map(({ encoded }) => encoded));
    const { count, recordBytes, encoded } = await sink.finish();
    expect([count, recordBytes]).toEqual([5_000, 5_000_000]);
    expect(encoded.equals(whole)).toBe(true);
  });

  it('are counted over all lists', () => {
    const sink = filled(199_999, 20);
    const record = Buffer.from('x');
    sink.add(record, 0, 1);
    expect(sink.count).toBe(200_000);
    expect(() => sink.add(record, 0, 1)).toThrow(expect.objectContaining({ code: 'too-large' }));
  });
});
