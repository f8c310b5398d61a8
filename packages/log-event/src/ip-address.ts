/** Whether a text is an IP address as the index accepts it: no zone, no port, no brackets. */
export function isIpAddress(text: string): boolean {
  const length = text.length;
  if (length < 2 || length > 45) return false;
  return text.includes(':') ? isIpv6(text) : isIpv4(text);
}

export function isIpv4(text: string): boolean {
  let part = -1;
  let parts = 1;
  let digits = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (part < 0) return false;
      parts++;
      part = -1;
      digits = 0;
      continue;
    }
    if (code < 48 || code > 57 || digits === 3 || (digits > 0 && part === 0)) return false;
    part = (part < 0 ? 0 : part) * 10 + (code - 48);
    digits++;
    if (part > 255) return false;
  }
  return parts === 4 && part >= 0;
}

/** `::ffff:192.0.2.1`, an IPv4 address in the form of IPv6, as the IPv4 address that it is. */
export function plainIpv4(text: string): string {
  const tail = text.slice(7);
  return isIpv4(tail) ? tail : text;
}

const hexGroup = /^[0-9a-fA-F]{1,4}$/;

function isIpv6(text: string): boolean {
  const gap = text.indexOf('::');
  if (gap >= 0 && text.indexOf('::', gap + 1) >= 0) return false;
  const groups = text.split(':');
  let count = 0;
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i] ?? '';
    if (group === '') continue;
    if (i === groups.length - 1 && group.includes('.')) {
      if (!isIpv4(group)) return false;
      count += 2;
      continue;
    }
    if (!hexGroup.test(group)) return false;
    count++;
  }
  if (gap < 0) return count === 8 && groups.every((group) => group !== '');
  const bareStart = text.startsWith(':') && gap !== 0;
  const bareEnd = text.endsWith(':') && gap !== text.length - 2;
  return count <= 7 && !bareStart && !bareEnd;
}

/** `1.2.3.4:22`, `[::1]:22` or an address alone, taken apart; the port is '' when there is none. */
export function splitEndpoint(text: string): { address: string; port: string } {
  if (text.startsWith('[')) {
    const close = text.indexOf(']');
    if (close > 0) {
      const rest = text.slice(close + 1);
      return { address: text.slice(1, close), port: rest.startsWith(':') ? rest.slice(1) : '' };
    }
  }
  const colon = text.lastIndexOf(':');
  if (colon > 0 && text.indexOf(':') === colon) return { address: text.slice(0, colon), port: text.slice(colon + 1) };
  return { address: text, port: '' };
}
