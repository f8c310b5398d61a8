/**
 * sudo's messages: `alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/bin/ls`, with a reason before the
 * first pair when sudo refused, through syslog or in its own log file. The acting user is `user.name`, the one acted as
 * `user.effective.name` (10.2.1.2).
 */

import type { EventDraft } from '../../event-draft.ts';
import { commandOf, findRunAs, type RunAs } from './run-as.ts';

const authenticationReasons = /incorrect password|password is required|authentication|conversation failed/i;
const refusals =
  /^(?:command not allowed|user NOT (?:in sudoers|authorized)|a password is required|\d+ incorrect password|sorry, )/;
const continued = '(command continued) ';
/** A later line of sudo's own log file, which breaks long messages and indents what follows. */
const laterLine = /^ {4,8}(?=\S)/;
const brokenLine = /\r?\n {4,8}/g;

export function readSudo(draft: EventDraft, whole: string): boolean {
  const message = whole.includes('\n') ? whole.replace(brokenLine, ' ') : whole;
  const start = message.search(/\S/);
  const colon = message.indexOf(' : ');
  if (start < 0 || colon <= start || colon - start > 256) {
    if (laterLine.test(message) && message.indexOf('COMMAND=') === start)
      readContinued(draft, message.slice(start + 8));
    else draft.partly('sudo', 'unknown-message');
    return true;
  }
  draft.parsedAs('sudo');
  draft.keyword('user.name', message.slice(start, colon));
  const body = message.slice(colon + 3);
  if (body.startsWith(continued)) readContinued(draft, body.slice(continued.length));
  else readBody(draft, body);
  return true;
}

/** The rest of a command that was too long for one message. */
function readContinued(draft: EventDraft, rest: string): void {
  draft.parsedAs('sudo');
  draft.event('sudo_command_continued', 'process');
  readCommand(draft, rest);
}

/** What stands before the working directory is sudo's own word, in this order. */
const head =
  /^((?:(?!(?:HOST|TTY|CHROOT|PWD|USER|GROUP|TSID|ENV|COMMAND)=)[^;]{1,512} ; )?)(?:HOST=(\S{1,255}) (?:;|:) )?(?:TTY=(\S{0,64}) ; )?(?:CHROOT=([^;]{0,512}) ; )?(PWD=)?/;

function readBody(draft: EventDraft, body: string): void {
  const match = head.exec(body);
  const [all = '', before = '', host, tty, chroot] = match ?? [];
  const rest = body.slice(all.length);
  const runAs = findRunAs(rest);
  const reason = before.slice(0, -3).trim();
  if (runAs === undefined && tty === undefined) {
    draft.keyword('event.reason', body);
    if (refusals.test(body)) draft.event('sudo_command', 'authentication', 'failure');
    draft.partly('sudo', 'unknown-message');
    return;
  }
  draft.keyword('process.tty.name', tty);
  draft.keyword('host.name', host);
  if (chroot !== undefined) draft.label('sudo.chroot', chroot);
  if (runAs === undefined) draft.keyword('process.working_directory', rest.replace(/ ;\s*$/, ''));
  else readRunAs(draft, runAs);
  draft.keyword('event.reason', reason);
  const failed = reason !== '';
  const asked = failed && authenticationReasons.test(reason);
  if (asked) draft.classify('authentication-use');
  draft.event('sudo_command', asked ? 'authentication' : 'process', failed ? 'failure' : 'success');
}

function readRunAs(draft: EventDraft, runAs: RunAs): void {
  draft.keyword('process.working_directory', runAs.directory);
  draft.keyword('user.effective.name', runAs.user);
  draft.keyword('group.name', runAs.group);
  draft.label('sudo.tsid', runAs.session);
  draft.label('sudo.env', runAs.environment);
  if (runAs.isDoubtful) draft.partly('sudo', 'malformed');
  if (runAs.command !== undefined) readCommand(draft, runAs.command);
}

function readCommand(draft: EventDraft, text: string): void {
  const { command, signal, exitCode } = commandOf(text);
  draft.keyword('process.command_line', command);
  draft.long('process.exit_code', exitCode);
  if (signal !== undefined) draft.label('sudo.signal', signal);
}
