import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameSplitter, type OnRecord, trimEnd } from './frame-splitter.ts';
import { LineRoom } from './line-room.ts';

interface Split {
  text: string;
  flags: number;
}

function split(chunks: Buffer[], maxRecordBytes = 64, room?: LineRoom): Split[] {
  const records: Split[] = [];
  const add: OnRecord = (source, { start, end, flags }) => {
    records.push({ text: source.toString('latin1', start, end), flags });
  };
  const splitter = new FrameSplitter(maxRecordBytes, add, room);
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  expect(splitter.hasPartialFrame).toBe(false);
  return records;
}

function texts(stream: string): string[] {
  return split([Buffer.from(stream)]).map((record) => record.text);
}

function counted(message: string): string {
  return `${Buffer.byteLength(message)} ${message}`;
}

describe('framing', () => {
  it('reads LF framing, CR and NUL at the end left out, empty lines too', () => {
    expect(texts('<13>a\n<13>b\r\n\n\r\n<13>c\0\n<13>unfinished')).toEqual([
      '<13>a',
      '<13>b',
      '<13>c',
      '<13>unfinished',
    ]);
  });

  it('reads octet counting, also with line feeds inside', () => {
    const multiline = '<13>1 - h a - - - line one\nline two';
    expect(texts(counted(multiline) + counted('<13>b\n') + counted('<13>日本'))).toEqual([
      multiline,
      '<13>b',
      Buffer.from('<13>日本').toString('latin1'),
    ]);
  });

  it('decides for each frame, so that both may come on one connection', () => {
    expect(texts(`<13>a\n${counted('<13>b')}<13>c\n${counted('<13>d')}`)).toEqual(['<13>a', '<13>b', '<13>c', '<13>d']);
  });

  it('takes a line that begins with digits as a line', () => {
    const lines = [
      '2026-11-22 10:00:00 started',
      '17 bottles',
      '200 <html>',
      '200 <1234>',
      '0 <13>x',
      '123456789 <13>x',
      '42',
      '42 ',
    ];
    expect(texts(`${lines.join('\n')}\n`)).toEqual(lines);
  });

  it('reads counts with leading zeros, and a count behind a byte order mark', () => {
    expect(texts('006 <13>ab005 <13>c')).toEqual(['<13>ab', '<13>c']);
    expect(texts('\ufeff6 <13>ab5 <13>c')).toEqual(['<13>ab', '<13>c']);
    const marked = '\ufeff<13>a';
    expect(texts(`${marked}\n<13>b\n`)).toEqual([Buffer.from(marked).toString('latin1'), '<13>b']);
  });

  it('ends a message at NUL as well, as senders do that have no line ends', () => {
    expect(texts('<13>a\0<13>b\0\n<13>c\n\0<13>d\0')).toEqual(['<13>a', '<13>b', '<13>c', '<13>d']);
    expect(texts('\ufeff<13>a\0<13>b')).toHaveLength(2);
    expect(texts('no priority\0here\n')).toEqual(['no priority\0here']);
    const counted5 = '7 <13>a\0b';
    expect(texts(counted5)).toEqual(['<13>a\0b']);
  });

  it('gives up waiting for the end of a line, never for the rest of a count', () => {
    const taken: string[] = [];
    const splitter = new FrameSplitter(64, (source, { start, end }) =>
      taken.push(source.toString('latin1', start, end)),
    );
    expect(splitter.endLine()).toBe(false);
    splitter.push(Buffer.from('<13>a\n<13>no end'));
    expect(splitter.endLine()).toBe(true);
    splitter.push(Buffer.from('<13>b\n20 <13>rest'));
    expect(splitter.endLine()).toBe(false);
    splitter.end();
    expect(taken).toEqual(['<13>a', '<13>no end', '<13>b', '<13>rest']);
  });

  it('loses no more than the frame whose count is wrong', () => {
    expect(texts('5 <13>abc\n<13>next\n')).toEqual(['<13>a', 'bc', '<13>next']);
  });

  it('keeps over-long messages as marked parts, cut between characters', () => {
    const long = `<13>${'x'.repeat(59)}é${'y'.repeat(100)}`;
    for (const stream of [`${long}\n<13>z\n`, `${counted(long)}<13>z\n`]) {
      const records = split([Buffer.from(stream)]);
      expect(records.map((record) => record.flags)).toEqual([2, 3, 1, 0]);
      expect(records[0]?.text).toHaveLength(63);
      expect(
        records
          .slice(0, 3)
          .map((record) => record.text)
          .join(''),
      ).toBe(Buffer.from(long).toString('latin1'));
    }
  });

  it('gives up to four parts of a message together while there is room, and the room back', () => {
    const room = new LineRoom(256);
    const taken: string[] = [];
    const add: OnRecord = (source, { start, end }) => taken.push(source.toString('latin1', start, end));
    const splitter = new FrameSplitter(64, add, room);
    splitter.push(Buffer.from(`<13>${'x'.repeat(200)}`));
    expect(taken).toEqual([]);
    const other = new FrameSplitter(64, add, room);
    other.push(Buffer.from(`<13>${'y'.repeat(200)}`));
    expect(taken.splice(0)).toEqual([`<13>${'y'.repeat(60)}`, 'y'.repeat(64)]);
    splitter.push(Buffer.from('x\n'));
    expect(taken.splice(0).map((part) => part.length)).toEqual([64, 64, 64, 13]);
    expect(room.take(256)).toBe(true);
    room.give(256);
    splitter.push(Buffer.from(`<13>${'x'.repeat(300)}`));
    expect(taken.splice(0).map((part) => part.length)).toEqual([64, 64, 64, 64]);
    splitter.push(Buffer.from('x'.repeat(150)));
    splitter.end();
    expect(room.take(256)).toBe(true);
  });

  it('trims at most one NUL, LF and CR', () => {
    const trimmed = (text: string): string => text.slice(0, trimEnd(Buffer.from(text, 'latin1'), 0, text.length));
    expect(trimmed('a\r\n\0')).toBe('a');
    expect(trimmed('a\n\n')).toBe('a\n');
    expect(trimmed('\n')).toBe('');
  });
});

describe('counted messages without a priority', () => {
  it('are counted behind a frame that was, whatever they hold', () => {
    const messages = ['17 bottles', 'one\ntwo\n3 three', '200 <html>', '2026-11-22 10:00:00 started'];
    const stream = counted('<13>a') + messages.map(counted).join('');
    expect(texts(stream)).toEqual(['<13>a', ...messages]);
    expect(texts(`${stream}<13>b\n17 bottles\n`).slice(-2)).toEqual(['<13>b', '17 bottles']);
    expect(texts('6 <13>ab06 text\n')).toEqual(['<13>ab', '06 text']);
  });

  it('are counted when a frame with a priority begins where they end', () => {
    expect(texts('12 hello world!<13>a\n')).toEqual(['hello world!', '<13>a']);
    expect(texts('\ufeff12 hello world!12 hello again!6 <13>ab')).toEqual(['hello world!', 'hello again!', '<13>ab']);
    expect(texts('12 hello world<13>a\n')).toEqual(['12 hello world<13>a']);
    expect(texts('12 hello world!<13 a\n')).toEqual(['12 hello world!<13 a']);
    expect(texts('12 hello\nworld!<13>a\n')).toEqual(['12 hello', 'world!<13>a']);
  });

  it('are counted when there are many in a row, and are lines when a line feed comes between', () => {
    const messages = Array.from({ length: 16 }, (_, n) => `hello no ${n}`);
    const frames = messages.map(counted);
    const taken: string[] = [];
    const splitter = new FrameSplitter(4096, (source, { start, end }) => {
      taken.push(source.toString('latin1', start, end));
    });
    splitter.push(Buffer.from(frames.slice(0, -1).join('')));
    expect(taken).toEqual([]);
    splitter.push(Buffer.from(`${frames.at(-1)}10 and`));
    expect(taken).toEqual(messages);
    splitter.end();
    expect(taken.at(-1)).toBe('and');
    expect(texts(frames.map((each) => `${each}\n`).join(''))).toEqual(frames);
  });

  it('are counted when nothing follows for long, and from then on', () => {
    const taken: string[] = [];
    const splitter = new FrameSplitter(64, (source, { start, end }) => {
      taken.push(source.toString('latin1', start, end));
    });
    splitter.push(Buffer.from('12 hello world!3 abc'));
    expect(splitter.endLine()).toBe(true);
    expect(taken.splice(0)).toEqual(['hello world!', 'abc']);
    splitter.push(Buffer.from('12 hello again!'));
    expect(taken.splice(0)).toEqual(['hello again!']);
    expect(splitter.hasPartialFrame).toBe(false);
    splitter.push(Buffer.from('12 hello'));
    expect(splitter.endLine()).toBe(false);
    splitter.end();
    expect(taken).toEqual(['hello']);
    expect(texts('12 hello world')).toEqual(['12 hello world']);
    expect(texts('12 hello world!12 hello')).toEqual(['12 hello world!12 hello']);
  });
});

const message = fc
  .array(fc.constantFrom('<', '1', '9', ' ', 'a', 'é', '日', '\r', '\0', '\\', '"'), { maxLength: 400 })
  .map((parts) => `<13>${parts.join('')}`);
const text = fc
  .array(fc.constantFrom('<', '1', '3', '9', ' ', 'a', 'é', '日', '>', '\n'), { minLength: 1, maxLength: 60 })
  .map((parts) => parts.join(''));
const frame = fc.oneof(
  text.map((each) => ({ text: each, stream: counted(each) })),
  text.map((each) => ({ text: each, stream: `${each}\n` })),
  message.map((text) => ({ text, stream: `${text}\n` })),
  message.map((text) => ({ text, stream: counted(text) })),
  fc
    .constantFrom(
      '1',
      '12 ',
      '5 <13>abcdef\n',
      '99999999 <13>x\n',
      '\n',
      '\0',
      '12 <1\n',
      '07 <13>abc',
      '300 <13>short',
    )
    .map((stream) => ({ text: '', stream })),
);

describe('chunking', () => {
  it('never changes the records', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(frame, { maxLength: 12 }),
        fc.array(fc.nat(80), { maxLength: 60 }),
        fc.constantFrom(64, 4096),
        (hasMark, frames, sizes, maxBytes) => {
          const mark = hasMark ? '\ufeff' : '';
          const stream = Buffer.from(mark + frames.map((each) => each.stream).join(''));
          const whole = split([stream], maxBytes);
          const chunks: Buffer[] = [];
          let at = 0;
          for (const size of sizes) {
            chunks.push(stream.subarray(at, at + size));
            at += size;
          }
          expect(split([...chunks, stream.subarray(at)], maxBytes)).toEqual(whole);
          expect(split([...chunks, stream.subarray(at)], maxBytes, new LineRoom(4 * maxBytes))).toEqual(whole);
          expect(
            split(
              [...stream].map((byte) => Buffer.from([byte])),
              maxBytes,
            ),
          ).toEqual(whole);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('takes messages without a priority whole behind one that has it', () => {
    fc.assert(
      fc.property(message, fc.array(text, { maxLength: 12 }), (first, others) => {
        const messages = [first, ...others];
        const records = split([Buffer.from(messages.map(counted).join(''))], 4096);
        const expected = messages
          .map((each) => Buffer.from(each))
          .map((bytes) => bytes.toString('latin1', 0, trimEnd(bytes, 0, bytes.length)));
        expect(records.map((record) => record.text)).toEqual(expected.filter((each) => each !== ''));
      }),
    );
  });

  it('takes lines as lines, also such as begin with a number', () => {
    const line = fc
      .tuple(fc.nat(99), fc.array(fc.constantFrom('1', '3', ' ', 'a', 'é', '<', '12 '), { maxLength: 50 }))
      .map(([number, parts]) => `${number} ${parts.join('')}`);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const expected = lines.map((each) => Buffer.from(each).toString('latin1'));
        const records = split([Buffer.from(lines.map((each) => `${each}\n`).join(''))], 4096);
        expect(records.map((record) => record.text)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every byte but the framing', () => {
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 8 }), (messages) => {
        const records = split([Buffer.from(messages.map(counted).join(''))]);
        const kept = records.map((record) => record.text + ((record.flags & 2) === 0 ? '\n' : '')).join('');
        const expected = messages.map((each) => {
          const bytes = Buffer.from(each);
          return `${bytes.toString('latin1', 0, trimEnd(bytes, 0, bytes.length))}\n`;
        });
        expect(kept).toBe(expected.join(''));
      }),
    );
  });
});
