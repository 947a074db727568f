import { describe, expect, it } from 'vitest';
import { onlyHelps, onlyLooks } from '../../../../src/core/policy/programs/only-looks.ts';
import { createProgramTable } from '../../../../src/core/policy/programs/program-table.ts';
import { MARK } from '../../../../src/core/policy/shell/marks.ts';

const table = createProgramTable({
  mount: { group: 'disks', looks: 'nothing -l' },
  iptables: { group: 'guards', looks: '-L -n -t *' },
  sysctl: { group: 'kernel', looks: '-a operands' },
  ufw: { group: 'guards', looks: 'status' },
  ref: { group: 'kernel', looks: 'operand -q' },
  mkfs: { group: 'disks' },
  nmcli: { group: 'guards', looks: '-t device+ device+show dev+?+link+' },
  depmod: { group: 'kernel', looks: '-n! -v *' },
  helm: { group: 'cluster', looks: 'help ~--help' },
  kubectl: {
    group: 'cluster',
    looks: '~--help',
    subcommands: { 'get exec': { group: 'cluster' } },
  },
});
const looks = (name: string, ...words: string[]) => {
  const program = table.find(name);
  if (program === null) throw new Error(name);
  return onlyLooks(program, words);
};

describe('a program that changes the machine', () => {
  it('only looks by itself where that is listed', () => {
    expect(looks('mount')).toBe(true);
    expect(looks('iptables')).toBe(false);
    expect(looks('mkfs')).toBe(false);
  });

  it('only looks while every flag is listed', () => {
    expect(looks('iptables', '-t', 'nat', '-L', '-n')).toBe(true);
    expect(looks('iptables', '-Ln')).toBe(true);
    expect(looks('iptables', '-L', '-F')).toBe(false);
    expect(looks('mount', '-l', '-a')).toBe(false);
  });

  it('takes operands only where they are listed', () => {
    expect(looks('ufw', 'status', 'verbose')).toBe(true);
    expect(looks('ufw', 'disable')).toBe(false);
    expect(looks('mount', '-l', '/mnt')).toBe(false);
    expect(looks('sysctl', 'kernel.pid_max')).toBe(true);
    expect(looks('ref', '-q', 'HEAD')).toBe(true);
    expect(looks('ref', 'HEAD', 'refs/heads/x')).toBe(false);
  });

  it('knows first operands in a row, with others behind them or without', () => {
    expect(looks('nmcli', '-t', 'device')).toBe(true);
    expect(looks('nmcli', 'device', 'show', 'wlan0')).toBe(true);
    expect(looks('nmcli', 'device', 'disconnect', 'wlan0')).toBe(false);
    expect(looks('nmcli', 'dev', 'wlan0', 'link')).toBe(true);
    expect(looks('nmcli', 'dev', 'wlan0', 'link', 'x')).toBe(false);
  });

  it('needs one of the flags that are marked', () => {
    expect(looks('depmod', '-n', '-v', '6.1')).toBe(true);
    expect(looks('depmod', '-vn')).toBe(true);
    expect(looks('depmod', '-v', '6.1')).toBe(false);
    expect(looks('depmod', '6.1')).toBe(false);
  });

  it('only shows help where nothing but names of commands stands before', () => {
    const helps = (name: string, ...words: string[]) => {
      const program = table.find(name);
      return program !== null && onlyHelps(program, words);
    };
    expect(helps('helm', 'uninstall', '--help')).toBe(true);
    expect(helps('helm', 'uninstall', 'web')).toBe(false);
    expect(helps('helm', 'uninstall', '--name=web', '--help')).toBe(false);
    expect(helps('kubectl', 'exec', 'pod', '--help')).toBe(false);
    expect(helps('kubectl', 'get', 'pods', '--help')).toBe(true);
    expect(helps('kubectl', 'frobnicate', '--help')).toBe(false);
    expect(helps('helm', MARK.unknown, '--help')).toBe(false);
  });

  it('does not look where it sets something, or where a word is not known', () => {
    expect(looks('sysctl', 'kernel.pid_max=1')).toBe(false);
    expect(looks('iptables', '-L', MARK.unknown)).toBe(false);
  });
});
