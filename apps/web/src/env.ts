import { z } from 'zod';

const schema = z.object({
  API_URL: z.url().default('http://127.0.0.1:3001'),
  AKASHI_WEB_URL: z.url().optional(),
});

export interface WebEnv {
  readonly apiUrl: string;
  /** Whether people come over HTTPS, as the public address says. */
  readonly overHttps: boolean;
}

/** Read at each start of the server, not at build time, so that one build serves every installation. */
export function readEnv(): WebEnv {
  const { API_URL, AKASHI_WEB_URL } = schema.parse({
    API_URL: process.env['API_URL'],
    AKASHI_WEB_URL: process.env['AKASHI_WEB_URL'] || undefined,
  });
  return { apiUrl: API_URL.replace(/\/$/, ''), overHttps: AKASHI_WEB_URL?.startsWith('https://') === true };
}
