import { classTable } from '../../classes/class-table.ts';

/** Binds and their results, and changes of entries (PCI DSS 10.2.1.4, 10.2.1.5). */
export const openldapClasses = classTable({
  ldap_bind: 'authentication-use',
  ldap_bind_result: 'authentication-use',
  'ldap_bind_result failure': 'authentication-use access-denied',
  ldap_refused: 'access-denied',
  ldap_modify: 'account-change',
  ldap_add: 'account-change',
  ldap_delete: 'account-change',
  ldap_rename: 'account-change',
  ldap_password_changed: 'credential-change',
});
