/**
 * All fields of an event that tell whose act it was and what work it was: whoever has these of an event resolves it as with its
 * whole document. A test holds the conditions of claims to it.
 */
export const actFields = [
  'event.category',
  'host.ip',
  'host.name',
  'log.group',
  'log.stream',
  'parse.format',
  'pci.class',
  'process.name',
  'process.pid',
  'process.tty.name',
  'service.name',
  'session.id',
  'source.ip',
  'source.mac',
  'user.effective.name',
  'user.id',
  'user.name',
  'winlog.logon.id',
] as const;
