import { classTableOf } from '../../classes/class-table.ts';

/** Clocks that are set, and sources of time that change (PCI DSS 10.6.3). Keeping the clock right by slewing is no change. */
export const ntpClasses = classTableOf({
  'time-change': 'ntp_clock_step ntp_time_jump ntp_sync ntp_sys_peer ntp_peer_replaced ntp_peers_changed',
});

/** What the operating system says of its clock; a change of its network is none of its sources of time. */
export const systemClockClasses = classTableOf({
  'time-change': 'ntp_clock_step ntp_time_jump ntp_sys_peer',
  'time-change administrator-action': 'ntp_enabled ntp_disabled time_zone_changed rtc_changed',
});
