const MOST_RETRIES = 5;

/** Sends a file in pieces; a piece that did not arrive is sent again, but not for ever. */
export async function upload(bytes, config, send) {
  const size = config.chunkKb * 1024;
  let sent = 0;
  for (let start = 0; start < bytes.length; start += size) {
    await sendPiece(bytes.subarray(start, start + size), config, send);
    sent += 1;
  }
  return sent;
}

async function sendPiece(piece, config, send) {
  for (let retry = 0; ; retry += 1) {
    try {
      return await send(`${config.server}/upload`, piece);
    } catch (error) {
      if (retry >= MOST_RETRIES) throw error;
    }
  }
}
