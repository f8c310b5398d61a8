/** The product's own audit trail: one JSON object with catalogued names, so that every key of it is read as it stands. */

import type { EventDraft } from '../../event-draft.ts';
import { readJson } from '../json/read-json.ts';

export const akashiAuditFormat = 'akashi-audit';

export function readAkashiAudit(draft: EventDraft): boolean {
  if (!readJson(draft, 0)) return false;
  draft.parsedAs(akashiAuditFormat);
  return true;
}
