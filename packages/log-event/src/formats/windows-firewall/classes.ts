import { classTable } from '../../classes/class-table.ts';

/** The packet log of Windows' firewall. */
export const windowsFirewallClasses = classTable({
  packet_dropped: 'access-denied',
  firewall_log_lost: 'log-control',
});
