/**
 * Juniper's Junos: an event's tag (`UI_LOGIN_EVENT`, `RT_FLOW_SESSION_DENY`) leads the message, or is the message id of
 * RFC 5424 beside structured data `junos@2636.… username="yamada" …`.
 */

import type { EventDraft } from '../../event-draft.ts';
import { fillNamed, readRows } from '../message-rows.ts';
import { classifyJunos, junosEvents, junosTexts, structuredNames } from './junos-events.ts';

const tag = /^(?:fpc\d{1,2} )?([A-Z][A-Z0-9]{1,15}(?:_[A-Z0-9]{1,24}){1,8}): /;

const upper = (code: number): boolean => code >= 65 && code <= 90;

/** Whether a message begins with two capitals, or has Junos's structured data before it. */
export function startsJuniper(draft: EventDraft, message: string): boolean {
  if (upper(message.charCodeAt(0)) && upper(message.charCodeAt(1))) return true;
  return message.startsWith('fpc') || draft.labelKeys[0]?.startsWith('junos@') === true;
}

/** The tag of a message, or of the envelope's message id, that Junos alone has. */
function tagOf(draft: EventDraft, message: string): { name: string; text: string } | undefined {
  const match = tag.exec(message);
  const name = match?.[1];
  if (name !== undefined && isKnown(name)) return { name, text: message.slice(match?.[0].length) };
  const id = draft.get('log.syslog.msgid');
  if (typeof id === 'string' && isKnown(id) && draft.labelKeys.some((key) => key.startsWith('junos@')))
    return { name: id, text: message };
  return undefined;
}

function isKnown(name: string): boolean {
  return (
    junosEvents.has(name) ||
    /^(?:UI|RT|LOGIN|SSHD|SNMPD|PFE|KMD|FWAUTH|JSRPD|AAMW|IDP|AV|WEBFILTER|UTM|DH_SVC|WEB_AUTH|CHASSISD|LICENSE|RPD)_/.test(
      name,
    )
  );
}

export function readJuniper(draft: EventDraft, message: string): boolean {
  const found = tagOf(draft, message);
  if (found === undefined) return false;
  const { name, text } = found;
  draft.parsedAs('juniper');
  draft.keyword('event.code', name);
  takeStructured(draft);
  const [action, category, outcome] = (junosEvents.get(name) ?? `junos_${name.toLowerCase()} host`).split(' ');
  if (!readRows(draft, text, junosTexts.get(name)))
    draft.event(action ?? '', category ?? '', outcome === 'success' || outcome === 'failure' ? outcome : undefined);
  classifyJunos(draft);
  return true;
}

const nothing = new Set(['', 'N/A', 'None', 'UNKNOWN']);

/** `junos@2636.1.1.1.2.26.username`: the envelope's reader has made labels of structured data. */
function takeStructured(draft: EventDraft): void {
  draft.labelKeys.forEach((key, index) => {
    if (!key.startsWith('junos@')) return;
    const name = structuredNames.get(key.slice(key.lastIndexOf('.') + 1));
    const value = draft.labelValues[index] ?? '';
    if (name !== undefined && !nothing.has(value)) fillNamed(draft, name, value);
  });
}
