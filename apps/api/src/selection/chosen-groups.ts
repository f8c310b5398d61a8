import { isOwnLogGroup, matchesName, reachOfLogGroup } from '@akashi/policy';
import type { ReadSelection } from './read-selection.ts';

type Choice = Pick<ReadSelection, 'scope' | 'logGroups' | 'withoutOwnLogs'>;

/** Of the names, the log groups that a selection asks for and of which its reader may see something. */
export function chosenGroups(names: readonly string[], { scope, logGroups, withoutOwnLogs }: Choice): string[] {
  return names.filter((name) => {
    if (withoutOwnLogs && isOwnLogGroup(name)) return false;
    const isAsked = logGroups === undefined || logGroups.some((pattern) => matchesName(pattern, name));
    return isAsked && reachOfLogGroup(scope, name) !== 'none';
  });
}
