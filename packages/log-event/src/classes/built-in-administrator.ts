import type { FieldValue } from '../log-event.ts';

/**
 * Accounts that come with a system and may do everything on it, or belong to it (PCI DSS 10.2.1.2: "interactive use of
 * application or system accounts"). Which other accounts are shared is a setting of the organisation, and no class.
 */
const names = new Set('root toor administrator admin sa sys sysdba postgres oracle mysql'.split(' '));
const longest = 'administrator'.length;

/** `root`, `CORP\Administrator`, `administrator@corp.example`, in any case of letters. */
export function isBuiltInAdministrator(account: FieldValue | undefined): boolean {
  if (typeof account !== 'string') return false;
  const from = account.lastIndexOf('\\') + 1;
  const at = account.indexOf('@', from);
  const end = at < 0 ? account.length : at;
  return end > from && end - from <= longest && names.has(account.slice(from, end).toLowerCase());
}
