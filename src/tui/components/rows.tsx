import { Text } from 'ink';
import type { Line } from '../../core/display/line.ts';
import { type Coloring, paintLine } from '../../core/display/paint.ts';
import type { Mode } from '../../core/types.ts';

export type RowsProps = {
  readonly lines: readonly Line[];
  readonly coloring: Coloring;
  readonly mode: Mode;
};

/** Lines that are laid out already, one row each. An empty one needs a blank to have a height. */
export function Rows({ lines, coloring, mode }: RowsProps) {
  return lines.map((line, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place.
    <Text key={row} wrap="truncate">
      {paintLine(line, coloring, mode) || ' '}
    </Text>
  ));
}
