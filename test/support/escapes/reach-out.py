"""Knocks at every door that is named: kind=address, one for each word. Says who opened."""
import os, socket, struct, sys

HELLO = b'hello\n'


def connect_abstract(s, name):
    try:
        s.connect(name)
    except ConnectionRefusedError:
        # Older versions of Node fill the rest of such a name with NULs.
        s.connect(name.ljust(108, '\0'))


def knock(kind, address):
    if kind in ('tcp', 'tcp6'):
        with socket.socket(socket.AF_INET6 if kind == 'tcp6' else socket.AF_INET) as s:
            s.settimeout(1)
            host, port = address.rsplit(':', 1)
            s.connect((host, int(port)))
            s.sendall(HELLO)
            return s.recv(100)
    if kind == 'udp':
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.settimeout(0.3)
            host, port = address.rsplit(':', 1)
            s.sendto(HELLO, (host, int(port)))
            return s.recv(100)
    if kind in ('unix', 'abstract'):
        with socket.socket(socket.AF_UNIX) as s:
            s.settimeout(1)
            if kind == 'unix':
                s.connect(address)
            else:
                connect_abstract(s, '\0' + address)
            s.sendall(HELLO)
            return s.recv(100)
    raise ValueError(kind)


for word in sys.argv[1:]:
    kind, address = word.split('=', 1)
    try:
        print('reached', word, knock(kind, address).decode(), flush=True)
    except OSError as error:
        print('no', word, error, file=sys.stderr)


def raw(family, kind, protocol=0):
    socket.socket(family, kind, protocol).close()


def link_up():
    """Gives itself an address, as root of a network could."""
    s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
    s.bind((0, 0))
    body = struct.pack('BBBBI', socket.AF_INET, 8, 0, 0, 1) + struct.pack('HH4s', 8, 2, bytes([10, 9, 8, 7]))
    s.send(struct.pack('IHHII', 16 + len(body), 20, 0x605, 1, 0) + body)
    code = struct.unpack('i', s.recv(1000)[16:20])[0]
    if code:
        raise OSError(-code, os.strerror(-code))


for name, act in {
    'raw': lambda: raw(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP),
    'packet': lambda: raw(socket.AF_PACKET, socket.SOCK_RAW),
    'vsock': lambda: raw(40, socket.SOCK_STREAM),
    'bluetooth': lambda: raw(31, socket.SOCK_RAW),
    'address': link_up,
}.items():
    try:
        act()
        print('made', name)
    except OSError as error:
        print('no', name, error, file=sys.stderr)
