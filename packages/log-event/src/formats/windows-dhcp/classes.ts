import { classTable } from '../../classes/class-table.ts';

/** The log of Windows' DHCP server: refusals, and the log's own start and stop. */
export const windowsDhcpClasses = classTable({
  dhcp_log_started: 'log-control',
  dhcp_log_stopped: 'log-control',
  dhcp_log_paused: 'log-control',
  dhcp_denied: 'access-denied',
});
