/**
 * su's own messages, of util-linux, shadow, BSD, Solaris and AIX. What PAM says for su is read as PAM. The target is typed;
 * who typed it stands behind it, and is found from the end.
 */

import { isBuiltInAdministrator } from '../../classes/built-in-administrator.ts';
import type { EventDraft } from '../../event-draft.ts';

interface SuMessage {
  pattern: RegExp;
  outcome: 'success' | 'failure';
  groups: ReadonlyArray<'actor' | 'target' | 'tty'>;
}

const name = '(.{1,256})';

const messages: readonly SuMessage[] = [
  row(`^FAILED SU \\(to ${name}\\) ${name} on (\\S+)$`, 'failure', 'target actor tty'),
  row(`^\\(to ${name}\\) ${name} on (\\S+)$`, 'success', 'target actor tty'),
  row(`^Successful su for ${name} by ${name}$`, 'success', 'target actor'),
  row(`^FAILED su for ${name} by ${name}$`, 'failure', 'target actor'),
  row(`^\\+ (\\S+) ([^\\s:]+)[:-]${name}$`, 'success', 'tty actor target'),
  row(`^- (\\S+) ([^\\s:]+)[:-]${name}$`, 'failure', 'tty actor target'),
  row(`^BAD SU (\\S+) to ${name} on (\\S+)$`, 'failure', 'actor target tty'),
  row(`^failed: (\\S+) changing from (\\S+) to ${name}$`, 'failure', 'tty actor target'),
  row(`^'su ${name}' failed for (\\S+) on (\\S+)$`, 'failure', 'target actor tty'),
  row(`^'su ${name}' succeeded for (\\S+) on (\\S+)$`, 'success', 'target actor tty'),
  row(`^(\\S+) to ${name} on (\\S+)$`, 'success', 'actor target tty'),
];

const names = { actor: 'user.name', target: 'user.effective.name', tty: 'process.tty.name' } as const;

export function readSu(draft: EventDraft, message: string): boolean {
  draft.parsedAs('su');
  for (const { pattern, outcome, groups } of messages) {
    const match = pattern.exec(message);
    if (match === null) continue;
    draft.event('su', 'authentication', outcome);
    groups.forEach((what, index) => draft.keyword(names[what], match[index + 1]));
    if (!isBuiltInAdministrator(draft.get('user.name'))) draft.classify('privilege-elevation');
    return true;
  }
  draft.partly('su', 'unknown-message');
  return true;
}

function row(pattern: string, outcome: SuMessage['outcome'], groups: string): SuMessage {
  return { pattern: new RegExp(pattern, 's'), outcome, groups: groups.split(' ') as Array<'actor' | 'target' | 'tty'> };
}
