import { dataProfiles, type DataProfile } from './data-fields.ts';
import { providerEvents } from './provider-events.ts';
import { fixedOutcomes, formerIds, securityEvents } from './security-events.ts';

export type Outcome = 'success' | 'failure';

/** What is known of one id of a log or provider. */
export interface EventRow {
  readonly action: string;
  readonly category: string;
  readonly profile: DataProfile;
  readonly outcome: Outcome | undefined;
  /** Names of classes with blanks between them; '' for none. */
  readonly classes: string;
}

type Rows = ReadonlyMap<string, EventRow>;

const securityRows: Rows = securityTable();
const providerRows = providerTable();
/** Providers whose names go on: `AD FS Auditing`. */
const beginnings = [...providerRows]
  .filter(([name]) => name.endsWith('*'))
  .map(([name, rows]) => [name.slice(0, -1), rows] as const);

const securityProviders = new Set(['microsoft-windows-security-auditing', 'security', 'security-auditing']);

/** Undefined for an id that the tables do not have. */
export function eventRow(provider: string, channel: string, id: string): EventRow | undefined {
  const name = provider.toLowerCase();
  if (securityProviders.has(name) || (name === '' && channel.toLowerCase() === 'security')) return securityRow(id);
  const row = rowsOf(name)?.get(id);
  if (row !== undefined || channel.toLowerCase() !== 'security') return row;
  return securityRow(id);
}

function rowsOf(provider: string): Rows | undefined {
  return providerRows.get(provider) ?? beginnings.find(([start]) => provider.startsWith(start))?.[1];
}

function securityRow(id: string): EventRow | undefined {
  const row = securityRows.get(id);
  if (row !== undefined || id.length !== 3) return row;
  const today = formerIds[id] ?? String(Number(id) + 4096);
  return securityRows.get(today);
}

/** All rows; those of the security log may also fail. */
export function allRows(): ReadonlyArray<{ row: EventRow; mayFail: boolean }> {
  return [
    ...[...securityRows.values()].map((row) => ({ row, mayFail: true })),
    ...[...providerRows.values()].flatMap((rows) => [...rows.values()].map((row) => ({ row, mayFail: false }))),
  ];
}

function securityTable(): Rows {
  const outcomes = new Map<string, Outcome>();
  for (const line of linesOf(fixedOutcomes)) {
    const [outcome, ...ids] = line.split(' ');
    for (const id of ids) outcomes.set(id, outcomeOf(outcome) ?? 'success');
  }
  const rows = new Map<string, EventRow>();
  for (const line of linesOf(securityEvents)) {
    const [ids = '', action = '', category = '', profile = '', ...classes] = line.split(' ');
    for (const id of ids.split(',')) {
      rows.set(id, {
        action,
        category,
        profile: profileOf(profile),
        outcome: outcomes.get(id),
        classes: named(classes),
      });
    }
  }
  return rows;
}

function providerTable(): ReadonlyMap<string, Rows> {
  const tables = new Map<string, Map<string, EventRow>>();
  let rows = new Map<string, EventRow>();
  for (const line of providerEvents.split('\n')) {
    if (line === '') continue;
    if (!line.startsWith(' ')) {
      rows = new Map();
      tables.set(line.toLowerCase(), rows);
      continue;
    }
    const [ids = '', action = '', category = '', profile = '', outcome = '', ...classes] = line.trim().split(' ');
    for (const id of ids.split(',')) {
      rows.set(id, {
        action,
        category,
        profile: profileOf(profile),
        outcome: outcomeOf(outcome),
        classes: named(classes),
      });
    }
  }
  return tables;
}

function linesOf(table: string): string[] {
  return table.split('\n').filter((line) => line !== '');
}

function outcomeOf(word: string | undefined): Outcome | undefined {
  return word === 'success' || word === 'failure' ? word : undefined;
}

function named(classes: readonly string[]): string {
  return classes[0] === '-' ? '' : classes.join(' ');
}

function profileOf(name: string): DataProfile {
  const profile = dataProfiles[name];
  if (profile === undefined) throw new Error(`${name} is no profile of Windows events`);
  return profile;
}
