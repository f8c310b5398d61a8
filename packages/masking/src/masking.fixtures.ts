/** Ten numbers that pass Luhn, made from issuer prefixes; none is a real card. */
export function luhnNumber(prefix: string, length: number): string {
  const body = (prefix + '0123456789012345678').slice(0, length - 1);
  return body + String(checkDigit(body));
}

export function checkDigit(body: string): number {
  let sum = 0;
  for (let k = body.length - 1, doubled = true; k >= 0; k--, doubled = !doubled) {
    const digit = Number(body[k]) * (doubled ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return (10 - (sum % 10)) % 10;
}

/** An independent reading of the truncation: first six, stars, last four. */
export function truncated(pan: string): string {
  return pan.slice(0, 6) + '*'.repeat(pan.length - 10) + pan.slice(-4);
}
