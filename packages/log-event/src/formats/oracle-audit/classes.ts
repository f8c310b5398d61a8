import { classTable } from '../../classes/class-table.ts';

/** Oracle's sign-ins; what an action does is classed by its words. */
export const oracleAuditClasses = classTable({
  db_login: 'authentication-use',
  'db_login failure': 'authentication-use access-denied',
  db_logout: 'authentication-use',
  db_started: 'administrator-action',
  db_stopped: 'administrator-action',
});
