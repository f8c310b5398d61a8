import type { EventDraft } from '../../event-draft.ts';

const show = /^(?:run )?(?:show|help|ping|traceroute|monitor|exit|quit|top|up|edit) ?/;
const log = /^(?:run )?(?:show|file show|monitor start|clear) (?:log\b|\/var\/log)/;

/** `set system login user ito …`, or the path in brackets of a configuration's audit: `[system login user ito]`. */
export function classifyJunosCommand(draft: EventDraft, command: string): void {
  const text = command.slice(0, 256);
  if (log.test(text)) {
    draft.classify(text.includes('clear log') ? 'log-control' : 'log-access');
    return;
  }
  if (show.test(text)) return;
  if (/\bsystem syslog\b/.test(text)) draft.classify('log-control');
  if (/\bsystem login user\b/.test(text)) draft.classify('account-change');
  if (/\b(?:authentication|root-authentication|encrypted-password|secret)\b/.test(text))
    draft.classify('credential-change');
  if (/\bsystem (?:ntp|time-zone)\b|^set date\b/.test(text)) draft.classify('time-change');
  if (/\b(?:security|firewall|access|system services|policies|screen|zones)\b/.test(text))
    draft.classify('policy-change');
  if (/^(?:request system (?:software|reboot|halt|zeroize))\b/.test(text)) draft.classify('system-object');
}
