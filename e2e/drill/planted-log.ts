import { Client } from 'pg';
import { sharedStream } from './oracle.ts';

export const plantedGroup = 'drill/W1';

/** A planted line as the log has it. */
export interface PlantedLine {
  readonly stream: string;
  readonly word: string;
  readonly user: string;
  readonly receivedMs: number;
  readonly event: string;
}

export interface PlantedBlock {
  readonly number: number;
  readonly createdMs: number;
  readonly lines: readonly PlantedLine[];
}

/** An alert, as the oracle says it and as it is read from the table. */
export interface FoundAlert {
  readonly rule: string;
  readonly key: readonly string[];
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly events: readonly string[];
  readonly entry: number;
  readonly opened: number;
}

/** What is decided of an organisation's log, read in one moment. */
export interface Decided {
  readonly nextEntry: number;
  /** By name of the rule. */
  readonly alerts: readonly (FoundAlert & { readonly id: string })[];
  /** All columns of each alert but its incident, as text. */
  readonly rows: readonly string[];
}

interface View {
  readonly databaseUrl: string;
  readonly opensearchUrl: string;
  readonly tenantId: string;
}

export async function withDatabase<T>(databaseUrl: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

interface Document {
  readonly 'akashi.segment': string;
  readonly 'akashi.position': number;
  readonly received_at: number;
  readonly 'log.stream': string;
  readonly record: string;
}

/** Every document of the group, from the index server itself. */
async function documents({ opensearchUrl, tenantId }: View): Promise<Document[]> {
  const filter = [{ term: { 'akashi.tenant': tenantId } }, { term: { 'log.group': plantedGroup } }];
  await fetch(`${opensearchUrl}/${sharedStream}/_refresh`, { method: 'POST' });
  const answer = await fetch(`${opensearchUrl}/${sharedStream}/_search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ size: 10_000, query: { bool: { filter } } }),
  });
  if (!answer.ok) throw new Error(`the index answered ${answer.status}`);
  const { hits } = (await answer.json()) as { hits: { hits: readonly { readonly _source: Document }[] } };
  return hits.hits.map(({ _source }) => _source);
}

/** The planted lines by blocks, in the order of the log, up to an entry. Blocks without any are there as well. */
export async function readPlanted(view: View, untilEntry: number): Promise<PlantedBlock[]> {
  const found = await documents(view);
  return withDatabase(view.databaseUrl, async (client) => {
    const segments = await client.query<{ id: string; block: number; leaf: number }>(
      `SELECT segment_id AS id, block_number::int AS block, first_leaf AS leaf FROM landing_segment
       WHERE tenant_id = $1 AND block_number < $2`,
      [view.tenantId, untilEntry],
    );
    const places = new Map(segments.rows.map(({ id, block, leaf }) => [id, { block, leaf }]));
    const placed = found.flatMap((document) => {
      const place = places.get(document['akashi.segment']);
      return place === undefined ? [] : [{ ...place, document }];
    });
    const byBlock = Map.groupBy(placed, ({ block }) => block);
    const blocks = await client.query<{ number: number; created: number }>(
      `SELECT number::int AS number, (extract(epoch FROM created_at) * 1000)::float8 AS created FROM block
       WHERE tenant_id = $1 AND number < $2 ORDER BY number`,
      [view.tenantId, untilEntry],
    );
    return blocks.rows.map(({ number, created }) => ({
      number,
      createdMs: created,
      lines: (byBlock.get(number) ?? [])
        .toSorted((one, other) => leafOf(one) - leafOf(other))
        .map(({ document }) => lineOf(document)),
    }));
  });
}

function leafOf({ leaf, document }: { leaf: number; document: Document }): number {
  return leaf + document['akashi.position'];
}

function lineOf(document: Document): PlantedLine {
  const { message, user } = JSON.parse(document.record) as { message: string; user: { name: string } };
  const segment = Buffer.from(document['akashi.segment'].replaceAll('-', ''), 'hex').toString('base64url');
  return {
    stream: document['log.stream'],
    word: message.split(' ')[0] ?? '',
    user: user.name,
    receivedMs: document.received_at,
    event: `${segment}.${document['akashi.position']}`,
  };
}

/** Cursor and alerts of the rules by their ids, in one snapshot. */
export function readDecided(view: View, rules: ReadonlyMap<string, string>): Promise<Decided> {
  return withDatabase(view.databaseUrl, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const cursor = await client.query<{ next: number }>(
      'SELECT next_entry::int AS next FROM rule_cursor WHERE tenant_id = $1',
      [view.tenantId],
    );
    const { rows } = await client.query<{ alert: StoredAlert }>(
      `SELECT to_jsonb(a) - 'incident_id' AS alert FROM alert a WHERE tenant_id = $1 AND rule_id = ANY ($2) ORDER BY id`,
      [view.tenantId, [...rules.keys()]],
    );
    await client.query('COMMIT');
    return {
      nextEntry: cursor.rows[0]?.next ?? 0,
      rows: rows.map(({ alert }) => JSON.stringify(alert)),
      alerts: rows.map(({ alert }) => ({
        id: alert.id,
        rule: rules.get(alert.rule_id) ?? '',
        key: JSON.parse(alert.key) as string[],
        first: alert.first_us / 1_000,
        last: alert.last_us / 1_000,
        count: alert.count,
        events: alert.events.map(({ eventId }) => eventId),
        entry: alert.first_entry,
        opened: alert.opened_us / 1_000,
      })),
    };
  });
}

interface StoredAlert {
  readonly id: string;
  readonly rule_id: string;
  readonly key: string;
  readonly first_us: number;
  readonly last_us: number;
  readonly opened_us: number;
  readonly count: number;
  readonly first_entry: number;
  readonly events: readonly { readonly eventId: string }[];
}
