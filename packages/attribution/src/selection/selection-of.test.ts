import { compileQuery, matches, type FlatDocument } from '@akashi/query';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, briefRows, row } from '../claims/claims.fixtures.ts';
import { claimsOf } from '../claims/claims-of.ts';
import { keysOfEvent } from '../claims/event-keys.ts';
import type { LearnedFact } from '../learn/learned-fact.ts';
import type { MasterRow } from '../masters/master-row.ts';
import { peopleOf, resolve } from '../resolve/resolve.ts';
import { clausesOf, selectionOf } from './selection-of.ts';

const people = ['yamada', 'suzuki', 'sato'];
const hosts = ['web01', 'Server A', 'db.example.jp', '10.0.0.5'];
const spelled = [
  'web01',
  'web-01',
  'WEB01.example.jp',
  'server-a',
  'ServerA.x',
  'db',
  'db.example.jp',
  '10.0.0.5',
  '10',
];
const accounts = ['alice', 'bob', 'root', '1000', '0'];
const addresses = ['192.168.0.1', '192.168.0.2'];
const macs = ['00-00-00-00-00-01', '00-00-00-00-00-02'];
const ttys = ['pts/0', 'pts/1'];
const step = 3_600_000;
const start = at('00:00');

const moment = fc.integer({ min: 0, max: 30 }).map((hours) => start + hours * step);
const validity = fc
  .tuple(fc.option(moment), fc.option(moment))
  .map(([one, other]): [number | null, number | null] =>
    one !== null && other !== null && one > other ? [other, one] : [one, other],
  )
  .filter(([from, until]) => from === null || from !== until);
const pick = <T>(values: readonly T[]) => fc.constantFrom(...values);

const anyRow: fc.Arbitrary<MasterRow> = fc.oneof(
  fc
    .tuple(pick(hosts), pick(accounts), pick(people), validity)
    .map(([system, id, person, valid]) => row('common-ids', { system, id, person }, valid)),
  fc
    .tuple(pick(macs), pick(people), validity)
    .map(([mac, person, valid]) => row('user-devices', { mac, device: 'PC', person }, valid)),
  fc
    .tuple(pick(macs), pick(addresses), moment, fc.option(moment))
    .map(([mac, address, from, until]) =>
      row('dhcp-leases', { mac, address }, [from, until !== null && until > from ? until : null]),
    ),
  fc
    .tuple(pick(hosts), pick(['10.0.0.5', '192.168.0.1']), pick(['false', 'true', 'bob']), validity)
    .map(([host, address, shared, valid]) => row('assets', { host, address, shared }, valid)),
);

const nullable = <T>(values: readonly T[]) => fc.option(pick(values));
const anyFact: fc.Arbitrary<LearnedFact> = fc.record({
  kind: pick(['lease', 'lease-end', 'session-start', 'session-end', 'elevation'] as const),
  eventId: fc.uuid(),
  timeMs: moment,
  logGroup: fc.constant('g'),
  logStream: pick(spelled),
  sourceId: fc.constant('s'),
  host: nullable(spelled),
  program: pick(['su', 'sshd']),
  pid: nullable([1, 2]),
  tty: nullable(ttys),
  session: nullable(['3', '4']),
  loginId: nullable(['1000', '1001']),
  account: nullable(accounts),
  origin: nullable(accounts),
  mac: nullable(macs),
  address: nullable(addresses),
  untilMs: fc.constant(null),
});

const anyDocument: fc.Arbitrary<FlatDocument> = fc
  .record(
    {
      'host.name': pick(spelled),
      'log.stream': pick([...spelled, 'x']),
      'log.group': pick(['web01', '/a/server-a', 'x']),
      'service.name': pick(['su', 'cron', 'Server A']),
      'host.ip': pick(['10.0.0.5', '::ffff:192.168.0.1']),
      'user.name': pick(accounts),
      'user.effective.name': pick(accounts),
      'user.id': pick(accounts),
      'source.ip': pick(addresses),
      'source.mac': pick([...macs, '00:00:00:00:00:02']),
      'process.tty.name': pick(['pts/0', '/dev/pts/1', 'pts1', 'ssh']),
      'process.pid': pick([1, 2]),
      'process.name': pick(['su', 'sshd', 'cron']),
      'event.category': pick([['session'], ['process']]),
      'session.id': pick(['3', '4']),
      'parse.format': pick(['sshd', 'auditd']),
    },
    { requiredKeys: ['log.stream', 'log.group'] },
  )
  .map((document) => document);

describe('selectionOf', { timeout: 120_000 }, () => {
  it('finds exactly the events that are resolved to the person', () => {
    let found = 0;
    fc.assert(
      fc.property(
        fc.array(anyRow, { maxLength: 12 }),
        fc.array(anyFact, { maxLength: 12 }),
        fc.array(fc.tuple(anyDocument, moment, fc.integer({ min: -1, max: 1 })), { minLength: 20, maxLength: 20 }),
        (rows, facts, events) => {
          const claims = claimsOf(rows, facts);
          for (const [document, hour, shift] of events) {
            const timeMs = hour + shift;
            const resolved = peopleOf(resolve({ document, timeMs }, claims));
            found += resolved.length;
            for (const person of people) {
              const selection = selectionOf(person, claims, { from: null, until: null });
              if (!selection.ok) continue;
              const isFound = matches(selection.tree, { ...document, '@timestamp': timeMs });
              expect([person, isFound]).toEqual([person, resolved.includes(person)]);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(found).toBeGreaterThan(500);
  });

  it('asks for nothing where the tables know nobody of the id', () => {
    const selection = selectionOf('nobody', claimsOf(briefRows, []), { from: null, until: null });
    expect(selection).toEqual({ ok: true, tree: { kind: 'not', part: { kind: 'all' } } });
  });

  it('merges periods that touch', () => {
    const rows = [1, 2, 3].map((day) =>
      row('common-ids', { system: 'db', id: 'ops', person: 'a' }, [start + day * step, start + (day + 1) * step]),
    );
    const selection = selectionOf('a', claimsOf(rows, []), { from: null, until: null });
    expect(JSON.stringify(selection).match(/"range"/g)).toHaveLength(1);
  });

  it('leaves out what is outside of the period', () => {
    const claims = claimsOf(briefRows, []);
    const before = selectionOf('yamada', claims, { from: at('00:00'), until: at('08:56') });
    expect(JSON.stringify(before)).not.toContain('192.168.0.1');
    const lease = selectionOf('yamada', claims, { from: at('00:00'), until: at('08:57') });
    expect(JSON.stringify(lease)).toContain('192.168.0.1');
  });

  it('says when it is too much for the index, and counts as the index does', () => {
    const rows = Array.from({ length: 400 }, (_, index) =>
      row('dhcp-leases', { mac: '00-00-00-00-00-01', address: `10.0.${index >> 8}.${index & 255}` }, [
        start + index * step,
        start + index * step + 1000,
      ]),
    );
    const claims = claimsOf([...briefRows, ...rows], []);
    const selection = selectionOf('yamada', claims, { from: null, until: null });
    expect(selection).toMatchObject({ ok: false, code: 'selection-too-large', limit: 800 });
    const small = selectionOf('yamada', claims, { from: start, until: start + 5 * step });
    if (!small.ok) throw new Error(small.code);
    const compiled = JSON.stringify(compileQuery(small.tree));
    expect(clausesOf(small.tree)).toBe(compiled.match(/"(?:terms?|wildcard|range|exists|match_all)":/g)?.length);
  });

  it('finds every claim about an event by the keys of the event', () => {
    fc.assert(
      fc.property(
        fc.array(anyRow, { maxLength: 8 }),
        fc.array(anyFact, { maxLength: 8 }),
        anyDocument,
        (rows, facts, document) => {
          const claims = claimsOf(rows, facts);
          const keys = new Set(keysOfEvent(document));
          for (const claim of claims.all) {
            if (matches(claim.condition, document)) expect(claim.keys.some((key) => keys.has(key))).toBe(true);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
