/** Sent as `Akashi-Agent: akashi-agent/<version>` with every batch, and shown by `--version`. */
export const agentVersion = '0.1.0';
