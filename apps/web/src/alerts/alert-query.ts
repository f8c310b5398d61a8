import { formatQuery, type QueryTree } from '@akashi/query';
import type { Alert } from '../api-client/alerts.ts';
import type { ExplorerState } from '../query/url-state.ts';

/** The explorer goes by the times of events, which differ from those of receipt. */
const aroundMs = 300_000;

/** The explorer on an alert's key, where and while its events came. */
export function alertQuery({
  key,
  places,
  firstAt,
  lastAt,
}: Pick<Alert, 'key' | 'places' | 'firstAt' | 'lastAt'>): Pick<ExplorerState, 'q' | 't'> {
  const groups = [...new Set(places.map(({ logGroup }) => logGroup))];
  const ofPlaces = groups.map((value): QueryTree => ({ kind: 'equals', field: 'log.group', value }));
  const ofKey = key.flatMap(({ field, value }): QueryTree[] =>
    value === null ? [] : [{ kind: 'equals', field, value }],
  );
  const parts = [...anyOf(ofPlaces), ...ofKey];
  const tree: QueryTree = parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'and', parts };
  return {
    q: parts.length === 0 ? '' : formatQuery(tree),
    t: { kind: 'absolute', from: Date.parse(firstAt) - aroundMs, to: Date.parse(lastAt) + aroundMs },
  };
}

function anyOf(parts: QueryTree[]): QueryTree[] {
  return parts.length < 2 ? parts : [{ kind: 'or', parts }];
}
