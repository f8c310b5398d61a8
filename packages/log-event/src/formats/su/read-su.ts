/** su's own messages, of util-linux, shadow, BSD, Solaris and AIX. What PAM says for su is read as PAM. */

import type { EventDraft } from '../../event-draft.ts';

interface SuMessage {
  pattern: RegExp;
  outcome: 'success' | 'failure';
  groups: ReadonlyArray<'actor' | 'target' | 'tty'>;
}

const messages: readonly SuMessage[] = [
  { pattern: /^FAILED SU \(to (\S+)\) (\S+) on (\S+)/, outcome: 'failure', groups: ['target', 'actor', 'tty'] },
  { pattern: /^\(to (\S+)\) (\S+) on (\S+)/, outcome: 'success', groups: ['target', 'actor', 'tty'] },
  { pattern: /^Successful su for (\S+) by (\S+)/, outcome: 'success', groups: ['target', 'actor'] },
  { pattern: /^FAILED su for (\S+) by (\S+)/, outcome: 'failure', groups: ['target', 'actor'] },
  { pattern: /^\+ (\S+) ([^\s:]+)[:-](\S+)$/, outcome: 'success', groups: ['tty', 'actor', 'target'] },
  { pattern: /^- (\S+) ([^\s:]+)[:-](\S+)$/, outcome: 'failure', groups: ['tty', 'actor', 'target'] },
  { pattern: /^BAD SU (\S+) to (\S+) on (\S+)/, outcome: 'failure', groups: ['actor', 'target', 'tty'] },
  { pattern: /^failed: (\S+) changing from (\S+) to (\S+)/, outcome: 'failure', groups: ['tty', 'actor', 'target'] },
  { pattern: /^'su (\S+)' failed for (\S+) on (\S+)/, outcome: 'failure', groups: ['target', 'actor', 'tty'] },
  { pattern: /^'su (\S+)' succeeded for (\S+) on (\S+)/, outcome: 'success', groups: ['target', 'actor', 'tty'] },
  { pattern: /^(\S+) to (\S+) on (\S+)$/, outcome: 'success', groups: ['actor', 'target', 'tty'] },
];

const names = { actor: 'user.name', target: 'user.effective.name', tty: 'process.tty.name' } as const;

export function readSu(draft: EventDraft, message: string): boolean {
  draft.parsedAs('su');
  for (const { pattern, outcome, groups } of messages) {
    const match = pattern.exec(message);
    if (match === null) continue;
    draft.event('su', 'authentication', outcome);
    groups.forEach((what, index) => draft.keyword(names[what], match[index + 1]));
    return true;
  }
  draft.partly('su', 'unknown-message');
  return true;
}
