/** What administrators do on the ASA, its leases and its clock, by message number. */

import { messageRow, type MessageRow } from '../message-rows.ts';

export const asaAdministration: Readonly<Record<string, MessageRow>> = {
  '111001': messageRow(
    '^Begin configuration: (\\S{1,64}) writing to (.{1,64}?)\\.?$',
    'asa_configuration_written configuration',
    'source label:to',
  ),
  '111002': messageRow(
    '^Begin configuration: (\\S{1,64}) reading from (.{1,64}?)\\.?$',
    'asa_configuration_read configuration',
    'source label:from',
  ),
  '111003': messageRow('^(\\S{1,64}) Erase configuration', 'asa_configuration_erased configuration success', 'source'),
  '111004': messageRow(
    '^(\\S{1,64}) end configuration: (?:OK|FAILED)',
    'asa_configuration_ended configuration',
    'source',
  ),
  '111005': messageRow(
    '^(\\S{1,64}) end configuration: (?:OK|FAILED)',
    'asa_configuration_ended configuration',
    'source',
  ),
  '111007': messageRow(
    '^Begin configuration: (\\S{1,64}) reading from (.{1,64}?)\\.?$',
    'asa_configuration_read configuration',
    'source label:from',
  ),
  '111008': messageRow(
    "^User '?(.{0,128}?)'? executed the '(.{1,2048}?)' command\\.?$",
    'asa_command configuration success',
    'user.name process.command_line',
  ),
  '111009': messageRow(
    "^User '?(.{0,128}?)'? executed cmd: ?(.{1,2048})$",
    'asa_show_command process success',
    'user.name process.command_line',
  ),
  '111010': messageRow(
    "^User '?(.{0,128}?)'?, running '(.{1,64}?)' from IP (\\S{1,64}), executed '(.{1,2048})'",
    'asa_command configuration success',
    'user.name process.name source process.command_line',
  ),
  '502101': messageRow(
    '^New user added to local dbase: Uname: (.{0,256}) Priv: (\\S{1,16})',
    'asa_user_added iam success',
    'user.target.name user.roles',
  ),
  '502102': messageRow(
    '^User deleted from local dbase: Uname: (.{0,256}) Priv: (\\S{1,16})',
    'asa_user_deleted iam success',
    'user.target.name user.roles',
  ),
  '502103': messageRow(
    '^User priv level changed: Uname: (.{0,256}) From: (\\S{1,16}) To: (\\S{1,16})',
    'asa_privilege_changed iam success',
    'user.name label:from user.roles',
  ),
  '502111': messageRow(
    '^New group policy added: name: (.{1,128}) Type: (\\S{1,32})',
    'asa_policy_added configuration success',
    'rule.name label:type',
  ),
  '502112': messageRow(
    '^Group policy deleted: name: (.{1,128}) Type: (\\S{1,32})',
    'asa_policy_deleted configuration success',
    'rule.name label:type',
  ),
  '604103': messageRow(
    '^DHCP daemon interface (\\S{1,64}): address granted (\\S{1,32}) \\((\\S{1,45})\\)',
    'dhcp_ack network success',
    'interface.name source.mac source',
  ),
  '604104': messageRow(
    '^DHCP daemon interface (\\S{1,64}): address released (\\S{1,32}) \\((\\S{1,45})\\)',
    'dhcp_release network success',
    'interface.name source.mac source',
  ),
  '771001': messageRow(
    '^CLOCK: System clock set, source: (\\S{1,32}?), before: (.{1,64}), after: (.{1,64})$',
    'asa_clock_set configuration success',
    'label:clock_source label:before label:after',
  ),
  '771002': messageRow(
    '^CLOCK: System clock set, source: (\\S{1,32}?), IP:? (\\S{1,255}?), before: (.{1,64}), after: (.{1,64})$',
    'asa_clock_set configuration success',
    'label:clock_source destination label:before label:after',
  ),
};
