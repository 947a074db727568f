// Loaded into the program with NODE_OPTIONS=--import: writes every use of the network to a file.
import { createHook } from 'node:async_hooks';
import { appendFileSync } from 'node:fs';

const NETWORK = new Set([
  'TCPWRAP',
  'TCPCONNECTWRAP',
  'TCPSERVERWRAP',
  'UDPWRAP',
  'UDPSENDWRAP',
  'GETADDRINFOREQWRAP',
  'GETNAMEINFOREQWRAP',
  'QUERYWRAP',
  'TLSWRAP',
]);
const file = process.env.WATCH_SOCKETS_FILE;
const say = (text) => appendFileSync(file, `${text}\n`);

say('watching');
createHook({
  init(_id, type, _trigger, resource) {
    if (!NETWORK.has(type)) return;
    // Node fills in where a connection goes right after it has made the request for it.
    if (type === 'TCPCONNECTWRAP') {
      queueMicrotask(() => say(`${type} ${resource.address}:${resource.port}`));
    } else say(type);
  },
}).enable();
