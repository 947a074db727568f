import { describe, expect, it } from 'vitest';
import { onlyLooks } from '../../../../src/core/policy/programs/only-looks.ts';
import { createProgramTable } from '../../../../src/core/policy/programs/program-table.ts';
import { MARK } from '../../../../src/core/policy/shell/marks.ts';

const table = createProgramTable({
  mount: { group: 'disks', looks: 'nothing -l' },
  iptables: { group: 'guards', looks: '-L -n -t *' },
  sysctl: { group: 'kernel', looks: '-a operands' },
  ufw: { group: 'guards', looks: 'status' },
  ref: { group: 'kernel', looks: 'operand -q' },
  mkfs: { group: 'disks' },
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

  it('does not look where it sets something, or where a word is not known', () => {
    expect(looks('sysctl', 'kernel.pid_max=1')).toBe(false);
    expect(looks('iptables', '-L', MARK.unknown)).toBe(false);
  });
});
