const request = String.raw`%{WORD:http.request.method} %{NOTSPACE:url.original}(?: HTTP/%{NUMBER:http.version})?`;
const answered = '(?:-|%{INT:http.response.status_code})';
const sent = '(?:-|%{INT:http.response.body.bytes})';
const millis = (key: string): string => `(?:-1|%{INT:haproxy.${key}})`;
const connections = ['active', 'frontend', 'backend', 'server', 'retries']
  .map((each) => `%{NOTSPACE:haproxy.connections.${each}}`)
  .join('/');
const queues = '%{INT:haproxy.server_queue}/%{INT:haproxy.backend_queue}';
const proxied = String.raw`%{IP:source.ip}:%{INT:source.port} \[%{HAPROXYDATE:haproxy.request_date}\] %{NOTSPACE:haproxy.frontend_name} %{HAPROXYBACKEND:haproxy.backend_name}/(?:<NOSRV>|%{NOTSPACE:haproxy.server_name})`;

/** Lines of web servers and proxies: Apache and its relatives, HAProxy, Squid, and Amazon's storage, balancers and edges. */
export const webPatterns = {
  HTTPDUSER: '%{EMAILADDRESS}|%{USER}',
  HTTPDERROR_DATE: '%{DAY} %{MONTH} %{MONTHDAY} %{TIME} %{YEAR}',
  HTTPD_COMMONLOG: String.raw`%{IPORHOST:source.address} (?:-|%{HTTPDUSER:http.ident}) (?:-|%{HTTPDUSER:user.name}) \[%{HTTPDATE:timestamp}\] "(?:${request}|%{DATA:http.request.raw})" ${answered} ${sent}`,
  HTTPD_COMBINEDLOG: '%{HTTPD_COMMONLOG} "(?:-|%{DATA:http.request.referrer})" "(?:-|%{DATA:user_agent.original})"',
  COMMONAPACHELOG: '%{HTTPD_COMMONLOG}',
  COMBINEDAPACHELOG: '%{HTTPD_COMBINEDLOG}',
  HTTPD20_ERRORLOG: String.raw`\[%{HTTPDERROR_DATE:timestamp}\] \[%{LOGLEVEL:log.level}\] (?:\[client %{IPORHOST:source.address}\] )?%{GREEDYDATA:text}`,
  HTTPD24_ERRORLOG: String.raw`\[%{HTTPDERROR_DATE:timestamp}\] \[%{WORD:apache.module}?:%{LOGLEVEL:log.level}\] \[pid %{POSINT:process.pid}(?::tid %{INT:process.thread.id})?\](?: \(%{POSINT:apache.error_number}\)[^:]*:)?(?: \[client %{IPORHOST:source.address}(?::%{POSINT:source.port})?\])?(?: (?P<error.code>AH[0-9]+):)? %{GREEDYDATA:text}`,
  HTTPD_ERRORLOG: '%{HTTPD20_ERRORLOG}|%{HTTPD24_ERRORLOG}',
  HAPROXYTIME: '%{HOUR}:%{MINUTE}(?::%{SECOND})',
  HAPROXYDATE: '%{MONTHDAY}/%{MONTH}/%{YEAR}:%{HAPROXYTIME}',
  HAPROXYBACKEND: String.raw`[^\s/]+`,
  HAPROXYCAPTUREDREQUESTHEADERS: String.raw`(?P<haproxy.request_headers>[^}]*)`,
  HAPROXYCAPTUREDRESPONSEHEADERS: String.raw`(?P<haproxy.response_headers>[^}]*)`,
  HAPROXYHTTPREQUESTLINE: `<BADREQ>|${request}`,
  HAPROXYHTTPBASE: String.raw`${proxied} ${['wait', 'queue', 'connect', 'response'].map(millis).join('/')}/%{NOTSPACE:haproxy.total_time} %{INT:http.response.status_code} %{NOTSPACE:source.bytes} (?:-|%{NOTSPACE:haproxy.request_cookie}) (?:-|%{NOTSPACE:haproxy.response_cookie}) %{NOTSPACE:haproxy.termination_state} ${connections} ${queues}(?: \{%{HAPROXYCAPTUREDREQUESTHEADERS}\}(?: \{%{HAPROXYCAPTUREDRESPONSEHEADERS}\})?)?(?: "%{HAPROXYHTTPREQUESTLINE}"?)?`,
  HAPROXYHTTP:
    '(?:%{SYSLOGTIMESTAMP:timestamp}|%{TIMESTAMP_ISO8601:timestamp}) %{IPORHOST:host.name} %{SYSLOGPROG}: %{HAPROXYHTTPBASE}',
  HAPROXYTCP: `(?:%{SYSLOGTIMESTAMP:timestamp}|%{TIMESTAMP_ISO8601:timestamp}) %{IPORHOST:host.name} %{SYSLOGPROG}: ${proxied} ${['queue', 'connect'].map(millis).join('/')}/%{NOTSPACE:haproxy.total_time} %{NOTSPACE:source.bytes} %{NOTSPACE:haproxy.termination_state} ${connections} ${queues}`,
  SQUID3: String.raw`%{NUMBER:timestamp}\s+%{NUMBER:squid.duration}\s%{IP:source.ip}\s%{WORD:squid.result}/%{POSINT:http.response.status_code}\s%{INT:http.response.body.bytes}\s%{WORD:http.request.method}\s%{NOTSPACE:url.original}\s(?:-|%{NOTSPACE:user.name})\s%{WORD:squid.hierarchy}/(?:-|%{IPORHOST:destination.address})\s%{NOTSPACE:squid.content_type}`,
  S3_REQUEST_LINE: request,
  S3_ACCESS_LOG: String.raw`%{WORD:s3.bucket_owner} %{NOTSPACE:s3.bucket} \[%{HTTPDATE:timestamp}\] (?:-|%{IP:source.ip}) (?:-|%{NOTSPACE:user.name}) %{NOTSPACE:s3.request_id} %{NOTSPACE:event.action} (?:-|%{NOTSPACE:s3.key}) (?:-|"%{S3_REQUEST_LINE}") ${answered} (?:-|%{NOTSPACE:error.code}) ${sent} (?:-|%{INT:s3.object_size}) (?:-|%{INT:s3.total_time}) (?:-|%{INT:s3.turn_around_time}) "(?:-|%{DATA:http.request.referrer})" "(?:-|%{DATA:user_agent.original})" (?:-|%{NOTSPACE:s3.version_id})(?: %{GREEDYDATA:s3.more})?`,
  ELB_REQUEST_LINE: `${request}|%{DATA:http.request.raw}`,
  ELB_ACCESS_LOG: String.raw`%{TIMESTAMP_ISO8601:timestamp} %{NOTSPACE:elb.name} %{IP:source.ip}:%{INT:source.port} (?:-|%{IP:destination.ip}:%{INT:destination.port}) %{NUMBER:elb.request_time} %{NUMBER:elb.backend_time} %{NUMBER:elb.response_time} (?:-|%{INT:http.response.status_code}) (?:-|%{INT:elb.backend_status_code}) %{INT:http.request.body.bytes} ${sent} "%{ELB_REQUEST_LINE}"(?: %{GREEDYDATA:elb.more})?`,
  CLOUDFRONT_ACCESS_LOG: String.raw`(?P<timestamp>%{YEAR}-%{MONTHNUM}-%{MONTHDAY}\t%{TIME})\t%{NOTSPACE:cloudfront.edge}\t${sent}\t%{IPORHOST:source.address}\t%{WORD:http.request.method}\t%{HOSTNAME:url.domain}\t%{NOTSPACE:url.path}\t${answered}\t%{NOTSPACE:http.request.referrer}\t%{NOTSPACE:user_agent.original}\t%{NOTSPACE:url.query}\t%{NOTSPACE:cloudfront.cookies}\t%{WORD:cloudfront.result}\t%{NOTSPACE:cloudfront.request_id}(?:\t%{GREEDYDATA:cloudfront.more})?`,
} as const;
