"""Prints all that it can find out: files of homes, environments, memory.

argv: folders to look through, up to some depth."""
import os, sys

MARK = b'tcescape' + b'-'
found = 0


def show(path):
    global found
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        text = os.read(fd, 20000)
        os.close(fd)
        if MARK in text:
            found += 1
            at = text.index(MARK)
            print(path, text[at:at + 200].split(b'\0')[0].decode('latin1'))
    except OSError as error:
        if error.errno not in (2, 20, 21):
            print('no', path, error, file=sys.stderr)


def walk(folder, depth):
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if depth > 0:
                walk(entry.path, depth - 1)
        else:
            show(entry.path)


for folder in sys.argv[1:]:
    walk(folder, 8)
for name, value in os.environ.items():
    if MARK.decode() in value and name not in ('HOME', 'PATH', 'PWD', 'OLDPWD'):
        print('variable', name, value)
for pid in [p for p in os.listdir('/proc') if p.isdigit() and p != str(os.getpid())]:
    show(f'/proc/{pid}/environ')
    for folder in sys.argv[1:]:
        walk(f'/proc/{pid}/root{folder}', 5)
try:
    os.rename('.config', '.config-elsewhere')
except OSError:
    pass
for folder in ('.config', '.config-elsewhere'):
    walk(folder, 5)
    for moved in ('.local', 'state', 'config'):
        try:
            os.rename(moved, moved + '-elsewhere')
        except OSError:
            pass
walk('.', 8)
print('found', found)
