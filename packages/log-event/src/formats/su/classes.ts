import { classTable } from '../../classes/class-table.ts';

/** su asks for the other user's password (PCI DSS 10.2.1.5). Whether it gives more rights depends on who asks: the reader says so. */
export const suClasses = classTable({
  su: 'authentication-use',
  'su failure': 'authentication-use access-denied',
});
