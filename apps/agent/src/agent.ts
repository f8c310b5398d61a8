import { randomUUID, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { createTrust, type Trust } from '@akashi/client';

import { AgentFault } from './agent-fault.ts';
import { parseAwslogsConfig, type AgentConfig } from './awslogs-config.ts';
import type { Courier } from './deliver.ts';
import type { AgentEnvironment } from './env.ts';
import { FollowedFile } from './followed-file.ts';
import { FollowedSection } from './followed-section.ts';
import { fillLogStream, findHostNames } from './host-names.ts';
import type { Say } from './say.ts';
import { shipSection, type Shipping } from './ship-section.ts';
import { chooseStatePath, codeOf, makeStateFolder, readState, StateWriter } from './state-file.ts';
import { lockState } from './state-lock.ts';

export type AgentOptions = {
  readonly config: string;
  readonly endpoint: string;
  readonly keyFile: string;
  /** A file of the endpoint's certificate authority; null where the system knows it. */
  readonly caFile: string | null;
  readonly state: string | null;
  readonly once: boolean;
  readonly onceWaitMs: number;
};

export type AgentRun = {
  readonly environment: AgentEnvironment;
  readonly say: Say;
  readonly isRoot: boolean;
  readonly stop: AbortSignal;
};

const lookEveryMs = 250;
const shipEveryMs = 100;
const flushWithinMs = 5_000;

/** Follows and ships until `stop` fires; with `once`, until all that is there has its receipt. Throws AgentFault when it can't. */
export async function runAgent(options: AgentOptions, run: AgentRun): Promise<void> {
  const { say } = run;
  const config = readConfig(options.config);
  for (const warning of config.warnings) say.line(`${warning}.`);
  const endpoint = checkEndpoint(options.endpoint);
  const trust = readTrust(options);
  const accessKey = keyReader(options.keyFile);
  accessKey();
  const statePath = await chooseStatePath(placeOfState(options, config, run));
  await makeStateFolder(statePath);
  const unlock = lockState(statePath);
  try {
    const state = await readState(statePath, say);
    const names = await findHostNames(
      config.sections.map((section) => section.logStream),
      run,
    );
    const sections = config.sections.map(
      (section) =>
        new FollowedSection(
          section,
          { state: state.sections[section.name] ?? null, nowMs: Date.now() },
          { say, newId: randomUUID },
        ),
    );
    const writer = new StateWriter(statePath, () => ({
      version: 1,
      // Sections that the configuration does not name now keep their place in case they come back.
      sections: {
        ...state.sections,
        ...Object.fromEntries(sections.map((section) => [section.config.name, section.toState()])),
      },
    }));
    const save = async (): Promise<void> => {
      for (const section of sections) section.list.isDirty = false;
      try {
        await writer.save();
      } catch (error) {
        for (const section of sections) section.list.isDirty = true;
        throw error;
      }
    };
    const giveUp = new AbortController();
    const courier: Courier = {
      say,
      stop: giveUp.signal,
      accessKey,
      now: Date.now,
      random: Math.random,
      pause: (ms) => pause(ms, giveUp.signal),
      patienceMs: options.once ? options.onceWaitMs : null,
    };
    const shippings = sections.map((section) => ({
      section,
      to: {
        endpoint,
        logGroup: section.config.logGroup,
        logStream: fillLogStream(section.config.logStream, names),
        trust,
      },
      courier,
      save,
    }));
    for (const { section, to } of shippings)
      say.line(`${section.config.file} goes to log group ${to.logGroup}, stream ${to.logStream}.`);
    try {
      if (options.once) await shipOnce(shippings, { stop: run.stop, giveUp });
      else await follow(shippings, { run, giveUp, save });
    } finally {
      giveUp.abort();
      await saveAtEnd(save, say);
      for (const section of sections) section.close();
    }
  } finally {
    unlock();
  }
}

async function shipOnce(shippings: Shipping[], control: { stop: AbortSignal; giveUp: AbortController }): Promise<void> {
  control.stop.addEventListener('abort', () => control.giveUp.abort());
  if (control.stop.aborted) control.giveUp.abort();
  for (const shipping of shippings) {
    const { section, courier } = shipping;
    do {
      section.look(courier.now());
      sayWhatIsMissing(section, courier.say);
      if ((await shipSection(shipping, 'everything')) === 'stopped') return;
    } while (section.list.items.some((item) => !(item instanceof FollowedFile) || item.hasUnshipped));
  }
}

async function follow(
  shippings: Shipping[],
  control: { run: AgentRun; giveUp: AbortController; save: () => Promise<void> },
): Promise<void> {
  const { run, giveUp, save } = control;
  const looking = (async () => {
    while (!run.stop.aborted) {
      for (const { section, courier } of shippings) {
        section.look(courier.now());
        sayWhatIsMissing(section, courier.say);
      }
      if (shippings.some(({ section }) => section.list.isDirty)) await trySaving(save, run.say);
      await pause(lookEveryMs, run.stop);
    }
  })();
  const shippingLoops = shippings.map(async (shipping) => {
    while (!run.stop.aborted && !giveUp.signal.aborted) {
      try {
        await shipSection(shipping, 'waiting');
      } catch (error) {
        if (error instanceof AgentFault) throw error;
        run.say.once(
          `ship ${codeOf(error)}`,
          `the state can't be written (${codeOf(error)}): nothing is sent until it can.`,
        );
        await pause(1_000, run.stop);
      }
      await pause(shipEveryMs, run.stop);
    }
  });
  const timer = new Promise<void>((resolve) => {
    run.stop.addEventListener('abort', () => resolve());
    if (run.stop.aborted) resolve();
  }).then(() => pause(flushWithinMs, giveUp.signal).then(() => giveUp.abort()));
  await Promise.all([looking, ...shippingLoops]);
  for (const shipping of shippings) {
    shipping.section.look(shipping.courier.now());
    if ((await shipSection(shipping, 'flush')) === 'stopped') break;
  }
  giveUp.abort();
  await timer;
}

/** Once for a section: a path that names no file is often a mistyped one, and a file may still come. */
function sayWhatIsMissing({ config, list }: FollowedSection, say: Say): void {
  if (list.items.length > 0) return;
  say.once(
    `no file ${config.name}`,
    `no file matches ${config.file} (section [${config.name}]): nothing of it is sent until there is one.`,
  );
}

async function trySaving(save: () => Promise<void>, say: Say): Promise<void> {
  try {
    await save();
  } catch (error) {
    say.once(`save ${codeOf(error)}`, `the state can't be written (${codeOf(error)}): nothing is sent until it can.`);
  }
}

async function saveAtEnd(save: () => Promise<void>, say: Say): Promise<void> {
  try {
    await save();
  } catch (error) {
    say.line(`the state can't be written (${codeOf(error)}): the last batch may be sent again, which doubles nothing.`);
  }
}

function readConfig(path: string): AgentConfig {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new AgentFault('config_unreadable', `the configuration ${path} can't be read (${codeOf(error)}).`, {
      cause: error,
    });
  }
  const parsed = parseAwslogsConfig(text);
  if (!parsed.ok) throw new AgentFault('config_invalid', `${path}: ${parsed.sentence}`);
  return parsed.config;
}

function checkEndpoint(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new AgentFault(
      'endpoint_invalid',
      `--endpoint must be a URL such as https://logs.example.jp:8443, not "${endpoint}".`,
    );
  }
  return endpoint.replace(/\/+$/, '');
}

function readTrust({ caFile, endpoint }: AgentOptions): Trust | undefined {
  if (caFile === null) return undefined;
  if (!endpoint.startsWith('https:'))
    throw new AgentFault('endpoint_invalid', '--ca is for an endpoint that begins with https://.');
  let pem: string;
  try {
    pem = readFileSync(caFile, 'utf8');
    new X509Certificate(pem);
  } catch (error) {
    throw new AgentFault(
      'ca_unreadable',
      `the file ${caFile} must hold a certificate in PEM form (${codeOf(error)}).`,
      {
        cause: error,
      },
    );
  }
  return createTrust(pem);
}

function keyReader(path: string): () => string {
  let last: string | null = null;
  return () => {
    try {
      const key = readFileSync(path, 'utf8').trim();
      if (/^[\x21-\x7e]+$/.test(key)) last = key;
      else if (last === null)
        throw new AgentFault('key_unreadable', `the key file ${path} must hold one ingest key and nothing else.`);
    } catch (error) {
      if (error instanceof AgentFault) throw error;
      if (last === null)
        throw new AgentFault('key_unreadable', `the key file ${path} can't be read (${codeOf(error)}).`, {
          cause: error,
        });
    }
    return last ?? '';
  };
}

function placeOfState(options: AgentOptions, config: AgentConfig, run: AgentRun): string {
  if (options.state !== null) return join(options.state, 'agent-state');
  if (config.stateFile !== null) return config.stateFile;
  const folder = run.isRoot ? '/var/lib/akashi-agent' : join(run.environment.home ?? '.', '.local/state/akashi-agent');
  run.say.line(`the configuration names no state_file: what was shipped is remembered in ${folder}.`);
  return join(folder, 'agent-state');
}

async function pause(ms: number, stop: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: stop });
  } catch {
    // Woken early to stop.
  }
}
