/** Services that take, keep or send audit logs: that they start or stop is itself to be logged (PCI DSS 10.2.1.6). */
const logServices = new Set(
  'auditd rsyslog rsyslogd syslog syslogd syslog-ng systemd-journald journald fluentd fluent-bit td-agent td-agent-bit filebeat auditbeat winlogbeat vector promtail awslogs awslogsd amazon-cloudwatch-agent splunkforwarder wazuh-agent akashi-agent'.split(
    ' ',
  ),
);

export function isLogService(name: unknown): boolean {
  return typeof name === 'string' && logServices.has(name.endsWith('.service') ? name.slice(0, -8) : name);
}
