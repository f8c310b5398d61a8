"""Reading an evidence folder: what cannot be read is remembered, and everything else is read all the same."""

import os
import stat

# More than anything but a block has.
MOST_BYTES = 20 * 1024 * 1024


class EvidenceFolder:
    def __init__(self, root):
        self.root = root
        self.unreadable = {}

    def read(self, name, most=MOST_BYTES):
        """Up to `most` bytes of an object, all when None; None when it is not there or cannot be read."""
        try:
            # A pipe in the place of an object must not hold the check up.
            descriptor = os.open(os.path.join(self.root, name), os.O_RDONLY | os.O_NONBLOCK)
            with open(descriptor, "rb") as file:
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    raise OSError("not a file")
                return file.read(-1 if most is None else most)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            self.unreadable[name] = error.strerror or str(error)
            return None

    def names(self, name):
        try:
            return sorted(os.listdir(os.path.join(self.root, name)))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            self.unreadable[name] = error.strerror or str(error)
            return []

    def files(self, name):
        """Every object below a folder."""
        for child in self.names(name):
            path = f"{name}/{child}"
            if os.path.isdir(os.path.join(self.root, path)) and not os.path.islink(os.path.join(self.root, path)):
                yield from self.files(path)
            else:
                yield path
