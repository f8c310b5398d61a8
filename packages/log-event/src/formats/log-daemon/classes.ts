import { classTable } from '../../classes/class-table.ts';

/** Logging started, stopped, paused, lost, removed (PCI DSS 10.2.1.6). Rotation by schedule is none of it. */
export const logDaemonClasses = classTable({
  log_started: 'log-control',
  log_stopped: 'log-control',
  log_suspended: 'log-control',
  log_resumed: 'log-control',
  log_dropped: 'log-control',
  log_removed: 'log-control',
  log_damaged: 'log-control',
  log_reloaded: 'policy-change log-control',
});
