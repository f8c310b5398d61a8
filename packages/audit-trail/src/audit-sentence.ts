import { auditActions } from './audit-actions.ts';
import type { AuditActor, AuditEvent, AuditOrigin } from './audit-event.ts';
import { boundedText, textLimit } from './kept-text.ts';

/** `佐藤 花子 <sato@example.jp>`, `API key backup`, `Akashi worker`. */
export function actorName(actor: AuditActor): string {
  const name = boundedText(actor.name === '' ? (actor.id ?? 'unknown') : actor.name, textLimit.name);
  if (actor.email !== undefined && actor.email !== actor.name)
    return `${name} <${boundedText(actor.email, textLimit.name)}>`;
  return actor.kind === 'api-key' ? `API key ${name}` : name;
}

/**
 * The act as a sentence that people read and find by words of either language:
 * `Searched logs (ログを検索): 佐藤 花子 <sato@example.jp> from 192.0.2.7, success, 12 found.`
 */
export function auditSentence(actor: AuditActor, origin: AuditOrigin, event: AuditEvent): string {
  const { label } = auditActions[event.action];
  const { target } = event;
  const object = target === undefined ? undefined : (target.name ?? target.id);
  const parts = [
    `${actorName(actor)} from ${boundedText(origin.address, textLimit.address)}`,
    event.outcome + (event.reason === undefined ? '' : ` (${boundedText(event.reason, textLimit.name)})`),
    ...(object === undefined || target === undefined
      ? []
      : [`${boundedText(target.kind, textLimit.name)} ${boundedText(object, textLimit.name)}`]),
    ...(event.count === undefined ? [] : [`count ${event.count}`]),
  ];
  return `${label.en} (${label.ja}): ${parts.join(', ')}.`;
}
