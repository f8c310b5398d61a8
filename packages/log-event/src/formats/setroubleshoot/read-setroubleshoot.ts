/** What setroubleshootd says of accesses that SELinux refused: in words what the audit's AVC record says in numbers. */

import type { EventDraft } from '../../event-draft.ts';

const denied =
  /^SELinux is preventing (\S{1,512}) from (?:using the (\S{1,64}) (?:access|capability)|'?([\w ,]{1,128}?)'? access(?:es)?) on the (\S{1,64}) (.{1,1024}?)\.(?: For complete SELinux messages|$|\s)/s;

/** False for its other messages. */
export function readSetroubleshoot(draft: EventDraft, message: string): boolean {
  const match = denied.exec(message);
  if (match === null) return false;
  const [, program, capability, access, kind = '', object] = match;
  draft.parsedAs('setroubleshoot');
  draft.event('avc_denied', 'file', 'failure');
  draft.keyword('process.executable', program);
  draft.label('permission', access ?? capability ?? '');
  draft.label('tclass', kind);
  if (object?.startsWith('/') === true) draft.keyword('file.path', object);
  else draft.label('object', object ?? '');
  draft.classify('access-denied');
  return true;
}
