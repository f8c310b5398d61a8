export type AgentFaultCode =
  | 'config_unreadable'
  | 'config_invalid'
  | 'key_unreadable'
  | 'ca_unreadable'
  | 'endpoint_invalid'
  | 'state_locked'
  | 'state_unwritable'
  | 'server_refuses'
  | 'server_unreachable';

/** A fault that ends the program. Its message is the sentence shown to the operator; it never holds log content or keys. */
export class AgentFault extends Error {
  readonly code: AgentFaultCode;

  constructor(code: AgentFaultCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'AgentFault';
    this.code = code;
  }
}
