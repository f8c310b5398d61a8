export { auditGroups, type AuditActionKind, type AuditEventType, type AuditGroup } from './audit-action.ts';
export { auditActionNames, auditActions, isAuditAction, type AuditAction } from './audit-actions.ts';
export type { AuditActor, AuditDetail, AuditEvent, AuditOrigin, AuditTarget } from './audit-event.ts';
export { auditFormat, formatAuditLine, type AuditEntry } from './audit-line.ts';
export { AuditRecordTooLargeError } from './kept-text.ts';
export type { ChangedValue } from './describe-change.ts';
export {
  formatSealedLine,
  outlivesMasking,
  sealedActions,
  SealedLineMaskedError,
  type SealedAction,
  type SealedEntry,
  type SealedValue,
} from './sealed-line.ts';
