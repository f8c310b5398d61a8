/** cron, crond, anacron and crontab: what ran for whom, and who changed a table of jobs. */

import { isBuiltInAdministrator } from '../../classes/built-in-administrator.ts';
import type { EventDraft } from '../../event-draft.ts';

const line = /^\(([^()]{1,256})\) ([A-Z][A-Z -]{0,31}?) \((.*)\)\s*$/s;

/** crontab's words, behind which stands whose table it is. */
const onTables = new Set(['REPLACE', 'DELETE', 'LIST', 'BEGIN EDIT', 'END EDIT']);
const configuration = new Set(['REPLACE', 'DELETE', 'BEGIN EDIT', 'END EDIT', 'RELOAD', 'ORPHAN']);

const anacron: ReadonlyArray<readonly [RegExp, string]> = [
  [/^Job `([^'`]{1,256})' started/, 'anacron_job_started'],
  [/^Job `([^'`]{1,256})' terminated/, 'anacron_job_ended'],
  [/^Will run job `([^'`]{1,256})'/, 'anacron_job_planned'],
  [/^Anacron \S+ started/, 'anacron_started'],
  [/^Normal exit/, 'anacron_ended'],
  [/^Updated timestamp for job `([^'`]{1,256})'/, 'anacron_job_ended'],
];

export function readCron(draft: EventDraft, message: string): boolean {
  draft.parsedAs('cron');
  const match = line.exec(message);
  if (match !== null) {
    const [, user, verb = '', rest = ''] = match;
    readEntry(draft, verb, rest);
    if (isBuiltInAdministrator(user) && (verb === 'REPLACE' || verb === 'DELETE'))
      draft.classify('administrator-action');
    if (user !== '*system*' && user !== 'CRON') draft.keyword('user.name', user);
    return true;
  }
  for (const [pattern, action] of anacron) {
    const found = pattern.exec(message);
    if (found === null) continue;
    draft.event(action, 'process');
    if (found[1] !== undefined) draft.label('job', found[1]);
    return true;
  }
  draft.partly('cron', 'unknown-message');
  return true;
}

function readEntry(draft: EventDraft, verb: string, rest: string): void {
  if (verb === 'CMD') {
    draft.event('cron_command', 'process');
    draft.keyword('process.command_line', rest.trim());
    return;
  }
  const isError = verb === 'ERROR' || verb === 'AUTH' || /FAILED|BAD|PAM/.test(verb);
  const isDone = verb === 'REPLACE' || verb === 'DELETE';
  const action = `cron_${verb.toLowerCase().replace(/[ -]/g, '_')}`;
  draft.event(
    action,
    configuration.has(verb) ? 'configuration' : 'process',
    isError ? 'failure' : isDone ? 'success' : undefined,
  );
  if (isError) draft.keyword('event.reason', rest);
  if (onTables.has(verb)) draft.keyword('user.target.name', rest);
}
