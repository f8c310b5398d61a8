import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { RunningInstallation, type DemoFile } from './installation.ts';
import { sealOften } from './seal-often.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly demo: DemoFile;
    readonly home: string;
    readonly portBase: number;
  }
}

/**
 * One installation serves all journeys of a run; it is stopped and its folder removed afterwards. `AKASHI_E2E_HOME` names
 * the folder of one that runs already, which is used and left running.
 */
export default async function setUp(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const runningHome = process.env['AKASHI_E2E_HOME'];
  if (runningHome !== undefined) {
    const demo = JSON.parse(readFileSync(join(runningHome, 'demo.json'), 'utf8')) as DemoFile;
    project.provide('demo', demo);
    project.provide('home', runningHome);
    project.provide('portBase', Number(new URL(demo.webUrl).port));
    return undefined;
  }
  const installation = await RunningInstallation.start({
    // The journeys' identity provider and webhook receiver are on this machine, without HTTPS.
    env: { AKASHI_PROVIDER_NETWORKS: '127.0.0.0/8', AKASHI_WEBHOOK_NETWORKS: '127.0.0.0/8' },
  });
  for (const { id } of installation.demo.tenants) await sealOften(installation.databaseUrl, id);
  project.provide('demo', installation.demo);
  project.provide('home', installation.home);
  project.provide('portBase', installation.portBase);
  return async () => {
    await installation.stop();
  };
}
