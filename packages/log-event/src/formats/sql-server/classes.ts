import { classTable } from '../../classes/class-table.ts';

/** SQL Server's error log; what a statement does is classed by its words. */
export const sqlServerClasses = classTable({
  db_login: 'authentication-use',
  'db_login failure': 'authentication-use access-denied',
  db_logout: 'authentication-use',
  db_setting_changed: 'policy-change',
  db_audit_changed: 'log-control',
  db_trace_started: 'log-control',
  db_trace_stopped: 'log-control',
  db_log_cycled: 'log-control',
  db_backup: 'administrator-action',
  db_stopped: 'administrator-action',
  db_permission_denied: 'access-denied',
});
