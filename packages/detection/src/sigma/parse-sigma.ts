import { loadAll } from 'js-yaml';
import { ruleLimits } from '../rules/rule-limits.ts';
import type { RuleSeverity } from '../rules/rule.ts';
import { readCondition, type SigmaCondition } from './sigma-condition.ts';
import { readSearch, type SigmaSearch } from './sigma-items.ts';
import { SigmaRefusal, type SigmaProblem } from './sigma-problem.ts';
import { sourcesOf, type SigmaLogSource, type SigmaSource } from './sigma-sources.ts';

/** A Sigma rule as it is carried out, with what its licence (DRL 1.1) wants to be shown: author and id. */
export interface SigmaFile {
  readonly title: string;
  readonly id: string | null;
  readonly author: string | null;
  readonly description: string | null;
  readonly license: string | null;
  readonly references: readonly string[];
  readonly tags: readonly string[];
  readonly falsePositives: readonly string[];
  readonly severity: RuleSeverity;
  readonly logSource: SigmaLogSource;
  readonly sources: readonly SigmaSource[];
  readonly searches: ReadonlyMap<string, SigmaSearch>;
  readonly condition: SigmaCondition;
}

export type ParsedSigma =
  { readonly ok: true; readonly file: SigmaFile } | { readonly ok: false; readonly problem: SigmaProblem };

/** Reads a Sigma rule (YAML, one document). What cannot be honoured in full is refused with a code: it is never read as less. */
export function parseSigma(source: string): ParsedSigma {
  try {
    return { ok: true, file: readFile(source) };
  } catch (error) {
    if (error instanceof SigmaRefusal) return { ok: false, problem: error.problem };
    throw error;
  }
}

function readFile(source: string): SigmaFile {
  if (source.length > ruleLimits.sigmaChars) throw new SigmaRefusal('too-large');
  const rule = readYaml(source);
  if (rule['correlation'] !== undefined) throw new SigmaRefusal('correlation');
  if (typeof rule['title'] !== 'string') throw new SigmaRefusal('not-a-rule');
  const logSource = logSourceOf(rule['logsource']);
  const sources = sourcesOf(logSource);
  if (sources === undefined) {
    throw new SigmaRefusal('log-source-unknown', Object.values(logSource).filter(Boolean).join('/'));
  }
  const { detection } = rule;
  if (!isMap(detection)) throw new SigmaRefusal('detection-missing');
  const { condition, timeframe, ...named } = detection;
  if (timeframe !== undefined) throw new SigmaRefusal('aggregation', 'timeframe');
  const searches = new Map(Object.entries(named).map(([name, search]) => [name, readSearch(search)]));
  return {
    title: rule['title'],
    id: textOf(rule['id']),
    author: textOf(rule['author']),
    description: textOf(rule['description']),
    license: textOf(rule['license']),
    references: textsOf(rule['references']),
    tags: textsOf(rule['tags']),
    falsePositives: textsOf(rule['falsepositives']),
    severity: severityOf(rule['level']),
    logSource,
    sources,
    searches,
    condition: conditionOf(condition, [...searches.keys()]),
  };
}

function readYaml(source: string): Record<string, unknown> {
  let documents: unknown[];
  try {
    documents = loadAll(source) as unknown[];
  } catch {
    throw new SigmaRefusal('yaml-unreadable');
  }
  if (documents.length > 1) throw new SigmaRefusal('several-documents');
  const [rule] = documents;
  if (!isMap(rule)) throw new SigmaRefusal('not-a-rule');
  return rule;
}

function logSourceOf(value: unknown): SigmaLogSource {
  if (!isMap(value)) throw new SigmaRefusal('log-source-missing');
  const part = (name: string): string => (textOf(value[name]) ?? '').trim().toLowerCase();
  const logSource = { product: part('product'), category: part('category'), service: part('service') };
  if (Object.values(logSource).every((each) => each === '')) throw new SigmaRefusal('log-source-missing');
  return logSource;
}

function conditionOf(value: unknown, names: readonly string[]): SigmaCondition {
  const texts = Array.isArray(value) ? (value as unknown[]) : [value];
  if (texts.length === 0 || value === undefined || value === null) throw new SigmaRefusal('condition-missing');
  const parts = texts.map((text) => {
    if (typeof text !== 'string') throw new SigmaRefusal('condition-unreadable', String(text));
    return readCondition(text, names);
  });
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: 'or', parts };
}

function severityOf(level: unknown): RuleSeverity {
  if (level === 'critical' || level === 'high' || level === 'medium') return level;
  return 'low';
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function textsOf(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? (value as unknown[]) : [value];
  return list.map(textOf).filter((text) => text !== null);
}
