import { classTable } from '../../classes/class-table.ts';

/** PostgreSQL's own messages; what a statement does is classed by its words. */
export const postgresqlClasses = classTable({
  db_login: 'authentication-use',
  'db_login failure': 'authentication-use access-denied',
  db_authentication: 'authentication-use',
  db_logout: 'authentication-use',
  db_permission_denied: 'access-denied',
  db_setting_changed: 'policy-change',
  db_configuration_reloaded: 'policy-change',
  db_log_redirected: 'log-control',
  db_audit_started: 'log-control',
});
