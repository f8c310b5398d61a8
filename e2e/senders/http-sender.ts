import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { DemoFile } from '../installation/installation.ts';
import { runProgram } from './program.ts';

export interface HttpBody {
  readonly logGroup: string;
  readonly logStream: string;
  readonly format: 'text/plain' | 'application/x-ndjson' | 'application/json';
  readonly coding: 'identity' | 'gzip' | 'deflate' | 'zstd';
  readonly lines: readonly string[];
}

function encode({ format, coding, lines }: HttpBody): Buffer {
  const separated = format === 'text/plain' ? lines : lines.map((line) => JSON.stringify(line));
  const body = Buffer.from(format === 'application/json' ? `[${separated.join(',')}]` : `${separated.join('\n')}\n`);
  if (coding === 'gzip') return gzipSync(body);
  if (coding === 'deflate') return deflateSync(body);
  return coding === 'zstd' ? zstdCompressSync(body) : body;
}

/** Posts a body with curl, and gives the receipt; throws unless the answer is 201. */
export async function sendWithCurl(demo: DemoFile, folder: string, body: HttpBody): Promise<{ records: number }> {
  const file = join(folder, `${body.logStream}.body`);
  writeFileSync(file, encode(body));
  const path = `/v1/log-groups/${encodeURIComponent(body.logGroup)}/log-streams/${encodeURIComponent(body.logStream)}/records`;
  const headers = [
    `authorization: Bearer ${demo.tenants[0]?.ingestKey ?? ''}`,
    `content-type: ${body.format}`,
    'akashi-time-zone: Asia/Tokyo',
    ...(body.coding === 'identity' ? [] : [`content-encoding: ${body.coding}`]),
  ];
  const { stdout, stderr } = await runProgram({
    command: 'curl',
    args: [
      '--silent',
      '--show-error',
      '--data-binary',
      `@${file}`,
      '--write-out',
      '\n%{http_code}',
      ...headers.flatMap((header) => ['--header', header]),
      demo.ingestUrl + path,
    ],
  });
  const [answer = '', status] = stdout.split('\n');
  if (status !== '201') throw new Error(`curl was answered ${status ?? 'nothing'}: ${answer} ${stderr}`);
  return JSON.parse(answer) as { records: number };
}
