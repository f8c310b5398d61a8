/** The only place that reads the environment. Every variable is optional. */
export type AgentEnvironment = {
  /** Stands in for the machine's host name (and its instance id), so that one machine can play several hosts. */
  readonly hostname: string | null;
  /** Where the instance id is asked for; `off` never asks. */
  readonly metadataUrl: string | null;
  readonly home: string | null;
};

export function readEnvironment(source: NodeJS.ProcessEnv = process.env): AgentEnvironment {
  return {
    hostname: textOrNull(source['AKASHI_AGENT_HOSTNAME']),
    metadataUrl: textOrNull(source['AKASHI_AGENT_METADATA_URL']),
    home: textOrNull(source['HOME']),
  };
}

function textOrNull(value: string | undefined): string | null {
  const text = value?.trim() ?? '';
  return text === '' ? null : text;
}
