import { selectionOf } from '@akashi/attribution';
import type { QueryTree } from '@akashi/query';
import { columnSources, selectionOfReport, type FirstTimeKey, type ReportReading } from '@akashi/report';
import type { RunQuestion } from './read-run.ts';
import { readingOfRun } from './reading-of-run.ts';
import type { ReportParts, RunInHand } from './report-parts.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Asks which of the period's combinations were there in the days before, among what the report lists. */
export async function firstTimesBefore(
  parts: ReportParts,
  inHand: RunInHand,
  { reading, question }: { readonly reading: ReportReading; readonly question: RunQuestion },
): Promise<(key: string) => boolean> {
  const days = reading.firstTimeDays;
  const keys = reading.firstTimeKeys();
  if (days === null || keys.length === 0) return () => false;
  const { run } = inHand;
  const { definition, basis } = run;
  const listed = selectionOfReport(
    { classes: definition.classes, tag: definition.tag, query: definition.listed },
    { tags: basis.tags, timeZone: basis.timeZone },
  );
  const from = run.from.getTime();
  const before = {
    tree: { kind: 'and', parts: [question.tree, listed] } as const,
    scope: question.scope,
    from: from - days * dayMs,
    to: from,
    timeField: 'received_at',
  } as const;
  const conditions = keys.map((key) => conditionOf(key, question));
  const seen = await (await readingOfRun(parts, inHand)).seen(before, conditions);
  const known = new Set(keys.filter((_, at) => seen[at] === true).map(({ key }) => key));
  return (key) => known.has(key);
}

function conditionOf({ values }: FirstTimeKey, { people }: RunQuestion): QueryTree {
  const parts = Object.entries(values).map(([column, value]): QueryTree => {
    if (column !== 'person') return anyOfSources(columnSources[column as keyof typeof columnSources], value);
    const selection =
      people.claims === null ? undefined : selectionOf(value, people.claims, { from: null, until: null });
    // Somebody with more accounts than can be asked for counts as seen before: nobody is flagged for that.
    return selection?.ok === true ? selection.tree : { kind: 'all' };
  });
  return { kind: 'and', parts };
}

/** As a row says the column: by the first of the fields that the event has. */
function anyOfSources(fields: readonly string[], value: string): QueryTree {
  const parts = fields.map((field, at): QueryTree => ({
    kind: 'and',
    parts: [
      isValue(field, value),
      ...fields.slice(0, at).map((former): QueryTree => ({ kind: 'not', part: { kind: 'exists', field: former } })),
    ],
  }));
  return { kind: 'or', parts };
}

/** A list is said with commas. */
function isValue(field: string, value: string): QueryTree {
  const whole: QueryTree = { kind: 'equals', field, value };
  if (!value.includes(', ')) return whole;
  const each = value.split(', ').map((one): QueryTree => ({ kind: 'equals', field, value: one }));
  return { kind: 'or', parts: [whole, { kind: 'and', parts: each }] };
}
