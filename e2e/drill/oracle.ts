import { setTimeout as delay } from 'node:timers/promises';
import { sequenceOf, type LineLedger } from './line-ledger.ts';

export interface IndexView {
  readonly opensearchUrl: string;
  readonly tenantId: string;
  readonly logGroup: string;
}

interface Page {
  readonly hits: {
    readonly hits: readonly {
      readonly _id: string;
      readonly _source: { readonly record: string };
      readonly sort: readonly unknown[];
    }[];
  };
}

async function post<T>(url: string, body: unknown): Promise<T> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`OpenSearch answered ${answer.status} to ${new URL(url).pathname}`);
  return (await answer.json()) as T;
}

/** Where the events of small organisations are: the streams of all days online and periods of receipt. */
export const sharedStream = 'akashi-events-*-from-*';

/** The data stream of a backing index. */
export function streamOfIndex(index: string): string {
  return index.replace(/^\.ds-/, '').replace(/-\d{6}$/, '');
}

/** Documents of one organisation, all or of one log group, as anybody asks for them who has the index server to himself. */
export function ofTenant(tenantId: string, group?: string): object {
  const ofGroup = group === undefined ? [] : [{ term: { 'log.group': group } }];
  return { bool: { filter: [{ term: { 'akashi.tenant': tenantId } }, ...ofGroup] } };
}

/** Reads every document of the drill's group straight from OpenSearch, without any of the product's code. */
async function readSequences(view: IndexView, run: string): Promise<Map<number, number>> {
  const stream = `${view.opensearchUrl}/${sharedStream}`;
  await post(`${stream}/_refresh`, {});
  const seen = new Map<number, number>();
  let after: readonly unknown[] | undefined;
  for (;;) {
    const page: Page = await post(`${stream}/_search`, {
      size: 5_000,
      query: ofTenant(view.tenantId, view.logGroup),
      sort: [{ 'akashi.segment': 'asc' }, { 'akashi.position': 'asc' }],
      _source: ['record'],
      ...(after === undefined ? {} : { search_after: after }),
    });
    for (const { _source } of page.hits.hits) {
      const sequence = sequenceOf(run, _source.record);
      if (sequence !== undefined) seen.set(sequence, (seen.get(sequence) ?? 0) + 1);
    }
    after = page.hits.hits.at(-1)?.sort;
    if (after === undefined) return seen;
  }
}

/** All documents of the drill's group, whoever sent them. */
export async function countDocuments(view: IndexView): Promise<number> {
  const stream = `${view.opensearchUrl}/${sharedStream}`;
  await post(`${stream}/_refresh`, {});
  const query = ofTenant(view.tenantId, view.logGroup);
  return (await post<{ count: number }>(`${stream}/_count`, { query })).count;
}

export interface Account {
  readonly acknowledged: number;
  readonly found: number;
  readonly lost: number;
  readonly duplicated: number;
}

function settle(ledger: LineLedger, seen: ReadonlyMap<number, number>): Account {
  let lost = 0;
  let duplicated = 0;
  for (const sequence of ledger.acknowledged) if (!seen.has(sequence)) lost += 1;
  for (const count of seen.values()) if (count > 1) duplicated += 1;
  return { acknowledged: ledger.acknowledged.size, found: seen.size, lost, duplicated };
}

/**
 * Waits until every acknowledged line is in the index, or none has come for `silentMs`, and gives the books as they stand
 * then. What still arrives is late, not lost: how fast a machine is says nothing about that.
 */
export async function settleAccounts(view: IndexView, ledger: LineLedger, silentMs = 120_000): Promise<Account> {
  let deadline = Date.now() + silentMs;
  let most = 0;
  for (;;) {
    const account = await readSequences(view, ledger.run).then(
      (seen) => settle(ledger, seen),
      () => undefined,
    );
    if (account !== undefined && account.found > most) {
      most = account.found;
      deadline = Date.now() + silentMs;
    }
    if (account !== undefined && (account.lost === 0 || Date.now() > deadline)) return account;
    if (Date.now() > deadline) throw new Error('OpenSearch did not answer before the deadline');
    await delay(500);
  }
}
