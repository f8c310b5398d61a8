/** What one of the installation's people opened: reading in an organisation that lets them, in this tab alone. */
export interface SupportSession {
  id: string;
  tenantNameJa: string;
  tenantNameEn: string;
  endsAt: string;
  /** The API refused it: its end has come, or the organisation revoked it. */
  isOver?: boolean;
}

const storageKey = 'akashi-support';
const changeEvent = 'akashi-support-change';

/** The routes that read logs; on all others the header would be refused. */
const logPaths = [
  '/v1/search',
  '/v1/archive-searches',
  '/v1/events',
  '/v1/log-groups',
  '/v1/sources',
  '/v1/log/standing',
];

let last: { text: string | null; session: SupportSession | null } = { text: null, session: null };

/** The session that is open in this tab; the same object until it changes. */
export function readSupportSession(): SupportSession | null {
  const text = window.sessionStorage.getItem(storageKey);
  if (text !== last.text) last = { text, session: text === null ? null : (JSON.parse(text) as SupportSession) };
  return last.session;
}

export function openSupportSession(session: SupportSession | null): void {
  if (session === null) window.sessionStorage.removeItem(storageKey);
  else window.sessionStorage.setItem(storageKey, JSON.stringify(session));
  window.dispatchEvent(new Event(changeEvent));
}

export function onSupportSessionChange(changed: () => void): () => void {
  window.addEventListener(changeEvent, changed);
  return () => window.removeEventListener(changeEvent, changed);
}

export function noteSupportOver(): void {
  const session = readSupportSession();
  if (session !== null && !session.isOver) openSupportSession({ ...session, isOver: true });
}

/**
 * The id to send with a request, or null: nothing but the reading of logs happens in the other organisation. It is sent
 * after the end as well, to be refused: without it the operator's own organisation would answer in the other one's name.
 */
export function supportIdFor(path: string): string | null {
  if (typeof window === 'undefined') return null;
  const session = readSupportSession();
  if (session === null) return null;
  return logPaths.some((prefix) => path === prefix || path.startsWith(`${prefix}/`) || path.startsWith(`${prefix}?`))
    ? session.id
    : null;
}
