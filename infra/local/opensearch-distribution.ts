import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile, copyFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import extractZip from 'extract-zip';
import * as maven from 'mvn-artifact-download';
import { InstallationError } from './installation.ts';

export const opensearchVersion = '3.4.0';

interface Artifact {
  readonly coordinates: string;
  readonly sha512: string;
}

const server: Artifact = {
  coordinates: `org.opensearch.distribution.integ-test-zip:opensearch:zip:${opensearchVersion}`,
  sha512:
    '18cb16a9d251f8e915fbc0ab64b53d2f1ee9299829673c7357446041ae42fe2094ab16c899edd944bd39aa49ed3aae799b1ff04084a1220d6c6676734a392117',
};

/** Brings the `cjk` analysis, without which parts of Japanese words are not found. */
const analysisCommon: Artifact = {
  coordinates: `org.opensearch.plugin:analysis-common:jar:${opensearchVersion}`,
  sha512:
    'ecd84e49248b5fe06002c2f2b727554f6632f2463dd310d25531da1f97601915702db3b7509b0660ce145ed1e93644dbcfcc7977f181bb3bcf6cc679c08158e0',
};

const analysisDescriptor = [
  'description=Adds analyzers',
  `version=${opensearchVersion}`,
  'name=analysis-common',
  'classname=org.opensearch.analysis.common.CommonAnalysisModulePlugin',
  'java.version=21',
  `opensearch.version=${opensearchVersion}`,
  '',
].join('\n');

type Download = (coordinates: string, folder: string) => Promise<string>;

/** The package is CommonJS with a default export inside its module object. */
function downloadFromMaven(coordinates: string, folder: string): Promise<string> {
  const imported = maven as unknown as { default: Download | { default: Download } };
  const download = typeof imported.default === 'function' ? imported.default : imported.default.default;
  return download(coordinates, folder);
}

async function sha512Of(path: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function download(artifact: Artifact, folder: string): Promise<string> {
  let path: string;
  try {
    path = await downloadFromMaven(artifact.coordinates, folder);
  } catch {
    throw new InstallationError(
      `${artifact.coordinates} could not be downloaded. Check the network and run the command again, or give OPENSEARCH_URL of a running OpenSearch.`,
    );
  }
  if ((await sha512Of(path)) === artifact.sha512) return path;
  throw new InstallationError(`${artifact.coordinates} does not have the expected SHA-512; it was not used.`);
}

/**
 * Folder of the OpenSearch distribution, downloaded and unpacked on first use into the person's cache, where every
 * installation shares it. It appears under its final name only when complete.
 */
export async function ensureOpensearchDistribution(say: (sentence: string) => void): Promise<string> {
  const cache = join(homedir(), '.cache', 'akashi');
  const target = join(cache, `opensearch-${opensearchVersion}`);
  if (existsSync(target)) return target;
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'unpack-'));
  try {
    say(`downloading OpenSearch ${opensearchVersion} (133 MB, once)`);
    const zip = await download(server, work);
    const jar = await download(analysisCommon, work);
    say('unpacking OpenSearch');
    await extractZip(zip, { dir: join(work, 'unpacked') });
    const [folder = ''] = await readdir(join(work, 'unpacked'));
    const distribution = join(work, 'unpacked', folder);
    const moduleFolder = join(distribution, 'modules', 'analysis-common');
    await mkdir(moduleFolder);
    await copyFile(jar, join(moduleFolder, `analysis-common-${opensearchVersion}.jar`));
    await writeFile(join(moduleFolder, 'plugin-descriptor.properties'), analysisDescriptor);
    await chmod(distribution, 0o755);
    await rename(distribution, target).catch((error: NodeJS.ErrnoException) => {
      // Another start was quicker; its copy is as good as ours.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return target;
}
