import { classTable } from '../../classes/class-table.ts';

/** What was made or deleted where integrity is watched is a system-level object. */
export const fileIntegrityClasses = classTable({
  file_added: 'system-object',
  file_removed: 'system-object',
  integrity_policy_changed: 'policy-change',
  integrity_database_made: 'policy-change',
});
