import { describe, expect, it } from 'vitest';
import { parseArgs } from '../../../../src/core/policy/programs/parse-args.ts';
import {
  createProgramTable,
  problemsOf,
} from '../../../../src/core/policy/programs/program-table.ts';

const table = createProgramTable({
  'cat nl': { flags: '-bEns -b= -n=' },
  gcc: { style: 'long', flags: '-I=+read -c -o=write' },
  perl: { flags: '-an -l=? -e=code' },
});
const parse = (name: string, ...words: string[]) => {
  const program = table.find(name);
  if (program === null) throw new Error(name);
  const { flags, values, operands, unknown } = parseArgs(program, words);
  return { flags, operands, unknown, values: values.map(({ flag, value }) => [flag.name, value]) };
};

describe('a flag that is listed with a value and without', () => {
  it('leaves the next word where it is, so that a file is not taken for a value', () => {
    expect(parse('cat', '-n', 'a.txt')).toMatchObject({
      operands: ['a.txt'],
      values: [['-n', 'a.txt']],
    });
  });

  it('is one of several letters where the others are flags, too', () => {
    expect(parse('cat', '-nE', 'a.txt')).toMatchObject({ flags: ['-n', '-E'], unknown: [] });
    expect(parse('nl', '-bp^x', 'a.txt')).toMatchObject({ values: [['-b', 'p^x']] });
  });

  it('is refused where the first operand decides', () => {
    expect(problemsOf('nice', { stops: true, flags: '-n -n=' })).toEqual([
      '-n is listed with a value and without',
    ]);
  });
});

describe('a flag whose value may stand in the same word', () => {
  it('is read though words begin with one dash', () => {
    expect(parse('gcc', '-Iinclude', '-c', 'a.c')).toMatchObject({
      values: [['-I', 'include']],
      operands: ['a.c'],
      unknown: [],
    });
    expect(parse('gcc', '-I', 'include', 'a.c').operands).toEqual(['a.c']);
    expect(parse('gcc', '-wrapper', './x').unknown).toEqual(['-wrapper']);
  });
});

describe('a flag that may have a value', () => {
  it('has none where letters follow', () => {
    expect(parse('perl', '-lane', 'print')).toMatchObject({ values: [['-e', 'print']] });
    expect(parse('perl', '-l012', '-e', 'print').values).toContainEqual(['-l', '012']);
  });
});
