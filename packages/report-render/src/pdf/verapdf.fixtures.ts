import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as maven from 'mvn-artifact-download';

/** veraPDF with its own parser, in one jar: the checker that the PDF Association has made. */
const artifact = {
  coordinates: 'org.verapdf.apps:greenfield-apps:jar:1.28.2',
  file: 'verapdf-1.28.2.jar',
  sha512:
    'b7dd3a4a34c83e2d92d334e3f16be631a793dd39088a0a376b59ce5aabbac744f7a0781c4c844bc9855ec0778be749b78854093a8c7d9d5c8f50da75d48aba7d',
};
const entry = 'org.verapdf.apps.GreenfieldCliWrapper';

export interface VeraPdf {
  /** Empty when each file is what the flavour demands; otherwise what veraPDF says of them. */
  readonly problems: (files: Readonly<Record<string, Buffer>>, flavour: '3a' | 'ua1') => Promise<string>;
}

/** Null, with the reason said, where the checker or a Java runtime cannot be had: the test then says that it skipped. */
export async function findVeraPdf(): Promise<VeraPdf | { readonly missing: string }> {
  const java = findJava();
  if (java === null) return { missing: 'no Java runtime: set JAVA_HOME' };
  const jar = await ensureJar();
  if (jar === null) return { missing: `${artifact.coordinates} could not be downloaded` };
  return { problems: (files, flavour) => check(files, { java, jar, flavour }) };
}

function findJava(): string | null {
  const homes = [process.env['JAVA_HOME'], process.env['OPENSEARCH_JAVA_HOME']].filter((home) => home !== undefined);
  const folder = '/usr/lib/jvm';
  const installed = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  const candidates = [...homes, ...installed].map((home) => join(home, 'bin', 'java'));
  return [...candidates, '/usr/bin/java'].find((path) => existsSync(path)) ?? null;
}

type Download = (coordinates: string, folder: string) => Promise<string>;

/** Kept in the person's cache, where it appears under its name only when it is whole and has the expected hash. */
async function ensureJar(): Promise<string | null> {
  const cache = join(homedir(), '.cache', 'akashi');
  const target = join(cache, artifact.file);
  if (existsSync(target)) return target;
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'download-'));
  try {
    const imported = maven as unknown as { default: Download | { default: Download } };
    const download = typeof imported.default === 'function' ? imported.default : imported.default.default;
    const path = await download(artifact.coordinates, work).catch(() => null);
    if (path === null) return null;
    const sha512 = createHash('sha512')
      .update(await readFile(path))
      .digest('hex');
    if (sha512 !== artifact.sha512) throw new Error(`${artifact.coordinates} does not have the expected SHA-512`);
    await rename(path, target);
    return target;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function check(
  files: Readonly<Record<string, Buffer>>,
  { java, jar, flavour }: { java: string; jar: string; flavour: string },
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'akashi-verapdf-'));
  try {
    const paths = await Promise.all(
      Object.entries(files).map(async ([name, bytes]) => {
        const path = join(folder, `${name}.pdf`);
        await writeFile(path, bytes);
        return path;
      }),
    );
    const said = await run(java, ['-cp', jar, entry, '-f', flavour, '--format', 'text', '-v', ...paths]);
    const passed = said.split('\n').filter((line) => line.startsWith('PASS ')).length;
    return passed === paths.length && !said.includes('FAIL') ? '' : said;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** veraPDF exits with 1 where a file fails; what it says is what counts. */
function run(command: string, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, words, { maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve(`${stdout}${stderr}`);
    });
  });
}
