import { classTable } from '../../classes/class-table.ts';

/** A user's table of jobs, made and removed (PCI DSS 10.2.1.7). What cron then runs is nobody's act. */
export const cronClasses = classTable({
  cron_replace: 'system-object',
  cron_delete: 'system-object',
  cron_auth: 'access-denied',
  cron_pam_error: 'access-denied',
});
