import { KnownClaims, type RuleAct, type StoredAlert, type StoredRule } from '@akashi/database';
import type { Rule } from '@akashi/detection';
import { Registry } from '@akashi/server-kit';
import type { TestParts, TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { processSegment } from '../pipeline/process-segment.ts';
import { Decider } from './decider.ts';

const act: RuleAct = { by: 'sato', at: new Date('2026-11-30T00:00:00Z'), reason: null };

/** Saves a rule and switches it on. */
export function addRule({ parts, tenantId }: TestPipeline, document: Rule): Promise<StoredRule> {
  const { title, kind, severity } = document;
  const content = { title, kind, severity, format: 'json', source: JSON.stringify(document), document } as const;
  return parts.database.forTenant(tenantId).rules.create({ ...content, enabled: true }, act, () => Promise.resolve());
}

/** Another version of a rule. */
export async function changeRule({ parts, tenantId }: TestPipeline, id: string, document: Rule): Promise<void> {
  const { rules } = parts.database.forTenant(tenantId);
  const { title, kind, severity } = document;
  const content = { title, kind, severity, format: 'json', source: JSON.stringify(document), document } as const;
  const basedOn = (await rules.find(id))?.version ?? 0;
  await rules.change({ ...content, id, basedOn }, act, () => Promise.resolve());
}

export async function switchRule({ parts, tenantId }: TestPipeline, id: string, enabled: boolean): Promise<void> {
  const { rules } = parts.database.forTenant(tenantId);
  await rules.switch({ id, enabled }, act, () => Promise.resolve());
}

/** A decider of a process. */
export function deciderOf(parts: TestParts): Decider {
  const newestRulesOf = parts.rulesOf;
  const claims = new KnownClaims(parts.database);
  const logger = { warn: (): void => undefined };
  return new Decider({ ...parts, claims, newestRulesOf, logger, registry: new Registry() });
}

/** The way of a segment to the index. */
export async function index({ tenantId }: TestPipeline, parts: TestParts, segmentId: string): Promise<void> {
  await processSegment(parts, { tenantId, segmentId, lane: 'express', signal: AbortSignal.timeout(60_000) });
}

/** Lands, indexes and seals lines as one block. */
export async function takeIn(
  pipeline: TestPipeline,
  lines: readonly string[],
  place?: { logGroup?: string; logStream?: string },
): Promise<string> {
  const segmentId = await pipeline.land(lines, place);
  await index(pipeline, pipeline.parts, segmentId);
  await pipeline.parts.openBlocks.sealAll(pipeline.tenantId);
  return segmentId;
}

/** Oldest first. */
export async function alertsOf({ parts, tenantId }: TestPipeline): Promise<StoredAlert[]> {
  return (await parts.database.forTenant(tenantId).alerts.list({ limit: 1_000 })).toReversed();
}
