import type { BatchOrigin, EventReading } from '@akashi/log-event';

/** Kernels that wrote more than could be taken from them: the audit system's queue, and the limit of messages. */
const kernelLoss =
  /audit_lost=[1-9]|audit: (?:backlog limit exceeded|kauditd hold queue overflow)|(?:messages|callbacks) suppressed|printk messages dropped/;
const agentLoss = /^akashi-agent: (?:possible gap|record refused) /;

/** Whether an event says that lines are missing: an agent's gap, a daemon that dropped, a kernel that did. */
export function tellsOfLoss(event: EventReading, origin: BatchOrigin): boolean {
  if (origin.source.kind === 'agent' && agentLoss.test(event.message)) return true;
  const { fieldNames, fieldValues } = event;
  if (fieldValues[fieldNames.indexOf('event.action')] === 'log_dropped') return true;
  const program = fieldValues[fieldNames.indexOf('process.name')];
  return (program === 'kernel' || event.parse.format === 'auditd') && kernelLoss.test(event.message);
}
