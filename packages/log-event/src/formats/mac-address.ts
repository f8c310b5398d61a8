const separators = /[:.-]/g;
/** A DHCP client's id is its hardware address behind the type of its network, 01 for Ethernet. */
const twelveDigits = /^(?:01(?=[0-9a-f]{12}$))?([0-9a-f]{12})$/;

/**
 * A hardware address in one form, `00:1a:2b:3c:4d:5e`, so that one search finds it in all logs: devices write
 * `001a.2b3c.4d5e`, `00-1A-2B-3C-4D-5E` and others. A text that is none stays.
 */
export function macAddress(written: string): string {
  if (written.length > 23) return written;
  const digits = written.toLowerCase().replace(separators, '');
  return twelveDigits.exec(digits)?.[1]?.match(/../g)?.join(':') ?? written;
}
