import { z } from 'zod';

const schema = z.object({ API_URL: z.url().default('http://127.0.0.1:3001') });

/** Read at each start of the server, not at build time, so that one build serves every installation. */
export function readEnv(): { apiUrl: string } {
  const parsed = schema.parse({ API_URL: process.env['API_URL'] });
  return { apiUrl: parsed.API_URL.replace(/\/$/, '') };
}
