import { createIntakeClient, createReadingClient } from '@akashi/client';
import { checkEventProof, sha256, verifyEd25519 } from '@akashi/integrity';
import { expect, inject, it } from 'vitest';
import { eventually } from '../reading/eventually.ts';
import { onceSealed } from '../reading/once-sealed.ts';

const demo = inject('demo');
const hourMs = 3_600_000;

/** The last hour and the next, by receipt. */
function around(): { from: string; to: string; timeField: 'receivedAt' } {
  const now = Date.now();
  const [from, to] = [now - hourMs, now + hourMs].map((time) => new Date(time).toISOString());
  return { from: from ?? '', to: to ?? '', timeField: 'receivedAt' };
}

it('every look is found in the audit trail by search, sealed, without card numbers', async () => {
  const [tenant] = demo.tenants;
  if (tenant === undefined) throw new Error('no organisation');
  const reading = createReadingClient({ apiUrl: demo.apiUrl, apiKey: tenant.apiKey, retryWithinMs: 30_000 });
  const mark = `audited-${Date.now().toString(36)}`;
  const found = await eventually(
    () => reading.search({ ...around(), query: `NOT log.group:akashi/*`, limit: 1 }),
    ({ items }) => items.length > 0,
  );
  const id = found.items[0]?.id ?? '';
  await reading.search({ ...around(), query: `${mark} OR 4111111111111111` });
  await reading.histogram(around());
  await reading.facets({ ...around(), fields: ['user.name'] });
  await reading.fields(around());
  await reading.event(id);
  await reading.context(id);
  await onceSealed(() => reading.proof(id));
  await reading.logGroups();
  await reading.sources();
  await reading.checkpoint();
  await reading.blocks();
  await reading.verifications();
  const trail = (query: string) =>
    eventually(
      () => reading.search({ ...around(), query, logGroups: ['akashi/audit'] }),
      ({ items }) => items.length > 0,
    );
  const actions = ['search.histogram', 'search.facets', 'search.fields', 'event.view', 'event.context', 'event.proof'];
  actions.push('log-group.list', 'source.list', 'log.checkpoint', 'log.blocks', 'verification.list');
  const queries = [
    ...actions.map((action) => `event.action:${action}`),
    `event.action:search akashi.audit.query:*${mark}*`,
  ];
  for (const query of queries) {
    const act = (await trail(query)).items[0];
    expect(act?.parse, query).toEqual({ format: 'akashi-audit', status: 'parsed' });
    expect(act?.record, query).not.toContain('4111111111111111');
    for (const field of [
      'user.id',
      'user.name',
      'event.category',
      'event.outcome',
      'source.ip',
      'akashi.audit.target.kind',
    ])
      expect(act?.fields[field], `${query} ${field}`).toBeTruthy();
    const { proof } = await onceSealed(() => reading.proof(act?.id ?? ''));
    if (proof === undefined) throw new Error('the proof is withheld');
    const checked = checkEventProof(proof, tenant.verifierKey, { sha256, verifyEd25519 });
    expect(checked.ok, query).toBe(true);
  }
});

it('nobody but the installation itself writes the audit trail', async () => {
  const key = demo.tenants[0]?.ingestKey ?? '';
  const intake = createIntakeClient({ endpoint: demo.ingestUrl, key });
  const answer = await intake.send({ logGroup: 'akashi/audit', logStream: 'api', records: ['forged'] });
  expect(answer).toEqual({ kind: 'denied', status: 403, code: 'forbidden' });
});
