/** Cuts Markdown that is still being written into blocks that will not change any more. */
export type MarkdownSplitter = {
  /** The blocks that this ends. */
  push(text: string): readonly string[];
  /** What is not ended: its last lines, as a block of its own. */
  rest(): string;
  /** The last block, where there is one. */
  end(): readonly string[];
};

const MAX_REST_LINES = 30;
const MAX_REST_CHARS = 4_000;
/** Nobody waits for the end of a longer block: it goes out in parts. */
const MAX_BLOCK_LINES = 200;
const MAX_LINE_CHARS = 20_000;

export function createMarkdownSplitter(): MarkdownSplitter {
  let lines: string[] = [];
  let partial = '';
  let fence: Fence | null = null;

  const take = (): readonly string[] => {
    const block = lines.join('\n');
    lines = [];
    return block.trim() === '' ? [] : [block];
  };

  /** The same code goes on in a fence of its own. */
  const takePart = (): readonly string[] => {
    if (fence === null) return take();
    lines.push(fence.close);
    const block = take();
    lines = [fence.open];
    return block;
  };

  const feed = (line: string): readonly string[] => {
    if (fence !== null) {
      lines.push(line);
      if (isClosing(line, fence)) {
        fence = null;
        return take();
      }
      return lines.length >= MAX_BLOCK_LINES ? takePart() : [];
    }
    if (line.trim() === '') return take();
    const opened = openFence(line);
    if (opened !== null || /^#{1,6}\s/.test(line)) {
      const before = take();
      lines = [line];
      fence = opened;
      return opened === null ? [...before, ...take()] : before;
    }
    lines.push(line);
    return lines.length >= MAX_BLOCK_LINES ? takePart() : [];
  };

  return {
    push(text) {
      partial += text;
      const ended = partial.split('\n');
      partial = ended.pop() ?? '';
      if (partial.length > MAX_LINE_CHARS) {
        ended.push(partial);
        partial = '';
      }
      return ended.flatMap((line) => feed(line.replace(/\r$/, '')));
    },
    rest() {
      const shown = [...lines.slice(-MAX_REST_LINES), partial].join('\n').slice(-MAX_REST_CHARS);
      const isHeadThere = fence === null || shown.startsWith(fence.open);
      return isHeadThere || fence === null ? shown : `${fence.open}\n${shown}`;
    },
    end() {
      const last = partial === '' ? [] : feed(partial);
      partial = '';
      return [...last, ...take()];
    },
  };
}

type Fence = { readonly open: string; readonly mark: string; readonly close: string };

/** The line that begins program text, with the name of its language. */
export function openFence(line: string): Fence | null {
  const [, margin = '', mark = '', info = ''] = /^(\s*)(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
  if (mark === '' || (mark[0] === '`' && info.includes('`'))) return null;
  return { open: line, mark, close: margin + mark };
}

export const isClosing = (line: string, { mark }: Pick<Fence, 'mark'>): boolean => {
  const text = line.trim();
  return text.length >= mark.length && text === (mark[0] ?? '').repeat(text.length);
};
