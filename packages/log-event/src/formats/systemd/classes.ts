import { classTable } from '../../classes/class-table.ts';

/** Sessions of logind (PCI DSS 10.2.1.5); services of logging are judged by their names. */
export const systemdClasses = classTable({
  session_opened: 'authentication-use',
  session_closed: 'authentication-use',
  session_logged_out: 'authentication-use',
});
