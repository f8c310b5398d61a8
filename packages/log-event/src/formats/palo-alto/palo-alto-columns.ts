/** Columns of PAN-OS's logs by type, as "Syslog Field Descriptions" of PAN-OS 10 and 11 lists them; `-` for none of ours. */

const flow =
  'source destination source.nat.ip destination.nat.ip rule.name user.name user.target.name network.application label:vsys ' +
  'observer.ingress.zone observer.egress.zone observer.ingress.interface.name observer.egress.interface.name - - event.id ' +
  'label:repeat_count source.port destination.port source.nat.port destination.nat.port - network.transport label:action';

const byType: Readonly<Record<string, string>> = {
  TRAFFIC: `${flow} network.bytes source.bytes destination.bytes network.packets - - rule.category - - - - - - - - event.reason`,
  THREAT: `${flow} url.original label:threat rule.category label:severity network.direction`,
  SYSTEM: 'label:vsys label:event_id label:object - - label:module label:severity label:description',
  CONFIG: 'source label:vsys label:command user.name label:client label:result label:path',
  GLOBALPROTECT:
    'label:vsys label:event_id label:stage label:auth_method label:tunnel_type user.name label:region source.address source source label:assigned_ip - label:host_id - label:client_version label:client_os - label:repeat_count event.reason label:error label:description label:status label:location - - label:error_code label:portal',
  AUTHENTICATION:
    'label:vsys source user.name label:normalized_user label:object rule.name label:repeat_count label:auth_id label:vendor - label:server_profile label:description label:client_type label:event_id label:factor',
  USERID: 'label:vsys source user.name label:data_source label:event_id label:repeat_count label:timeout',
  'HIP-MATCH': 'user.name label:vsys source.address label:os source rule.name',
  DECRYPTION: flow,
};

export const paloAltoColumns: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(byType).map(([type, names]) => [type, names.split(' ')]),
);
