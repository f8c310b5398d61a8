/** Lines of syslog and of what writes to it: RFC 3164, RFC 5424, PAM, cron. */
export const syslogPatterns = {
  PROG: String.raw`[\x21-\x5a\x5c\x5e-\x7e]+`,
  SYSLOGPROG: String.raw`%{PROG:process.name}(?:\[%{POSINT:process.pid}\])?`,
  SYSLOGHOST: '%{IPORHOST}',
  SYSLOGFACILITY: '<%{NONNEGINT}[.]%{NONNEGINT}>',
  SYSLOGBASE: String.raw`%{SYSLOGTIMESTAMP:timestamp} (?:%{SYSLOGFACILITY} )?%{SYSLOGHOST:host.name} %{SYSLOGPROG}:`,
  SYSLOGBASE2: String.raw`(?:%{SYSLOGTIMESTAMP:timestamp}|%{TIMESTAMP_ISO8601:timestamp})(?: %{SYSLOGFACILITY})?(?: %{SYSLOGHOST:host.name})?(?: %{SYSLOGPROG}:)?`,
  SYSLOGLINE: '%{SYSLOGBASE2} %{GREEDYDATA:text}',
  SYSLOGPAMSESSION: String.raw`%{SYSLOGBASE} %{WORD:pam.module}\(%{DATA:pam.origin}\): session %{WORD:pam.session_state} for user %{USERNAME:user.name}(?:\(uid=%{INT}\))?(?: by %{GREEDYDATA})?`,
  CRON_ACTION: '[A-Z ]+',
  CRONLOG: String.raw`%{SYSLOGBASE} \(%{USER:user.name}\) %{CRON_ACTION:cron.action} \(%{DATA:process.command_line}\)`,
  SYSLOG5424PRINTASCII: '[!-~]+',
  SYSLOG5424PRI: '<%{NONNEGINT:priority}>',
  SYSLOG5424SD: String.raw`(?:\[(?:[^"\]]|"(?:\\.|[^\\"])*")*\])+`,
  SYSLOG5424BASE: String.raw`%{SYSLOG5424PRI}%{NONNEGINT:version} +(?:-|%{TIMESTAMP_ISO8601:timestamp}) +(?:-|%{IPORHOST:host.name}) +(?:-|%{SYSLOG5424PRINTASCII:process.name}) +(?:-|%{SYSLOG5424PRINTASCII:process.pid}) +(?:-|%{SYSLOG5424PRINTASCII:event.code}) +(?:-|%{SYSLOG5424SD:structured_data})`,
  SYSLOG5424LINE: '%{SYSLOG5424BASE}(?: +%{GREEDYDATA:text})?',
} as const;
