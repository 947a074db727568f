"""Looks for descriptors that nobody gave it, and uses them. argv: a word that names what it makes."""
import os, socket, stat, sys

for name in sorted(os.listdir('/proc/self/fd'), key=int):
    fd = int(name)
    try:
        target = os.readlink(f'/proc/self/fd/{fd}')
        kind = os.fstat(fd).st_mode
    except OSError:
        continue
    if fd <= 2 or target == '/dev/null' or target.startswith('/proc/'):
        continue
    print('found', fd, target)
    try:
        if stat.S_ISDIR(kind):
            os.close(os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY, dir_fd=fd))
            print('wrote', os.listdir(fd))
        elif stat.S_ISSOCK(kind):
            socket.socket(fileno=fd).send(b'heard')
        else:
            os.write(fd, sys.argv[1].encode())
    except OSError as error:
        print('no', fd, error, file=sys.stderr)
print('over')
