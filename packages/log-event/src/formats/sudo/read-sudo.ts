/**
 * sudo's messages: `alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/bin/ls`, with a reason before the
 * first pair when sudo refused. The acting user is `user.name`, the one acted as `user.effective.name` (10.2.1.2).
 */

import type { EventDraft } from '../../event-draft.ts';

const fieldByKey: Readonly<Record<string, string>> = {
  TTY: 'process.tty.name',
  PWD: 'process.working_directory',
  USER: 'user.effective.name',
  GROUP: 'group.name',
};

const authenticationReasons = /incorrect password|password is required|authentication|conversation failed/i;

export function readSudo(draft: EventDraft, message: string): boolean {
  const start = message.search(/\S/);
  const colon = message.indexOf(' : ');
  if (start < 0 || colon <= start || colon - start > 256) {
    draft.partly('sudo', 'unknown-message');
    return true;
  }
  draft.parsedAs('sudo');
  draft.keyword('user.name', message.slice(start, colon));
  const commandAt = message.indexOf('COMMAND=', colon);
  const head = message.slice(colon + 3, commandAt < 0 ? undefined : commandAt);
  if (commandAt >= 0) draft.keyword('process.command_line', message.slice(commandAt + 8));
  let reason = '';
  let pairs = 0;
  for (const part of head.split(' ; ', 32)) {
    const equals = part.indexOf('=');
    const key = equals > 0 ? part.slice(0, equals).trim() : '';
    if (/^[A-Z_]{1,16}$/.test(key)) {
      pairs++;
      const name = fieldByKey[key];
      const value = part.slice(equals + 1).trim();
      if (name === undefined) draft.label(`sudo.${key.toLowerCase()}`, value);
      else draft.keyword(name, value);
    } else if (part.trim() !== '' && reason === '') reason = part.trim();
  }
  if (pairs === 0 && commandAt < 0) {
    draft.keyword('event.reason', reason);
    draft.partly('sudo', 'unknown-message');
    return true;
  }
  const failed = reason !== '';
  draft.keyword('event.reason', reason);
  const category = failed && authenticationReasons.test(reason) ? 'authentication' : 'process';
  draft.event('sudo_command', category, failed ? 'failure' : 'success');
  return true;
}
