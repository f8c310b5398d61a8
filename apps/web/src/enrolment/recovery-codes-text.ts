/** Recovery codes as a text file that every system shows line by line. */
export function recoveryCodesText({ heading, codes }: { heading: string; codes: readonly string[] }): string {
  return [heading, '', ...codes, ''].join('\r\n');
}
