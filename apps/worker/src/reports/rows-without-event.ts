import type { QueryTree } from '@akashi/query';
import {
  accountKey,
  unchangedCredentials,
  type KnownAccount,
  type ReportDefinition,
  type ReportRow,
} from '@akashi/report';
import { isValidAt, type MasterRow } from '@akashi/attribution';
import type { RunArea } from '@akashi/database';
import { momentOf } from './moment-of.ts';
import type { RunQuestion } from './read-run.ts';
import { readingOfRun } from './reading-of-run.ts';
import type { ReportParts, RunInHand } from './report-parts.ts';
import { listsLogControl } from './run-scope.ts';
import { silentStreams } from './silent-streams.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** What did not happen: accounts whose credentials nobody changed, streams from which nothing came. */
export async function rowsWithoutEvent(
  parts: ReportParts,
  inHand: RunInHand,
  question: RunQuestion,
): Promise<ReportRow[]> {
  const accounts = await unchangedAccounts(parts, inHand, question);
  const silent = listsLogControl(inHand.run.definition) ? await silentStreams(parts, inHand, question.scope) : [];
  return [...accounts, ...silent];
}

async function unchangedAccounts(
  parts: ReportParts,
  inHand: RunInHand,
  { scope, people }: RunQuestion,
): Promise<ReportRow[]> {
  const { run } = inHand;
  const days = unchangedDays(run.definition);
  if (days === null) return [];
  const search = await readingOfRun(parts, inHand);
  const to = run.to.getTime();
  const first = await search.search({
    tree: { kind: 'all' },
    scope,
    sort: 'oldest',
    timeField: 'received_at',
    limit: 1,
  });
  const [oldest] = first.ok ? first.items : [];
  const known = people.rows.flatMap((row) => accountOf(row, to, (id) => people.claims?.nameOf(id, to) ?? id));
  if (oldest === undefined || known.length === 0) return [];
  const span = { scope, from: to - days * dayMs, to, timeField: 'received_at' } as const;
  const all = { ...span, tree: { kind: 'all' } } as const;
  const changes = { ...span, tree: { kind: 'equals', field: 'pci.class', value: 'credential-change' } } as const;
  const isThere = await search.seen(
    all,
    known.map(({ system }) => isOn(system)),
  );
  const here = known.filter((_, at) => isThere[at] === true || isEverything(run.area));
  const isChanged = await search.seen(
    changes,
    here.map(({ account }) => isAbout(account)),
  );
  return unchangedCredentials(run.definition, {
    accounts: here,
    changed: new Set(here.filter((_, at) => isChanged[at] === true).map(({ account }) => accountKey(account))),
    searchableSinceMs: momentOf(oldest.document['received_at']),
    periodEndMs: to,
  });
}

function unchangedDays({ flags }: ReportDefinition): number | null {
  const rule = flags.find(({ kind }) => kind === 'unchanged-credential');
  return rule?.kind === 'unchanged-credential' ? rule.days : null;
}

function accountOf(row: MasterRow, at: number, nameOf: (person: string) => string): KnownAccount[] {
  const { system, id, person } = row.values;
  if (row.master !== 'common-ids' || system === undefined || id === undefined || person === undefined) return [];
  if (!isValidAt(row, at - 1)) return [];
  return [{ system, account: id, person: { id: person, name: nameOf(person), certainty: 'certain' } }];
}

/** Systems of other areas have no events here, so that nothing could be said of their accounts. */
function isOn(system: string): QueryTree {
  const names = [...new Set([system, system.toLowerCase(), system.toUpperCase()])];
  return {
    kind: 'or',
    parts: names.flatMap((value): QueryTree[] => [
      { kind: 'equals', field: 'host.name', value },
      { kind: 'equals', field: 'log.stream', value },
      { kind: 'pattern', field: 'log.group', pattern: `*/${value.replaceAll(/[*?\\]/g, (sign) => `\\${sign}`)}` },
      { kind: 'equals', field: 'log.group', value },
    ]),
  };
}

/** A change is of the account that it names as its target, or of whoever made it. */
function isAbout(account: string): QueryTree {
  const values = [...new Set([account, account.toLowerCase(), account.toUpperCase()])];
  const is = (field: string): QueryTree => ({
    kind: 'or',
    parts: values.map((value): QueryTree => ({ kind: 'equals', field, value })),
  });
  const withoutTarget: QueryTree = { kind: 'not', part: { kind: 'exists', field: 'user.target.name' } };
  return {
    kind: 'or',
    parts: [is('user.target.name'), { kind: 'and', parts: [withoutTarget, is('user.name')] }],
  };
}

function isEverything(area: RunArea | null): boolean {
  if (area === null) return true;
  return (
    area.logGroups.includes('*') && area.logStreams.length === 0 && area.sources.length === 0 && area.hosts.length === 0
  );
}
