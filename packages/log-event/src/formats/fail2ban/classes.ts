import { classTable } from '../../classes/class-table.ts';

/** What was refused (PCI DSS 10.2.1.4); that the guard stops is a change of a security function. */
export const fail2banClasses = classTable({
  address_banned: 'access-denied',
  attempt_found: 'access-denied',
  fail2ban_stopped: 'policy-change',
  jail_changed: 'policy-change',
});
