import type { FlatDocument, QueryTree } from '@akashi/query';
import { expect, it } from 'vitest';
import { briefRows, fact, row } from '../claims/claims.fixtures.ts';
import { claimsOf } from '../claims/claims-of.ts';
import { keysOfEvent } from '../claims/event-keys.ts';
import { factKinds } from '../learn/learned-fact.ts';
import { actFields } from './act-fields.ts';

const rows = [
  ...briefRows,
  row('common-ids', { system: 'web01', id: 'taro.yamada', person: 'yamada' }),
  row('assets', { host: 'web01', address: '192.0.2.1', shared: 'root' }),
  row('approvals', { person: 'yamada', target: 'web01' }),
];
const said = [
  {
    tty: 'pts/0',
    session: '7',
    pid: 42,
    program: 'sudo',
    account: 'taro.yamada',
    origin: '192.168.0.1',
    loginId: '1000',
  },
  { tty: 'pts/0', session: '0x3E7', pid: 43, program: 'su', account: 'root', origin: 'taro.yamada', loginId: '1000' },
  { account: 'root', host: null },
  { mac: '00-00-00-00-00-01', address: '192.168.0.1' },
];

function fieldsOf(tree: QueryTree): string[] {
  if (tree.kind === 'all') return [];
  if (tree.kind === 'not') return fieldsOf(tree.part);
  return 'parts' in tree ? tree.parts.flatMap(fieldsOf) : [tree.field];
}

it('are all that claims, approvals and the keys of claims ask for', () => {
  const facts = factKinds.flatMap((kind, hour) =>
    said.map((each, minute) => fact(kind, `${10 + hour}:0${minute}`, each)),
  );
  const claims = claimsOf(rows, facts);
  const kinds = new Set(claims.all.map(({ kind }) => kind));
  const asked = new Set(
    [...claims.all, ...[...claims.approvals.values()].flat()].flatMap(({ condition }) => fieldsOf(condition)),
  );
  const document = new Proxy({} as FlatDocument, {
    get: (_, field) => {
      asked.add(String(field));
      return undefined;
    },
  });
  keysOfEvent(document);
  expect(kinds.size).toBeGreaterThan(2);
  expect(asked.size).toBeGreaterThan(10);
  expect([...asked].filter((field) => !(actFields as readonly string[]).includes(field))).toEqual([]);
});
