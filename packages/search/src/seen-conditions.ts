import { withinScope } from '@akashi/policy';
import { compileQuery, type QueryTree } from '@akashi/query';
import { selectionQuery, type EventSelection } from './event-selection.ts';
import { readNumber, readObject } from './search-client.ts';
import { searchStream, type TenantStream } from './tenant-stream.ts';

/** Conditions of one request: each is a query of its own, and a request stays small. */
const conditionsAtOnce = 200;

/** Which of the conditions any event of the selection fulfils, in their order. Nothing is numbered or held: each is counted. */
export async function seenConditions(
  stream: TenantStream,
  selection: EventSelection,
  conditions: readonly QueryTree[],
): Promise<boolean[]> {
  const seen: boolean[] = [];
  const query = selectionQuery(selection);
  for (let start = 0; start < conditions.length; start += conditionsAtOnce) {
    const some = conditions.slice(start, start + conditionsAtOnce);
    const aggs = Object.fromEntries(
      some.map((tree, at) => [`c${at}`, { filter: compileQuery(withinScope(selection.scope, tree)) }]),
    );
    const body = { size: 0, track_total_hits: false, query, aggs };
    const answer = readObject((await searchStream(stream, body, selection.signal))['aggregations']);
    seen.push(...some.map((_, at) => readNumber(readObject(answer[`c${at}`])['doc_count']) > 0));
  }
  return seen;
}
