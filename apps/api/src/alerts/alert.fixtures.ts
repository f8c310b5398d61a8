import { randomUUID } from 'node:crypto';
import { keyText, type Rule } from '@akashi/detection';
import { Client } from 'pg';
import type { ApiTenant, TestApi } from '../api.fixtures.ts';

export interface PlantedAlert {
  readonly places: readonly { readonly logGroup: string; readonly logStream: string }[];
  readonly eventIds?: readonly string[];
  readonly keyValue?: string;
  readonly count?: number;
  readonly hasAllPlaces?: boolean;
  readonly at?: Date;
  readonly severity?: Rule['severity'];
}

/** A rule as it is saved, switched on. */
export async function plantRule({ database }: ApiTenant, title = 'planted'): Promise<string> {
  const rule: Rule = {
    kind: 'match',
    title: { ja: title, en: title },
    requirements: [],
    severity: 'medium',
    key: ['user.name'],
    quietSeconds: 60,
    where: 'event.outcome:failure',
  };
  const content = { title: rule.title, kind: rule.kind, severity: rule.severity, document: rule };
  const act = { by: 'test', at: new Date(), reason: 'test' };
  const written = { ...content, format: 'json', source: JSON.stringify(rule), enabled: true } as const;
  return (await database.rules.create(written, act, () => Promise.resolve())).id;
}

/** An alert as the worker writes one, past what decides; answers its id. */
export async function plantAlert(
  test: TestApi,
  { tenant: { tenant }, ruleId }: { readonly tenant: ApiTenant; readonly ruleId: string },
  alert: PlantedAlert,
): Promise<string> {
  const client = new Client({ connectionString: test.databaseUrl });
  await client.connect();
  const id = randomUUID();
  const { places, eventIds = [], keyValue = 'root', count, hasAllPlaces = true, severity = 'medium' } = alert;
  const us = (alert.at ?? new Date()).getTime() * 1_000;
  const events = eventIds.map((eventId) => ({ eventId, ...places[0] }));
  const title = { ja: 'planted', en: 'planted' };
  await client.query(
    `INSERT INTO alert (tenant_id, id, rule_id, version, title, kind, severity, key, first_us, last_us, opened_us, count,
       events, places, has_all_places, first_entry, last_entry)
     VALUES ($1, $2, $3, 1, $4, 'match', $5, $6, $7, $7, $7, $8, $9, $10, $11, 0, 0)`,
    [
      tenant.id,
      id,
      ruleId,
      JSON.stringify(title),
      severity,
      keyText([keyValue]),
      us,
      count ?? Math.max(1, eventIds.length),
      JSON.stringify(events),
      JSON.stringify(places),
      hasAllPlaces,
    ],
  );
  await client.end();
  return id;
}
