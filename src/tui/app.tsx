import { Box, useCursor } from 'ink';
import type { Coloring } from '../core/display/paint.ts';
import { Rows } from './components/rows.tsx';
import { useWriter, type Writer } from './hooks/use-writer.ts';
import type { Live } from './live/layout-live.ts';
import type { View } from './live/view.ts';

export type AppProps = {
  readonly live: Live;
  readonly mode: View['mode'];
  readonly coloring: Coloring;
  readonly onWriter: (write: Writer) => void;
};

/** The live lines. All that ticks is in here, so that the caret is placed in every frame. */
export function App({ live, mode, coloring, onWriter }: AppProps) {
  const { setCursorPosition } = useCursor();
  setCursorPosition({ x: live.caret.column, y: live.caret.row });
  useWriter(onWriter);
  const look = { coloring, mode };
  return (
    <Box flexDirection="column">
      <Rows lines={live.above} {...look} />
      <Rows lines={live.prompt} {...look} />
      <Rows lines={live.menu} {...look} />
      <Rows lines={live.status} {...look} />
    </Box>
  );
}
