import { classTable } from '../../classes/class-table.ts';

/** Sign-ins of MySQL and MariaDB; what a statement does is classed by its words. */
export const mysqlClasses = classTable({
  db_login: 'authentication-use',
  'db_login failure': 'authentication-use access-denied',
  db_logout: 'authentication-use',
  db_change_user: 'authentication-use',
  'db_change_user failure': 'authentication-use access-denied',
  db_audit_started: 'log-control',
  db_audit_stopped: 'log-control',
});
