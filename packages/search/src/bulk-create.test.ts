import { describe, expect, it } from 'vitest';
import { AllCreated } from './bulk-answer.ts';
import { bulkCreate, type BulkOptions } from './bulk-create.ts';
import { createBulkSlots } from './bulk-slots.ts';
import { eventIdIn } from './document-id.ts';
import { bulkBody, testDocument, testEventId, testStream, testTenantId } from './real-server.fixtures.ts';
import type { SearchClient } from './search-client.ts';
import { SearchFault } from './search-fault.ts';

const created = { status: 201 };
const exists = { status: 409, error: { type: 'version_conflict_engine_exception' } };
const busy = { status: 429, error: { type: 'rejected_execution_exception' } };
const flood = { status: 403, error: { type: 'cluster_block_exception' } };
const broken = { status: 400, error: { type: 'mapper_parsing_exception' } };

type Answer = readonly object[] | SearchFault | ((ids: readonly string[]) => readonly object[] | SearchFault);

/** A server that gives the listed answers one after the other and notes the ids that each request asked for. */
function answering(answers: readonly Answer[]): { client: SearchClient; asked: string[][] } {
  const asked: string[][] = [];
  const client: SearchClient = {
    request: async ({ method, lines }) => {
      if (method === 'GET') return { data_streams: [{ indices: [{}] }] };
      const ids = [...(lines ?? Buffer.alloc(0)).toString('utf8').matchAll(/"_id":"(.+?)"/g)].map((match) =>
        eventIdIn(testTenantId, match[1] ?? ''),
      );
      const answer = answers[Math.min(asked.push(ids), answers.length) - 1] ?? [];
      const given = typeof answer === 'function' ? answer(ids) : answer;
      if (given instanceof SearchFault) throw given;
      return { errors: true, items: given.map((item) => ({ create: item })) };
    },
    close: async () => {},
  };
  return { client, asked };
}

const retry = { maxAttempts: 3, firstDelayMs: 1, maxDelayMs: 2, random: () => 0 };

async function write(answers: readonly Answer[], count: number, options: BulkOptions = {}) {
  const { client, asked } = answering(answers);
  const body = bulkBody(Array.from({ length: count }, (_, leaf) => testDocument(7, leaf)));
  const outcome = await bulkCreate(testStream(client), [body], { retry, ...options });
  return { outcome, asked };
}

describe('bulkCreate', () => {
  it('gives every document its own outcome and repeats only what may pass', async () => {
    const { outcome, asked } = await write(
      [
        [created, exists, busy, broken, flood],
        [created, exists],
      ],
      5,
    );
    expect(outcome).toEqual({
      created: 2,
      existing: 2,
      rejected: [{ id: testEventId(7, 3), reasonCode: 'mapper_parsing_exception' }],
      retries: 1,
    });
    expect(asked).toEqual([
      [testEventId(7, 0), testEventId(7, 1), testEventId(7, 2), testEventId(7, 3), testEventId(7, 4)],
      [testEventId(7, 2), testEventId(7, 4)],
    ]);
  });

  it.each([
    ['a lost connection', new SearchFault('search-unavailable')],
    ['429 for the whole', new SearchFault('search-unavailable', { status: 429 })],
    ['an answer about fewer documents', [created]],
    ['an empty answer', []],
  ])('asks for everything again after %s', async (_, answer) => {
    const { outcome, asked } = await write([answer, [exists, created]], 2);
    expect(outcome).toMatchObject({ created: 1, existing: 1, retries: 1 });
    expect(asked).toEqual([
      [testEventId(7, 0), testEventId(7, 1)],
      [testEventId(7, 0), testEventId(7, 1)],
    ]);
  });

  it('halves a body that is too large down to the document that is', async () => {
    const answer: Answer = (ids) =>
      ids.includes(testEventId(7, 2)) ? new SearchFault('search-refused', { status: 413 }) : ids.map(() => created);
    const { outcome } = await write([answer], 5);
    expect(outcome).toMatchObject({ created: 4, rejected: [{ id: testEventId(7, 2), reasonCode: 'too-large' }] });
  });

  it('gives up with a retryable fault while nothing passes, and goes on while something does', async () => {
    await expect(write([[busy, busy]], 2)).rejects.toMatchObject({ code: 'search-unavailable', retryable: true });
    const slow: Answer = (ids) => ids.map((_, index) => (index === 0 ? created : busy));
    expect((await write([slow], 8)).outcome).toMatchObject({ created: 8 });
  });

  it('passes on the fault of one body when others go through', async () => {
    const { client } = answering([
      (ids) =>
        ids.includes(testEventId(2, 0)) ? new SearchFault('search-refused', { status: 401 }) : ids.map(() => created),
    ]);
    const bodies = [1, 2, 3, 4].map((block) => bulkBody([testDocument(block, 0)]));
    await expect(bulkCreate(testStream(client), bodies, { retry })).rejects.toMatchObject({
      status: 401,
    });
    expect(
      await bulkCreate(
        testStream(client),
        [bodies[0], bodies[2], bodies[3]].flatMap((body) => body ?? []),
        { retry },
      ),
    ).toMatchObject({ created: 3 });
  });

  it.each([
    ['an answer', [[created, exists]], 1],
    ['answers to a part that is asked again', [[created, busy], [created]], 1],
    ['a lost connection on the way', [new SearchFault('search-unavailable'), [exists, created]], 0],
    ['halves', [new SearchFault('search-refused', { status: 413 }), [created]], 0],
  ] satisfies [string, Answer[], number][])(
    'after %s, tells whether the body is read no more',
    async (_, answers, count) => {
      const done: Buffer[] = [];
      await write(answers, 2, { onDone: (body) => done.push(body) });
      expect(done.length).toBe(count);
    },
  );

  it('knows by its count whether everything was created', async () => {
    const answers = [new AllCreated(1), new AllCreated(2)];
    const request: SearchClient['request'] = async ({ method }) => (method === 'GET' ? {} : answers.shift());
    const client: SearchClient = { request, close: async () => {} };
    const body = bulkBody([testDocument(7, 0), testDocument(7, 1)]);
    expect(await bulkCreate(testStream(client), [body], { retry })).toMatchObject({
      created: 2,
      retries: 1,
    });
  });

  it('does not repeat what the server refuses as a whole', async () => {
    const refused = new SearchFault('search-refused', { status: 401, errorType: 'security_exception' });
    await expect(write([refused], 1)).rejects.toBe(refused);
  });

  it('ends when it is told to', async () => {
    const signal = AbortSignal.abort();
    await expect(write([[busy]], 1, { signal })).rejects.toMatchObject({ code: 'search-aborted' });
  });
});

describe('bulkCreate with shared slots', () => {
  it('gives its slot to others while it waits to send again, and back when it ends', async () => {
    const slots = createBulkSlots(1);
    const sent: string[] = [];
    const client: SearchClient = {
      request: async ({ method, path }) => {
        if (method === 'GET') return { data_streams: [{ indices: [{}] }] };
        sent.push(path);
        if (path.startsWith('/away')) throw new SearchFault('search-unavailable');
        return { errors: false, items: [{ create: created }] };
      },
      close: async () => {},
    };
    const body = bulkBody([testDocument(7, 0)]);
    const slow = { maxAttempts: 2, firstDelayMs: 200, maxDelayMs: 200, random: () => 1 };
    const away = bulkCreate(testStream(client, 'away'), [body], {
      retry: slow,
      slots,
    });
    const there = await bulkCreate(testStream(client, 'there'), [body], { retry, slots });
    expect(there.created).toBe(1);
    expect(sent).toEqual(['/away/_bulk', '/there/_bulk']);
    await expect(away).rejects.toMatchObject({ code: 'search-unavailable' });
    (await slots.take(slots.nextTurn()))();
  });
});
