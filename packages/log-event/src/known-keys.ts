/**
 * Keys that JSON and key=value lines use for what the catalogue has a name for. Compared without case, `_` and `-`, so
 * that `src_ip`, `srcIp` and `SRC-IP` are one. Only names whose meaning does not depend on who writes them.
 */
const namesByKey: Readonly<Record<string, string>> = {
  user: 'user.name',
  username: 'user.name',
  usr: 'user.name',
  suser: 'user.name',
  login: 'user.name',
  acct: 'user.name',
  account: 'user.name',
  remoteuser: 'user.name',
  useridentityusername: 'user.name',
  userid: 'user.id',
  uid: 'user.id',
  euid: 'user.effective.id',
  duser: 'user.target.name',
  dstuser: 'user.target.name',
  targetuser: 'user.target.name',
  email: 'user.email',
  src: 'source.ip',
  srcip: 'source.ip',
  sourceip: 'source.ip',
  sourceipaddress: 'source.ip',
  clientip: 'source.ip',
  remoteip: 'source.ip',
  remoteaddr: 'source.ip',
  ip: 'source.ip',
  ipaddress: 'source.ip',
  addr: 'source.ip',
  rhost: 'source.ip',
  spt: 'source.port',
  sport: 'source.port',
  srcport: 'source.port',
  sourceport: 'source.port',
  srcmac: 'source.mac',
  smac: 'source.mac',
  dst: 'destination.ip',
  dstip: 'destination.ip',
  destip: 'destination.ip',
  destinationip: 'destination.ip',
  dpt: 'destination.port',
  dport: 'destination.port',
  dstport: 'destination.port',
  destport: 'destination.port',
  destinationport: 'destination.port',
  dstmac: 'destination.mac',
  proto: 'network.transport',
  host: 'host.name',
  hostname: 'host.name',
  computername: 'host.name',
  devname: 'host.name',
  pid: 'process.pid',
  program: 'process.name',
  processname: 'process.name',
  comm: 'process.name',
  cmdline: 'process.command_line',
  commandline: 'process.command_line',
  cwd: 'process.working_directory',
  tty: 'process.tty.name',
  terminal: 'process.tty.name',
  exitcode: 'process.exit_code',
  thread: 'process.thread.name',
  threadname: 'process.thread.name',
  tid: 'process.thread.id',
  action: 'event.action',
  eventname: 'event.action',
  outcome: 'event.outcome',
  reason: 'event.reason',
  level: 'log.level',
  loglevel: 'log.level',
  lvl: 'log.level',
  severity: 'log.level',
  logger: 'log.logger',
  loggername: 'log.logger',
  method: 'http.request.method',
  httpmethod: 'http.request.method',
  requestmethod: 'http.request.method',
  requestid: 'http.request.id',
  status: 'http.response.status_code',
  statuscode: 'http.response.status_code',
  httpstatus: 'http.response.status_code',
  bodybytessent: 'http.response.body.bytes',
  referer: 'http.request.referrer',
  referrer: 'http.request.referrer',
  httpreferer: 'http.request.referrer',
  useragent: 'user_agent.original',
  httpuseragent: 'user_agent.original',
  url: 'url.original',
  uri: 'url.original',
  requesturi: 'url.original',
  path: 'url.path',
  query: 'url.query',
  vhost: 'url.domain',
  file: 'file.path',
  filepath: 'file.path',
  filename: 'file.name',
  service: 'service.name',
  servicename: 'service.name',
  app: 'service.name',
  application: 'service.name',
  error: 'error.message',
  err: 'error.message',
  errormessage: 'error.message',
  errorcode: 'error.code',
  exception: 'error.message',
  stacktrace: 'error.stack_trace',
  stack: 'error.stack_trace',
  traceid: 'trace.id',
  spanid: 'span.id',
};

const addressInstead: Readonly<Record<string, string>> = {
  'source.ip': 'source.address',
  'destination.ip': 'destination.address',
};

const byKey = new Map(Object.entries(namesByKey));

/** The catalogued name for a sender's key, undefined when it has no fixed meaning. */
export function knownKeyName(key: string): string | undefined {
  // A leading underscore marks a field of the writer's own (`__proto__`, `_id`).
  if (key.length > 40 || key.charCodeAt(0) === 95) return undefined;
  return byKey.get(key.toLowerCase().replace(/[_-]/g, ''));
}

/** Where a value goes that a key calls an address and that is a host name. */
export function addressName(name: string): string | undefined {
  return addressInstead[name];
}

export type KeyRole = 'time' | 'message';

const roles = new Map<string, KeyRole>(
  Object.entries({
    '@timestamp': 'time',
    timestamp: 'time',
    time: 'time',
    ts: 'time',
    datetime: 'time',
    'date-time': 'time',
    asctime: 'time',
    isodate: 'time',
    eventtime: 'time',
    event_time: 'time',
    'event.created': 'time',
    log_time: 'time',
    logtime: 'time',
    __realtime_timestamp: 'time',
    't.$date': 'time',
    message: 'message',
    msg: 'message',
    '@message': 'message',
    log: 'message',
  } satisfies Record<string, KeyRole>),
);

export function keyRole(key: string): KeyRole | undefined {
  return roles.get(key) ?? roles.get(key.toLowerCase());
}
